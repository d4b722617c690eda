#include "persistence/reader/rows.h"

#include "persistence/reader/cells.h"

/* Object ids of built-in types never change (src/include/catalog/pg_type.dat of PostgreSQL). */
static const struct {
	Oid oid;
	ValueType type;
} value_types[] = {
	{ 16, VALUE_BOOLEAN },
	{ 17, VALUE_BYTES },
	{ 20, VALUE_INTEGER },
	{ 21, VALUE_INTEGER },
	{ 23, VALUE_INTEGER },
	{ 26, VALUE_INTEGER },
	{ 114, VALUE_JSON },
	{ 700, VALUE_NUMERIC },
	{ 701, VALUE_NUMERIC },
	{ 1184, VALUE_TIME },
	{ 1700, VALUE_NUMERIC },
	{ 2950, VALUE_UUID },
	{ 3802, VALUE_JSON },
};

static ValueType
value_type_of(Oid oid)
{
	for (gsize i = 0; i < G_N_ELEMENTS(value_types); i++) {
		if (value_types[i].oid == oid)
			return value_types[i].type;
	}
	return VALUE_TEXT;
}

ResultColumn *
result_columns(const PGresult *result)
{
	int count = PQnfields(result);
	ResultColumn *columns = g_new0(ResultColumn, (gsize)count + 1);

	for (int i = 0; i < count; i++)
		columns[i] = (ResultColumn){ PQfname(result, i), value_type_of(PQftype(result, i)) };
	return columns;
}

static void
fill_cell(Cell *cell, const PGresult *result, int row, int column, ValueType type, GString **buffer)
{
	*cell = (Cell){
		.text = PQgetvalue(result, row, column),
		.size = (size_t)PQgetlength(result, row, column),
		.null = PQgetisnull(result, row, column) != 0,
	};
	if (cell->null)
		return;
	if (type == VALUE_TIME) {
		*buffer = g_string_new(NULL);
		append_rfc3339(*buffer, cell->text);
		cell->text = (*buffer)->str;
		cell->size = (*buffer)->len;
	} else if (type == VALUE_BOOLEAN) {
		bool is_set = cell->text[0] == 't';

		cell->text = is_set ? "true" : "false";
		cell->size = is_set ? 4 : 5;
	}
}

bool
show_result_row(
    const PGresult *result, int row, const ResultColumn *columns, Frontend *frontend, GError **error)
{
	int count = PQnfields(result);
	g_autofree Cell *cells = g_new0(Cell, (gsize)count + 1);
	g_autofree GString **buffers = g_new0(GString *, (gsize)count + 1);
	bool shown;

	for (int i = 0; i < count; i++)
		fill_cell(&cells[i], result, row, i, columns[i].type, &buffers[i]);
	shown = frontend->row(frontend, cells, error);
	for (int i = 0; i < count; i++) {
		if (buffers[i] != NULL)
			g_string_free(buffers[i], TRUE);
	}
	return shown;
}

bool
show_query(Connection *connection, const char *title, const char *sql, int param_count,
    const char *const *params, Frontend *frontend, GError **error)
{
	g_autoptr(PGresult) result = NULL;
	g_autofree ResultColumn *columns = NULL;

	if (!connection_query(connection, sql, param_count, params, &result, error))
		return false;
	columns = result_columns(result);

	ResultShape shape = { RESULT_LIST, title, columns, (size_t)PQnfields(result) };
	ResultEnd end = { .rows = (uint64_t)PQntuples(result), .total = PQntuples(result) };

	if (!frontend->begin(frontend, &shape, error))
		return false;
	for (int row = 0; row < PQntuples(result); row++) {
		if (!show_result_row(result, row, columns, frontend, error))
			return false;
	}
	return frontend->end(frontend, &end, error);
}
