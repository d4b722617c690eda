#ifndef SIGNALBOX_TUI_WINDOW_H
#define SIGNALBOX_TUI_WINDOW_H

#include "lane_event.h"
#include "row.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Consecutive pages of a list, whose memory is bounded: pages far from the cursor go when new ones come. A
 * page knows the cursors of its ends, so that reading can go on in both directions.
 */

#define WINDOW_ROWS 600

typedef struct Page {
	guint rows;
	char *first_cursor, *last_cursor;
} Page;

typedef struct Window {
	GPtrArray *rows; /* of Row * */
	GArray *pages;   /* of Page */
	bool more_before, more_after;
} Window;

void window_init(Window *self);
void window_clear(Window *self);
void window_empty(Window *self);

/* Takes the rows of a page that is all there is. */
void window_replace(Window *self, GPtrArray *rows, const LaneEnd *end);

/* Takes the rows of the page behind the last one. How many rows went at the front. */
guint window_append(Window *self, GPtrArray *rows, const LaneEnd *end);

/* Takes the rows of the page before the first one; rows at the end may go. How many rows came at the front.
 */
guint window_prepend(Window *self, GPtrArray *rows, const LaneEnd *end);

/* Puts a row that no page came with before the one at `index`, and takes it out again. */
void window_insert(Window *self, guint index, Row *row);
void window_remove(Window *self, guint index);

/* NULL when there is nothing beyond. Borrowed. */
const char *window_last_cursor(const Window *self);
const char *window_first_cursor(const Window *self);

/* The index of the page that holds the row, and the row that begins it. */
guint window_page_of(const Window *self, guint row, guint *ret_first_row);

#endif
