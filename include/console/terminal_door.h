#ifndef SIGNALBOX_CONSOLE_TERMINAL_DOOR_H
#define SIGNALBOX_CONSOLE_TERMINAL_DOOR_H

#include "console/console.h"
#include "console/render.h"

/*
 * The door of REPL and shell: data on stdout, narration on stderr, questions on the terminal that both stdin
 * and stderr are, else nobody can be asked.
 */
extern const Door terminal_door;

/* All of standard input, for `-`. USAGE when it is a terminal, too large or no UTF-8 text; CANCELLED when a
 * signal ends the wait for it. */
bool terminal_read_stdin(char **ret_text, GError **error);

#endif
