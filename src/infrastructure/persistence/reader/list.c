#include "persistence/reader/cells.h"
#include "persistence/reader/list_query.h"
#include "persistence/reader/reader_internal.h"

#include "base/error.h"

/* A scan of fewer rows than this is not worth a warning. */
#define SMALL_TABLE 10000

#define SEGMENT_COUNT 2

/* The rows of one page as they came: up to one result for each segment, in the order of reading. */
typedef struct Page {
	PGresult *results[SEGMENT_COUNT];
	int result_count;
	int64_t rows; /* without the one that only tells that there are more */
	bool more;
} Page;

static void
page_clear(Page *self)
{
	for (int i = 0; i < self->result_count; i++)
		PQclear(self->results[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

static bool
query_with(
    DatabaseReader *self, const char *sql, const GPtrArray *params, PGresult **ret_result, GError **error)
{
	return connection_query(
	    self->connection, sql, (int)params->len, (const char *const *)params->pdata, ret_result, error);
}

/* What autovacuum last counted; -1 when it never did. */
static bool
estimate_rows(DatabaseReader *self, const char *table, int64_t *ret_rows, GError **error)
{
	const char *params[] = { table };
	g_autoptr(PGresult) result = NULL;

	*ret_rows = -1;
	if (table == NULL)
		return true;
	if (!connection_query(self->connection,
		"SELECT c.reltuples::bigint AS rows FROM pg_catalog.pg_class c WHERE c.oid = "
		"pg_catalog.to_regclass($1)",
		1, params, &result, error))
		return false;
	if (PQntuples(result) == 1)
		*ret_rows = g_ascii_strtoll(PQgetvalue(result, 0, PQfnumber(result, "rows")), NULL, 10);
	return true;
}

static ListSegment
other_segment(ListSegment segment)
{
	return segment == SEGMENT_VALUES ? SEGMENT_NULLS : SEGMENT_VALUES;
}

/* Reading forward goes from values to nulls, backward from nulls to values. */
static bool
has_next_segment(const ListQuery *query, ListSegment segment)
{
	return query->nullable_order && (segment == SEGMENT_VALUES) != query->backward;
}

static bool
read_segment(DatabaseReader *self, const ListQuery *query, ListSegment segment, bool continues, int64_t limit,
    Page *page, GError **error)
{
	g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *sql = list_query_sql(query, segment, continues, limit, params);
	PGresult *result = NULL;

	if (!query_with(self, sql, params, &result, error))
		return false;
	page->results[page->result_count++] = result;
	page->rows += PQntuples(result);
	return true;
}

static bool
read_page(DatabaseReader *self, const ListQuery *query, Page *page, GError **error)
{
	ListSegment segment = list_query_first_segment(query);
	int64_t limit = query->request->limit;

	if (!read_segment(self, query, segment, query->from != NULL, limit + 1, page, error))
		return false;
	if (page->rows <= limit && has_next_segment(query, segment) &&
	    !read_segment(self, query, other_segment(segment), false, limit + 1 - page->rows, page, error))
		return false;
	page->more = page->rows > limit;
	if (page->more)
		page->rows = limit;
	return true;
}

/* Row `index` of the page in the order of reading. */
static const PGresult *
page_row(const Page *self, int64_t index, int *ret_row)
{
	for (int i = 0; i < self->result_count; i++) {
		int count = PQntuples(self->results[i]);

		if (index < count) {
			*ret_row = (int)index;
			return self->results[i];
		}
		index -= count;
	}
	g_assert_not_reached();
}

static char *
cursor_of_row(const ListQuery *query, const Page *page, int64_t index)
{
	g_autoptr(Cursor) cursor = cursor_new();
	int row = 0;
	const PGresult *result = page_row(page, index, &row);

	for (guint i = 0; i < query->order->len; i++) {
		/* By place: a browsed table may have a column of any name. */
		int column = (int)(query->fields->len + i);

		g_ptr_array_add(cursor->values,
		    PQgetisnull(result, row, column) ? NULL : g_strdup(PQgetvalue(result, row, column)));
	}
	return cursor_encode(cursor, query->scope);
}

static bool
show_page(const ListQuery *query, const Page *page, CellReader *cells, Frontend *frontend, GError **error)
{
	for (int64_t i = 0; i < page->rows; i++) {
		int row = 0;
		const PGresult *result = page_row(page, query->backward ? page->rows - 1 - i : i, &row);

		if ((i == 0 || row == 0 || query->backward) && !cell_reader_bind(cells, result, error))
			return false;
		if (!frontend->row(frontend, cell_reader_row(cells, result, row), error))
			return false;
	}
	return true;
}

static bool
count_rows(DatabaseReader *self, const ListQuery *query, int64_t *ret_total, GError **error)
{
	g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *sql = list_query_count_sql(query, params);
	g_autoptr(PGresult) result = NULL;

	if (!query_with(self, sql, params, &result, error))
		return false;
	*ret_total = g_ascii_strtoll(PQgetvalue(result, 0, PQfnumber(result, "total")), NULL, 10);
	return true;
}

static bool
is_filtered(const ListRequest *request)
{
	return request->filter != NULL && request->filter->terms->len > 0;
}

/* Exact when it was asked for or everything is on the page, else autovacuum's count of the whole table. */
static bool
find_total(DatabaseReader *self, const ListQuery *query, bool wants_estimate, ResultEnd *end, GError **error)
{
	end->total = -1;
	if (query->request->count)
		return count_rows(self, query, &end->total, error);
	if (!end->more_before && !end->more_after) {
		end->total = (int64_t)end->rows;
		return true;
	}
	if (is_filtered(query->request) || !wants_estimate)
		return true;
	end->total_is_estimate = true;
	return estimate_rows(self, query->configuration->table, &end->total, error);
}

static bool
list_page(DatabaseReader *self, const ListQuery *query, CellReader *cells, const ResultShape *shape,
    Frontend *frontend, ResultEnd *end, GError **error)
{
	g_auto(Page) page = { 0 };
	g_autofree char *first = NULL;
	g_autofree char *last = NULL;
	bool started = query->from != NULL;

	if (!read_page(self, query, &page, error))
		return false;
	end->rows = (uint64_t)page.rows;
	end->more_after = query->backward ? started : page.more;
	end->more_before = query->backward ? page.more : started;
	/* Everything is read before anything is shown: a run that fails until here can be tried again. */
	if (!find_total(self, query, frontend->shows_totals, end, error))
		return false;
	if (page.rows > 0 && query->total_order) {
		first = cursor_of_row(query, &page, query->backward ? page.rows - 1 : 0);
		last = cursor_of_row(query, &page, query->backward ? 0 : page.rows - 1);
	}
	end->first_cursor = first;
	end->last_cursor = last;
	return frontend->begin(frontend, shape, error) && show_page(query, &page, cells, frontend, error) &&
	    frontend->end(frontend, end, error);
}

typedef struct Streaming {
	CellReader *cells;
	const ResultShape *shape;
	Frontend *frontend;
	bool begun;
	uint64_t rows;
	uint64_t rows_of_segment;
} Streaming;

/* With the first result: a statement that the server refuses shows nothing, not even column names. */
static bool
begin_stream(Streaming *self, GError **error)
{
	if (self->begun)
		return true;
	self->begun = true;
	return self->frontend->begin(self->frontend, self->shape, error);
}

static bool
stream_row(const PGresult *result, gpointer data, GError **error)
{
	Streaming *self = data;

	/* A stream ends with an empty result. */
	if (PQntuples(result) == 0)
		return true;
	if (!begin_stream(self, error))
		return false;
	if (self->rows_of_segment++ == 0 && !cell_reader_bind(self->cells, result, error))
		return false;
	self->rows++;
	return self->frontend->row(self->frontend, cell_reader_row(self->cells, result, 0), error);
}

static bool
stream_segment(DatabaseReader *self, const ListQuery *query, ListSegment segment, bool continues,
    Streaming *streaming, GError **error)
{
	g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *sql = list_query_sql(query, segment, continues, 0, params);

	streaming->rows_of_segment = 0;
	return connection_stream(self->connection, sql, (int)params->len, (const char *const *)params->pdata,
	    stream_row, streaming, error);
}

static bool
list_all(DatabaseReader *self, const ListQuery *query, CellReader *cells, const ResultShape *shape,
    Frontend *frontend, ResultEnd *end, GError **error)
{
	ListSegment segment = list_query_first_segment(query);
	Streaming streaming = { .cells = cells, .shape = shape, .frontend = frontend };

	if (!stream_segment(self, query, segment, query->from != NULL, &streaming, error) ||
	    (has_next_segment(query, segment) &&
		!stream_segment(self, query, other_segment(segment), false, &streaming, error)) ||
	    !begin_stream(&streaming, error))
		return false;
	end->rows = streaming.rows;
	end->total = query->from == NULL ? (int64_t)streaming.rows : -1;
	return frontend->end(frontend, end, error);
}

/* A filter that must read the whole table says so before it runs. */
static bool
warn_of_scan(DatabaseReader *self, const ListQuery *query, Frontend *frontend, ResultEnd *end, GError **error)
{
	int64_t rows = 0;

	if (!list_query_scans(query))
		return true;
	if (!estimate_rows(self, query->configuration->table, &rows, error))
		return false;
	end->scanned = rows > SMALL_TABLE;
	if (end->scanned) {
		g_autofree char *text = g_strdup_printf(
		    "no index serves this filter: it may read all of ~%" G_GINT64_FORMAT " %s", rows,
		    query->request->resource->name);

		frontend->note(frontend, NOTE_WARNING, text);
	}
	return true;
}

bool
reader_list(Reader *reader, const ListRequest *request, Frontend *frontend, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	const ListConfiguration *configuration = reader_configuration(self, request->resource, error);
	bool whole = frontend->whole_values || request->all;
	g_autoptr(ListQuery) query = NULL;
	g_autoptr(CellReader) cells = NULL;
	ResultEnd end = { .total = -1 };

	if (configuration == NULL || !list_query_new(request, configuration, whole, &query, error) ||
	    !warn_of_scan(self, query, frontend, &end, error))
		return false;
	cells = cell_reader_new(query->fields, !whole);

	ResultShape shape = {
		.kind = RESULT_LIST,
		.title = request->resource->name,
		.columns = cell_reader_columns(cells),
		.column_count = query->fields->len,
	};
	return request->all ? list_all(self, query, cells, &shape, frontend, &end, error)
			    : list_page(self, query, cells, &shape, frontend, &end, error);
}
