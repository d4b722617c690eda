#ifndef SIGNALBOX_TUI_DIALOG_H
#define SIGNALBOX_TUI_DIALOG_H

#include "keys.h"
#include "lane_event.h"
#include "theme.h"

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/*
 * A question that must not be answered by accident. The focus is on Cancel. Presses within 300 ms of opening
 * do not count, nor do repeats (the same key within 300 ms) of one that answers, nor what is pasted, unless
 * it has to be typed. The key that started the action never confirms it. Where something must be typed, only
 * that text confirms: Enter then ends it, even if Enter was what led here. Escape says no at any time.
 */
typedef struct Dialog Dialog;

/* Copies the question. `started_by` is the press that led here, or PRESS_NONE. `now` in microseconds,
 * monotonic. */
Dialog *dialog_new(const LaneQuestion *question, KeyPress started_by, gint64 now);
void dialog_free(Dialog *self);

bool dialog_press(Dialog *self, KeyPress press, gint64 now);

typedef enum DialogOutcome {
	DIALOG_OPEN,
	DIALOG_NO,
	DIALOG_YES,
} DialogOutcome;
DialogOutcome dialog_outcome(const Dialog *self);

/* The size that it would like, at most the given one. What does not fit wraps, then scrolls: arrows, PgUp,
 * PgDn. */
void dialog_size(const Dialog *self, int max_height, int max_width, int *ret_height, int *ret_width);
void dialog_draw(Dialog *self, WINDOW *window, const Theme *theme);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dialog, dialog_free)

#endif
