#ifndef SIGNALBOX_TUI_LIST_PANE_H
#define SIGNALBOX_TUI_LIST_PANE_H

#include "canvas.h"
#include "view.h"

/* One list of a place, with what is under way for it. */
typedef struct ListPane {
	View *view;
	uint64_t request;   /* the newest, 0: none yet */
	char *first_filter; /* what the place was opened with: Esc goes back to it */
	char *failure;      /* why nothing could be read; NULL: it could */
	bool sideways;      /* the result is a record, shown as a list of its fields */
	RowColumns *record; /* its columns */
	bool checked;       /* against a result, by list_pane_check */
	int y, height;      /* where it was drawn */
} ListPane;

/* Takes the view. */
ListPane *list_pane_new(View *view);
void list_pane_free(ListPane *self);

void list_pane_take(ListPane *self, LaneEvent *event);

/*
 * USAGE with file and line, once, when the screen's file names a column that the result that came does not
 * have: what only the server knows is not known when the file is loaded. `file` may be NULL.
 */
bool list_pane_check(ListPane *self, const KeyFile *file, GError **error);

/* Rows that a panel wishes to show. */
int list_pane_rows(const ListPane *self);

void list_pane_draw(ListPane *self, const Canvas *canvas, bool focused);

#endif
