#ifndef SIGNALBOX_TUI_VIEW_PRIVATE_H
#define SIGNALBOX_TUI_VIEW_PRIVATE_H

#include "view.h"

#define VIEW_HEIGHT_DEFAULT 20

struct View {
	const ScreenList *list;
	char *filter, *order;
	char *shown_filter, *shown_order; /* those of the rows */
	RowColumns *columns;
	int key_column;
	Window window;
	guint cursor, top;
	int height;
	int rest; /* rows that the cursor would have moved on, had they been there */
	bool lost_row;
	guint first_column;
	GArray *widths;        /* of int, by column */
	GPtrArray *marks;      /* of Row *, in the order of marking */
	GHashTable *mark_keys; /* identity -> its Row * in marks */
	int64_t total;
	bool total_is_estimate;
	bool clipped;
	gint64 read_at;
	/* Reading. */
	ViewFetch wanted, fetching;
	bool failed; /* the last page did not come: none is asked for unless somebody moves */
	GPtrArray *incoming;
	RowColumns *incoming_columns;
	guint refresh_first; /* the row of the window that a refresh begins with */
};

void view_show_cursor(View *self);

#endif
