#ifndef SIGNALBOX_CONSOLE_NARRATION_H
#define SIGNALBOX_CONSOLE_NARRATION_H

#include "console/render.h"
#include "formats/format.h"

/*
 * What is said beside the data, on the error stream: notes, progress (one line that is redrawn on a terminal,
 * else whole lines at most once a second) and what a list left out.
 */
typedef struct Narration Narration;

/* Borrows the options. */
Narration *narration_new(const RenderOptions *options);
void narration_free(Narration *self);

void narration_note(Narration *self, NoteKind kind, const char *text);
void narration_progress(Narration *self, const Progress *progress);
void narration_clear_progress(Narration *self);

/* After a list: how many rows of how many, and how to go on; without a terminal only when rows were left out.
 */
void narration_end(Narration *self, const FormatWriter *writer, const ResultEnd *end);

#endif
