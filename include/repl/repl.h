#ifndef SIGNALBOX_REPL_REPL_H
#define SIGNALBOX_REPL_REPL_H

#include "console/console.h"

/* Reads lines from the terminal (or from a pipe, without prompts) until quit or end of input. The exit code.
 */
int repl_run(const ConsoleSettings *settings);

#endif
