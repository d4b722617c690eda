#ifndef SIGNALBOX_TUI_ROW_H
#define SIGNALBOX_TUI_ROW_H

#include "application/frontend.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* The columns of a result, kept beyond the call that told them. */
typedef struct RowColumns {
	size_t count;
	char **names; /* NULL-terminated */
	ValueType *types;
} RowColumns;

RowColumns *row_columns_new(const ResultColumn *columns, size_t count);
RowColumns *row_columns_copy(const RowColumns *self);

/* Accepts NULL. */
void row_columns_free(RowColumns *self);

/* The place of the column of that name, or -1. */
int row_columns_find(const RowColumns *self, const char *name);

bool row_columns_equal(const RowColumns *self, const RowColumns *other);

/* A row with its texts in one piece of memory, raw as the database gave them. */
typedef struct Row {
	size_t count;
	Cell cells[];
} Row;

Row *row_new(const Cell *cells, size_t count);
Row *row_copy(const Row *self);
void row_free(Row *self);

/* NULL when `column` is not among the row's. */
const Cell *row_cell(const Row *self, int column);

/* What tells the row from every other one: its cell in `key_column`, or all of its cells when that is -1.
 * Newly allocated. */
char *row_identity(const Row *self, int key_column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RowColumns, row_columns_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Row, row_free)

#endif
