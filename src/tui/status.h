#ifndef SIGNALBOX_TUI_STATUS_H
#define SIGNALBOX_TUI_STATUS_H

#include "canvas.h"

#include "application/frontend.h"

#include <glib.h>

/*
 * The line above the hints: the command line that the last key stood for, and what came of it. It stays until
 * the next action. What is too long for one line gets up to three.
 */
typedef struct Status {
	char *line;    /* command line, or NULL */
	char *outcome; /* or NULL */
	bool failed;
	NoteKind kind;
	/* Of what is still running; `total` 0: not known. */
	char *progress_what;
	Progress progress;
} Status;

void status_clear(Status *self);

/* `line` NULL keeps the line. */
void status_say(Status *self, const char *line, const char *outcome, NoteKind kind);
void status_fail(Status *self, const char *line, const char *message);

/* A command line begins to run. */
void status_begin(Status *self, const char *line);
void status_progress(Status *self, const char *what, const Progress *progress);

int status_height(const Status *self, int width);

/* `marked`: how many rows are marked. */
void status_draw(const Status *self, const Canvas *canvas, guint marked);

#endif
