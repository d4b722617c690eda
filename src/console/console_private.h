#ifndef SIGNALBOX_CONSOLE_CONSOLE_PRIVATE_H
#define SIGNALBOX_CONSOLE_CONSOLE_PRIVATE_H

#include "console/console.h"

#include <glib.h>
#include <stdbool.h>

/* Finds the command that the words name and binds the rest; console_parse_line without the splitting. */
bool console_bind_words(Console *self, const GArray *words, Arguments **ret_arguments, GError **error);

/*
 * Fills in what the line left open: first from the command that runs it (`run`, `source`, `watch`), then from
 * what `set` changed. Binding does it; again before a line that was bound earlier is run.
 */
void console_apply_defaults(const Console *self, Arguments *arguments);

/* The options of the command whose lines run now; all unset when there is none. */
const CommonOptions *console_outer_options(const Console *self);

/* The session that those lines work on, opened when it is not. Owned by the console. */
bool console_lines_session(Console *self, Session **ret_session, GError **error);

/*
 * Until it is told NULL the runs of this console are parts of one transaction on `session`, which the script
 * ends. A line that works on another session is a USAGE error.
 */
void console_share_transaction(Console *self, Session *session);

#endif
