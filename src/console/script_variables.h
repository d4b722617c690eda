#ifndef SIGNALBOX_CONSOLE_SCRIPT_VARIABLES_H
#define SIGNALBOX_CONSOLE_SCRIPT_VARIABLES_H

#include <glib.h>
#include <stdbool.h>

/*
 * Replaces `${name}` by the variable's value, quoted so that it stays one value of the line (`$${` stands for
 * `${`). USAGE for a name that was not given. `variables` (char * -> char *) may be NULL.
 */
bool script_substitute(const char *line, GHashTable *variables, char **ret_line, GError **error);

#endif
