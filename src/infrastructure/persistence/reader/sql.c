#include "persistence/reader/reader_internal.h"
#include "persistence/reader/rows.h"

#include "base/error.h"
#include "persistence/error_mapping.h"

#include <string.h>

/* Statements that read. Everything else is refused here already, with a sentence; the READ ONLY transaction
 * is the wall. */
static const char *const reading_words[] = { "select", "with", "values", "table", "explain", "show", NULL };

/* Past white space, comments and opening parentheses. */
static const char *
skip_to_word(const char *sql)
{
	for (;;) {
		while (g_ascii_isspace(*sql) || *sql == '(')
			sql++;
		if (strncmp(sql, "--", 2) == 0) {
			sql += strcspn(sql, "\n");
		} else if (strncmp(sql, "/*", 2) == 0) {
			const char *end = strstr(sql, "*/");

			sql = end != NULL ? end + 2 : sql + strlen(sql);
		} else {
			return sql;
		}
	}
}

static bool
check_reads(const char *sql, GError **error)
{
	const char *word = skip_to_word(sql);
	size_t length = 0;

	while (g_ascii_isalpha(word[length]))
		length++;
	for (const char *const *known = reading_words; *known != NULL; known++) {
		if (strlen(*known) == length && g_ascii_strncasecmp(word, *known, length) == 0)
			return true;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_REFUSED,
	    "sql only reads: a statement begins with SELECT, WITH, VALUES, TABLE, EXPLAIN or SHOW, not "
	    "'%.*s'",
	    (int)MIN(length, 40), word);
	return false;
}

typedef struct SqlRows {
	Frontend *frontend;
	ResultColumn *columns;
	uint64_t rows;
	uint64_t limit; /* 0: none */
	bool more;
} SqlRows;

static bool
show_columns(SqlRows *self, const PGresult *result, GError **error)
{
	self->columns = result_columns(result);

	ResultShape shape = { RESULT_LIST, "rows", self->columns, (size_t)PQnfields(result) };

	return self->frontend->begin(self->frontend, &shape, error);
}

/* The names of the columns belong to the first result, which is gone with the next row. */
static bool
show_sql_row(const PGresult *result, gpointer data, GError **error)
{
	SqlRows *self = data;

	if (self->columns == NULL && !show_columns(self, result, error))
		return false;
	if (PQntuples(result) == 0)
		return true;
	self->more = self->limit > 0 && self->rows == self->limit;
	if (self->more) {
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "enough rows");
		return false;
	}
	self->rows++;
	return show_result_row(result, 0, self->columns, self->frontend, error);
}

bool
reader_sql(Reader *reader, const char *sql, int64_t limit, Frontend *frontend, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	SqlRows rows = { .frontend = frontend, .limit = (uint64_t)limit };
	g_autoptr(GError) stopped = NULL;
	bool done;

	if (!check_reads(sql, error))
		return false;
	done = connection_stream(self->connection, sql, 0, NULL, show_sql_row, &rows, &stopped);
	g_free(rows.columns);
	if (!done && !rows.more) {
		error_blame_typed_sql(stopped);
		g_propagate_error(error, g_steal_pointer(&stopped));
		return false;
	}
	ResultEnd end = {
		.rows = rows.rows, .more_after = rows.more, .total = rows.more ? -1 : (int64_t)rows.rows
	};

	return frontend->end(frontend, &end, error);
}
