#ifndef SIGNALBOX_CONSOLE_LINE_H
#define SIGNALBOX_CONSOLE_LINE_H

#include "application/arguments.h"
#include "application/registry.h"
#include "application/words.h"

/* Splits a line that must be complete; USAGE says what is open. */
bool line_split(const char *line, GArray **ret_words, GError **error);

/* The command that the words name, behind options that every command knows; NULL when there is none. */
const CommandDef *line_command(const Registry *registry, const GArray *words);

/*
 * Finds the command that the words name and binds the rest to its arguments. Options that every command knows
 * may stand before the name. No words at all: NULL and true. Position in messages counts from 1.
 */
bool line_bind(const Registry *registry, const GArray *words, StdinReader read_stdin,
    Arguments **ret_arguments, GError **error);

#endif
