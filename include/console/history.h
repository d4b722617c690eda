#ifndef SIGNALBOX_CONSOLE_HISTORY_H
#define SIGNALBOX_CONSOLE_HISTORY_H

#include <glib.h>

#define HISTORY_LIMIT 5000

/*
 * Command lines as plain UTF-8, one a line, shared by REPL and TUI in `$XDG_STATE_HOME/signalbox/history`
 * (0600). Several programs may append at once. Whoever adds a line leaves out those that
 * console_line_is_secret tells.
 */
typedef struct CommandHistory CommandHistory;

/* A file that cannot be read is an empty history. */
CommandHistory *history_load(void);
void history_free(CommandHistory *self);

/* Oldest first; borrowed; `char *`. */
const GPtrArray *history_lines(const CommandHistory *self);

/*
 * Keeps and appends it to the file, as one line, unless it equals the last one, is empty or begins with a
 * blank. Gives what was kept, borrowed, or NULL.
 */
const char *history_add(CommandHistory *self, const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CommandHistory, history_free)

#endif
