#ifndef SIGNALBOX_TUI_COLUMNS_H
#define SIGNALBOX_TUI_COLUMNS_H

#include "row.h"
#include "screen_file.h"

#include <glib.h>
#include <stdbool.h>

/* One column as it is laid out. */
typedef struct LaidColumn {
	int column;              /* of the result */
	const ScreenColumn *def; /* NULL: the file says nothing about it */
	char *title;
	bool right;
	int x, width; /* cells */
} LaidColumn;

#define COLUMN_GAP 2

/*
 * Which columns fit into `cells` and how wide they are. `widths` are the widest cells seen, by column of the
 * result. Where there is too little room, columns of rank 4 and more go first; then wide columns give way
 * down to their minimum, then whole columns go: the highest rank first, of the same rank the one on the
 * right. Of GArray of LaidColumn; the caller's.
 */
GArray *
columns_lay_out(const ScreenList *list, const RowColumns *columns, const int *widths, guint first, int cells);

/*
 * What a cell shows, sanitised: ages against `now`, digits in groups, times without their fraction. Newly
 * allocated.
 */
char *
cell_text(const Cell *cell, ValueType type, const ScreenColumn *def, Timestamp now, const char *null_text);

/* "2h ago", "in 5m"; newly allocated. */
char *age_text(Timestamp then, Timestamp now);

/* "2,014,331"; newly allocated. */
char *grouped_number(const char *digits);

/* "CREATED AT"; newly allocated. */
char *column_title(const char *name, const ScreenColumn *def);

#endif
