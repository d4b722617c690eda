#ifndef SIGNALBOX_REPL_LINE_EDITOR_H
#define SIGNALBOX_REPL_LINE_EDITOR_H

#include "console/console.h"
#include "console/history.h"

/* Reads lines from the terminal with libedit: wide characters, history with Ctrl-R, Tab completion. */
typedef struct LineEditor LineEditor;

/* Borrows both. */
LineEditor *line_editor_new(Console *console, CommandHistory *history);
void line_editor_free(LineEditor *self);

typedef enum LineRead {
	LINE_READ,
	LINE_INTERRUPTED, /* Ctrl-C: what was typed is dropped */
	LINE_END,         /* Ctrl-D on an empty line, or the terminal is gone */
} LineRead;

/*
 * One line without its newline, newly allocated. `before` is what an unfinished command has so far ("" at its
 * start): it chooses the prompt and completion sees it.
 */
LineRead line_editor_read(LineEditor *self, const char *before, char **ret_line);

/* Puts a finished command, as the history keeps it, into the history of this editor. */
void line_editor_remember(LineEditor *self, const char *line);

#endif
