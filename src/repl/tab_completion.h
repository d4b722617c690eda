#ifndef SIGNALBOX_REPL_TAB_COMPLETION_H
#define SIGNALBOX_REPL_TAB_COMPLETION_H

#include "console/console.h"

#include <histedit.h>

/*
 * Completes the word before the cursor: inserts what all candidates share, or lists them when there is
 * nothing more to insert. `before` is what earlier lines of the command hold. Answers libedit's CC_ codes.
 */
unsigned char tab_complete(EditLine *edit, Console *console, const char *before);

#endif
