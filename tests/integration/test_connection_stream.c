#include "connection_fixture.h"

typedef struct Seen {
	int rows;
	int ends;
	int columns_at_end;
	int stop_at; /* refuse this row; 0: none */
	bool with_error;
} Seen;

static bool
see(const PGresult *result, gpointer data, GError **error)
{
	Seen *seen = data;

	if (PQntuples(result) == 0) {
		seen->ends++;
		seen->columns_at_end = PQnfields(result);
		return true;
	}
	assert_int_equal(PQntuples(result), 1);
	seen->rows++;
	assert_int_equal(atoi(PQgetvalue(result, 0, 0)), seen->rows);
	if (seen->rows != seen->stop_at)
		return true;
	if (seen->with_error)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "row %d is enough", seen->rows);
	return false;
}

static bool
stream(Connection *connection, const char *sql, Seen *seen, GError **error)
{
	return connection_stream(connection, sql, 0, NULL, see, seen, error);
}

static void
rows_come_one_by_one_and_then_an_empty_result(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { 0 };

	(void)state;
	assert_true(stream(connection, "SELECT n, 'x' FROM generate_series(1, 10000) AS n", &seen, &error));
	assert_int_equal(seen.rows, 10000);
	assert_int_equal(seen.ends, 1);
	assert_int_equal(seen.columns_at_end, 2);
	assert_usable(connection);
}

static void
no_rows_are_an_empty_result(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { 0 };

	(void)state;
	assert_true(stream(connection, "SELECT 1 AS a WHERE false", &seen, &error));
	assert_int_equal(seen.ends, 1);
	assert_int_equal(seen.columns_at_end, 1);
}

static void
a_refused_row_ends_the_query_with_its_error(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { .stop_at = 3, .with_error = true };

	(void)state;
	assert_false(stream(connection, "SELECT generate_series(1, 100000000)", &seen, &error));
	assert_error(error, SB_ERROR_USAGE);
	assert_string_equal(error->message, "row 3 is enough");
	assert_int_equal(seen.rows, 3);
	assert_usable(connection);
}

static void
a_row_that_wants_no_more_is_a_success(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { .stop_at = 3 };

	(void)state;
	assert_true(stream(connection, "SELECT generate_series(1, 100000000)", &seen, &error));
	assert_null(error);
	assert_int_equal(seen.rows, 3);
	assert_int_equal(seen.ends, 0);
	assert_usable(connection);
}

static void
an_error_in_the_middle_comes_after_the_rows_before_it(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { 0 };

	(void)state;
	assert_false(
	    stream(connection, "SELECT n, 1 / (100 - n) FROM generate_series(1, 200) AS n", &seen, &error));
	assert_error(error, SB_ERROR_VALIDATION);
	assert_int_equal(seen.rows, 99);
	assert_int_equal(seen.ends, 0);
	assert_usable(connection);
}

static void
a_deadline_ends_a_stream_that_never_pauses(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { 0 };

	(void)state;
	connection_set_deadline(connection, g_get_monotonic_time() + SECONDS(1) / 5);
	assert_false(stream(connection, "SELECT generate_series(1, 1000000000)", &seen, &error));
	assert_error(error, SB_ERROR_TIMEOUT);
	assert_true(seen.rows > 0);
	connection_set_deadline(connection, 0);
	assert_usable(connection);
}

static bool
fire(const PGresult *result, gpointer data, GError **error)
{
	int *rows = data;

	(void)result;
	(void)error;
	if (++*rows == 10)
		cancel_token_fire(token);
	return true;
}

static void
a_fired_token_ends_a_stream(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	int rows = 0;

	(void)state;
	assert_false(connection_stream(
	    connection, "SELECT generate_series(1, 1000000000)", 0, NULL, fire, &rows, &error));
	assert_error(error, SB_ERROR_CANCELLED);
	cancel_token_reset(token);
	assert_usable(connection);
}

static void
copy_is_refused_in_a_stream(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	Seen seen = { 0 };

	(void)state;
	assert_false(stream(connection, "COPY (SELECT 1) TO STDOUT", &seen, &error));
	assert_error(error, SB_ERROR_REFUSED);
	assert_int_equal(seen.rows + seen.ends, 0);
	assert_usable(connection);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_one_by_one_and_then_an_empty_result),
		cmocka_unit_test(no_rows_are_an_empty_result),
		cmocka_unit_test(a_refused_row_ends_the_query_with_its_error),
		cmocka_unit_test(a_row_that_wants_no_more_is_a_success),
		cmocka_unit_test(an_error_in_the_middle_comes_after_the_rows_before_it),
		cmocka_unit_test(a_deadline_ends_a_stream_that_never_pauses),
		cmocka_unit_test(a_fired_token_ends_a_stream),
		cmocka_unit_test(copy_is_refused_in_a_stream),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
