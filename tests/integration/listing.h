#ifndef SIGNALBOX_TESTS_LISTING_H
#define SIGNALBOX_TESTS_LISTING_H

#include "connection_fixture.h"

#include "application/filter.h"
#include "infrastructure/session.h"

/* What a list said: each row's cells joined by '/', and its end. */
typedef struct Listing {
	Frontend frontend; /* first */
	size_t columns;
	bool begun;
	GPtrArray *rows; /* of char * */
	GString *notes;
	ResultEnd end;
	char *first, *last; /* cursors */
} Listing;

/* A list as a person asks for it; the texts may be NULL. */
typedef struct ListQuestion {
	const char *table; /* of `tables browse` */
	const char *order;
	const char *columns;
	const char *filter[4];
	int64_t limit;
	const char *after, *before;
	bool last, all, count;
} ListQuestion;

static Session *session;

static bool
listing_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	Listing *self = (Listing *)frontend;

	(void)error;
	assert_false(self->begun);
	self->begun = true;
	self->columns = shape->column_count;
	return true;
}

static bool
listing_row(Frontend *frontend, const Cell *cells, GError **error)
{
	Listing *self = (Listing *)frontend;
	GString *row = g_string_new(NULL);

	(void)error;
	for (size_t i = 0; i < self->columns; i++)
		g_string_append_printf(
		    row, "%s%s", i > 0 ? "/" : "", cells[i].null ? "(null)" : cells[i].text);
	g_ptr_array_add(self->rows, g_string_free(row, FALSE));
	return true;
}

static bool
listing_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	Listing *self = (Listing *)frontend;

	(void)error;
	assert_true(self->begun);
	assert_int_equal(end->rows, self->rows->len);
	self->end = *end;
	self->first = g_strdup(end->first_cursor);
	self->last = g_strdup(end->last_cursor);
	self->end.first_cursor = self->end.last_cursor = NULL;
	return true;
}

static void
listing_note(Frontend *frontend, NoteKind kind, const char *text)
{
	(void)kind;
	g_string_append_printf(((Listing *)frontend)->notes, "%s\n", text);
}

static inline void
listing_free(Listing *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->rows);
	g_string_free(self->notes, TRUE);
	g_free(self->first);
	g_free(self->last);
	g_free(self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listing, listing_free)

static inline Listing *
listing_new(void)
{
	Listing *self = g_new0(Listing, 1);

	self->frontend = (Frontend){ .shows_totals = true,
		.begin = listing_begin,
		.row = listing_row,
		.end = listing_end,
		.note = listing_note };
	self->rows = g_ptr_array_new_with_free_func(g_free);
	self->notes = g_string_new(NULL);
	return self;
}

/* NULL with the error when it is refused. */
static inline Listing *
ask(const ListQuestion *question, GError **error)
{
	g_autoptr(Listing) self = listing_new();
	const ResourceDef *resource = NULL;
	g_autoptr(Filter) filter = NULL;
	g_autoptr(GArray) order = NULL;
	g_auto(GStrv) columns = question->columns != NULL ? g_strsplit(question->columns, ",", -1) : NULL;

	if (!session->reader->table(session->reader, question->table, &resource, error) ||
	    !filter_parse(resource, question->filter, timestamp_now(), &filter, error) ||
	    (question->order != NULL && !order_parse(resource, question->order, &order, error)))
		return NULL;

	const ListRequest request = { .resource = resource,
		.filter = filter,
		.order = order,
		.columns = (const char *const *)columns,
		.limit = question->limit > 0 ? question->limit : 50,
		.after = question->after,
		.before = question->before,
		.from_end = question->last,
		.all = question->all,
		.count = question->count };

	if (!session->reader->list(session->reader, &request, &self->frontend, error))
		return NULL;
	return g_steal_pointer(&self);
}

static inline Listing *
answer_to(const ListQuestion *question)
{
	g_autoptr(GError) error = NULL;
	Listing *self = ask(question, &error);

	if (self == NULL)
		fail_msg("list of %s by %s where %s: %s", question->table, question->order,
		    question->filter[0], error->message);
	return self;
}

static inline GError *
refusal_of(const ListQuestion *question)
{
	GError *error = NULL;
	g_autoptr(Listing) self = ask(question, &error);

	if (self != NULL)
		fail_msg("list of %s by %s where %s is not refused", question->table, question->order,
		    question->filter[0]);
	assert_null(strchr(error->message, '\n'));
	return error;
}

static inline char *
rows_text(const Listing *self)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < self->rows->len; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", (char *)self->rows->pdata[i]);
	return g_string_free(text, FALSE);
}

static inline void
assert_rows(const ListQuestion *question, const char *expected)
{
	g_autoptr(Listing) listing = answer_to(question);
	g_autofree char *text = rows_text(listing);

	if (strcmp(text, expected) != 0)
		fail_msg("list of %s by %s where %s gives\n%s\ninstead of\n%s", question->table,
		    question->order, question->filter[0], text, expected);
}

static inline int
listing_start(const char *sql)
{
	g_autoptr(GError) error = NULL;
	int failed = fixture_start(NULL);

	cluster_execute(cluster, DATABASE, sql);
	if (!session_open(&context, token, &session, &error))
		fail_msg("no session: %s", error->message);
	return failed;
}

static inline int
listing_stop(void **state)
{
	g_clear_pointer(&session, session_close);
	return fixture_stop(state);
}

#endif
