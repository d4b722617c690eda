#ifndef SIGNALBOX_TUI_VIEW_H
#define SIGNALBOX_TUI_VIEW_H

#include "lane_event.h"
#include "row.h"
#include "screen_file.h"
#include "window.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What is shown of one list: the command line that fills it, a window of pages around the cursor, the cursor
 * and the marks by the rows' keys. It asks for pages by naming the next command line, and is told what came;
 * it knows neither lanes nor curses.
 */
typedef struct View View;

/* Why a page is read. */
typedef enum ViewFetch {
	VIEW_FETCH_NONE,
	VIEW_FETCH_FIRST,   /* the list anew, from its beginning */
	VIEW_FETCH_LAST,    /* its last page */
	VIEW_FETCH_NEXT,    /* one more page behind the window */
	VIEW_FETCH_BEFORE,  /* one more page before it */
	VIEW_FETCH_REFRESH, /* what is seen, again */
} ViewFetch;

/* `list` is borrowed and checked (its `def` is set). `filter` as a command line takes it; NULL: none. */
View *view_new(const ScreenList *list, const char *filter);
void view_free(View *self);

const ScreenList *view_list(const View *self);

/* -- reading ------------------------------------------------------------------------------------------------
 */

/*
 * The command line that has to be run now, or NULL while one is under way or nothing is missing. Whoever
 * takes it runs it and tells what came. Newly allocated.
 */
char *view_next_line(View *self);

/* The command line without the page: for people. Newly allocated. */
char *view_line(const View *self);

ViewFetch view_fetching(const View *self);

/* Asks for it with the next view_next_line; more urgent than what is under way: true when that must be
 * cancelled. */
bool view_want(View *self, ViewFetch fetch);

/* Reads again what is seen, after what is under way; what was never read is begun. */
void view_want_again(View *self);

/* What was under way will not come. */
void view_abandon(View *self);

/* Likewise, because somebody cancelled it: filter and order are again those of the rows that are there. */
void view_give_up(View *self);

/* Events of the line under way; rows and columns are taken out of the event. */
void view_take(View *self, LaneEvent *event);

/* -- what there is
 * ------------------------------------------------------------------------------------------- */

const RowColumns *view_columns(const View *self); /* NULL before the first answer */
guint view_row_count(const View *self);           /* in the window */
const Row *view_row(const View *self, guint index);
bool view_is_loaded(const View *self); /* an answer came */
bool view_has_more(const View *self, bool before);
/* A list without pages had more rows than are kept: only its first ones are there. */
bool view_is_clipped(const View *self);
/* Of all that match: -1 when it is not known. */
int64_t view_total(const View *self, bool *ret_is_estimate);
gint64 view_read_at(const View *self); /* monotonic time of the last answer; 0: none */

/* -- cursor and marks
 * ---------------------------------------------------------------------------------------- */

/* How many rows fit on the screen. */
void view_set_height(View *self, int height);

guint view_cursor(const View *self);
guint view_top(const View *self);
const Row *view_current(const View *self); /* NULL without rows */

/*
 * True when the row that the cursor stands on has gone from the list: it stays under the cursor, and is what
 * the keys act on, until the cursor is moved.
 */
bool view_lost_row(const View *self);

void view_move(View *self, int rows);
void view_page(View *self, int halves); /* 2: a page down, -1: half a page up */
void view_home(View *self);
void view_end(View *self);

void view_toggle_mark(View *self);
void view_unmark(View *self);
guint view_mark_count(const View *self);
bool view_is_marked(const View *self, guint index);

/* The marked rows in the order in which they were marked, else the one under the cursor; of const Row *; the
 * array is newly allocated. */
GPtrArray *view_chosen(const View *self);

/* -- filter and order
 * ---------------------------------------------------------------------------------------- */

const char *view_filter(const View *self); /* "" without one */
void view_set_filter(View *self, const char *filter);

/* `field:desc`, or NULL when nobody said. */
const char *view_order(const View *self);
void view_set_order(View *self, const char *order);

/* True when the command can be filtered, and ordered. */
bool view_takes_filter(const View *self);
bool view_takes_order(const View *self);

/* Columns to the left that are scrolled away. */
guint view_first_column(const View *self);
void view_scroll_columns(View *self, int columns);

/* Widest cell of each column that was drawn so far: columns never shrink while one scrolls. */
int *view_widths(View *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(View, view_free)

#endif
