#ifndef SIGNALBOX_PERSISTENCE_ROW_STATEMENT_H
#define SIGNALBOX_PERSISTENCE_ROW_STATEMENT_H

#include "persistence/connection.h"
#include "persistence/table_configuration.h"

/* The statements that write one row, each expected to touch exactly that one. Column names are static text of
 * ours. */

/* An empty array of Statement * that owns them. */
GPtrArray *statements_new(void);

/* All columns; a write-only one only when it is set. */
Statement *row_insert(const TableConfiguration *table, const void *record);

/* Only the columns that differ, and only while the row's xmin is `row_version`; NULL when none differs. */
Statement *
row_update(const TableConfiguration *table, const void *before, const void *after, const char *row_version);

Statement *row_delete(const TableConfiguration *table, const void *record, const char *row_version);

/* "post '0190…'", newly allocated. */
char *row_subject(const TableConfiguration *table, const void *record);

#endif
