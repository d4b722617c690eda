#ifndef SIGNALBOX_PERSISTENCE_READER_CELLS_H
#define SIGNALBOX_PERSISTENCE_READER_CELLS_H

#include "application/frontend.h"
#include "application/resource.h"

#include <libpq-fe.h>

/*
 * Turns rows of a PGresult into cells for a front end: columns are found by name once, times become RFC 3339,
 * values longer than LIST_VALUE_LENGTH are marked as cut.
 */
typedef struct CellReader CellReader;

/* `fields` is a GArray of const FieldDef *, borrowed; with `cut`, long values are cut. */
CellReader *cell_reader_new(const GArray *fields, bool cut);
void cell_reader_free(CellReader *self);

/* The columns for ResultShape; borrowed. */
const ResultColumn *cell_reader_columns(const CellReader *self);

/* Finds the columns in a result; INTERNAL names one that is missing. */
bool cell_reader_bind(CellReader *self, const PGresult *result, GError **error);

/* The cells of a row, valid until the next call. */
const Cell *cell_reader_row(CellReader *self, const PGresult *result, int row);

/* The server's ISO form of a timestamptz in UTC as RFC 3339, appended to `out`. */
void append_rfc3339(GString *out, const char *server_text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CellReader, cell_reader_free)

#endif
