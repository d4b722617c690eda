#ifndef SIGNALBOX_CONSOLE_SCRIPT_VARIABLES_H
#define SIGNALBOX_CONSOLE_SCRIPT_VARIABLES_H

#include <glib.h>
#include <stdbool.h>

/*
 * Replaces `${name}` in the words (GArray of Word) of a line by the variable's value (`$${` stands for `${`).
 * The line is split already, so that no value can become a second word, and a word that begins with a
 * variable is always a value, never an option. USAGE for a name that was not given. `variables` (char * ->
 * char *) may be NULL.
 */
bool script_substitute(GArray *words, GHashTable *variables, GError **error);

#endif
