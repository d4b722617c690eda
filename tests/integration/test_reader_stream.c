#include "connection_fixture.h"

#include "infrastructure/session.h"

/* A front end that counts. */
typedef struct Counting {
	Frontend frontend; /* first */
	uint64_t begins, rows, ends, told;
	bool more;
} Counting;

static bool
count_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	(void)error;
	assert_true(shape->column_count > 0);
	((Counting *)frontend)->begins++;
	return true;
}

static bool
count_row(Frontend *frontend, const Cell *cells, GError **error)
{
	(void)cells;
	(void)error;
	((Counting *)frontend)->rows++;
	return true;
}

static bool
count_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	Counting *self = (Counting *)frontend;

	(void)error;
	self->ends++;
	self->told = end->rows;
	self->more = end->more_after;
	return true;
}

static Counting
counting(void)
{
	return (Counting){ .frontend = { .begin = count_begin, .row = count_row, .end = count_end } };
}

static Session *session;

static int
start(void **state)
{
	int failed = fixture_start(state);
	g_autoptr(GError) error = NULL;

	cluster_execute(cluster, DATABASE,
	    "INSERT INTO users (id, email, display_name, role) SELECT gen_random_uuid(), n || "
	    "'@example.org', 'User ' || n,"
	    " 'Member' FROM generate_series(1, 2500) AS n");
	if (!session_open(&context, token, &session, &error))
		fail_msg("no session: %s", error->message);
	return failed;
}

static int
stop(void **state)
{
	g_clear_pointer(&session, session_close);
	return fixture_stop(state);
}

static void
a_list_that_streams_gives_every_row_once(void **state)
{
	static const ResourceDef *const resources[] = { &users_resource, &posts_resource };
	static const uint64_t expected[] = { 2500, 0 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(resources); i++) {
		const ListRequest request = { .resource = resources[i], .limit = 50, .all = true };
		Counting seen = counting();
		g_autoptr(GError) error = NULL;

		if (!session->reader->list(session->reader, &request, &seen.frontend, &error))
			fail_msg("%s", error->message);
		assert_int_equal(seen.begins, 1);
		assert_int_equal(seen.ends, 1);
		assert_int_equal(seen.rows, expected[i]);
		assert_int_equal(seen.told, expected[i]);
	}
}

static void
sql_shows_its_columns_even_without_rows(void **state)
{
	static const struct {
		const char *sql;
		int64_t limit;
		uint64_t rows;
		bool more;
	} cases[] = {
		{ "SELECT 1 AS one WHERE false", 10, 0, false },
		{ "SELECT generate_series(1, 10)", 10, 10, false },
		{ "SELECT generate_series(1, 100000000)", 10, 10, true },
		{ "SELECT generate_series(1, 3000)", 0, 3000, false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Counting seen = counting();
		g_autoptr(GError) error = NULL;

		if (!session->reader->sql(
			session->reader, cases[i].sql, cases[i].limit, &seen.frontend, &error))
			fail_msg("%s", error->message);
		assert_int_equal(seen.begins, 1);
		assert_int_equal(seen.ends, 1);
		assert_int_equal(seen.rows, cases[i].rows);
		assert_int_equal(seen.told, cases[i].rows);
		assert_int_equal(seen.more, cases[i].more);
	}
}

static void
a_mistake_in_sql_is_a_usage_error(void **state)
{
	static const char *const statements[] = { "SELECT nothing FROM posts", "SELECT * FROM nowhere",
		"SELECT FROM WHERE" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
		Counting seen = counting();
		g_autoptr(GError) error = NULL;

		assert_false(
		    session->reader->sql(session->reader, statements[i], 10, &seen.frontend, &error));
		assert_error(error, SB_ERROR_USAGE);
		assert_null(strstr(error->message, "signalbox"));
		assert_int_equal(seen.begins + seen.rows + seen.ends, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_that_streams_gives_every_row_once),
		cmocka_unit_test(sql_shows_its_columns_even_without_rows),
		cmocka_unit_test(a_mistake_in_sql_is_a_usage_error),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
