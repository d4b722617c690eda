#ifndef SIGNALBOX_PERSISTENCE_READER_ROWS_H
#define SIGNALBOX_PERSISTENCE_READER_ROWS_H

#include "application/frontend.h"
#include "persistence/connection.h"

/* Runs a statement of ours and shows all its rows as a list; the types come from the result. */
bool show_query(Connection *connection, const char *title, const char *sql, int param_count,
    const char *const *params, Frontend *frontend, GError **error);

/* The value types of a result's columns, newly allocated; names are borrowed from the result. */
ResultColumn *result_columns(const PGresult *result);

/* Shows one row of a result; `cells` holds PQnfields, `buffer` the converted times. */
bool show_result_row(
    const PGresult *result, int row, const ResultColumn *columns, Frontend *frontend, GError **error);

#endif
