#include "connection_fixture.h"

static void
free_statement(gpointer statement)
{
	statement_free(statement);
}

static GPtrArray *
no_statements(void)
{
	return g_ptr_array_new_with_free_func(free_statement);
}

static Statement *
add(GPtrArray *statements, const char *sql, int expected_rows, const char *subject)
{
	Statement *statement = statement_new(sql, 0, NULL, expected_rows, subject);

	g_ptr_array_add(statements, statement);
	return statement;
}

static void
a_flush_runs_everything_in_order(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;
	Statement *kept;

	(void)state;
	add(statements, "BEGIN", -1, NULL);
	add(statements, "CREATE TEMP TABLE f (n int)", -1, NULL);
	add(statements, "INSERT INTO f SELECT generate_series(1, 3)", 3, "f");
	kept = add(statements, "SELECT sum(n) AS total FROM f", -1, NULL);
	kept->keep_result = true;
	add(statements, "COMMIT", -1, NULL);
	assert_true(connection_flush(connection, statements, &error));
	assert_string_equal(PQgetvalue(kept->result, 0, PQfnumber(kept->result, "total")), "6");
	assert_false(connection_in_transaction(connection));
	assert_usable(connection);
}

static void
an_empty_flush_asks_nothing(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;

	(void)state;
	cancel_token_fire(token);
	assert_true(connection_flush(connection, statements, &error));
}

static void
the_first_error_of_a_flush_counts_and_nothing_stays(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;
	g_autofree char *made = value_of(connection, "CREATE TEMP TABLE e (n int UNIQUE)");
	g_autofree char *count = NULL;
	Statement *before, *after;

	(void)state;
	add(statements, "BEGIN", -1, NULL);
	before = add(statements, "INSERT INTO e VALUES (1)", 1, "e");
	before->keep_result = true;
	add(statements, "INSERT INTO e VALUES (1)", 1, "e");
	after = add(statements, "SELECT 1/0", -1, NULL);
	after->keep_result = true;
	add(statements, "COMMIT", -1, NULL);
	assert_false(connection_flush(connection, statements, &error));
	assert_error(error, SB_ERROR_CONFLICT);
	assert_string_equal(sb_error_constraint(error), "e_n_key");
	assert_non_null(before->result);
	assert_null(after->result);
	assert_usable(connection);
	count = value_of(connection, "SELECT count(*) FROM e");
	assert_string_equal(count, "0");
}

static void
fewer_rows_than_expected_are_a_concurrency_error(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;

	(void)state;
	add(statements, "UPDATE posts SET title = title WHERE false", 1, "post '0190'");
	assert_false(connection_flush(connection, statements, &error));
	assert_error(error, SB_ERROR_CONCURRENCY);
	assert_non_null(strstr(error->message, "post '0190'"));
	assert_usable(connection);
}

static void
more_rows_than_expected_are_our_mistake(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;

	(void)state;
	add(statements, "SELECT generate_series(1, 2)", 1, "post '0190'");
	assert_false(connection_flush(connection, statements, &error));
	assert_error(error, SB_ERROR_INTERNAL);
	assert_usable(connection);
}

static void
a_large_flush_does_not_block_on_its_own_answers(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;
	g_autofree char *text = g_strnfill(4000, 'x');
	const char *const params[] = { text };

	(void)state;
	connection_set_deadline(connection, g_get_monotonic_time() + SECONDS(60));
	for (int i = 0; i < 3000; i++)
		g_ptr_array_add(
		    statements, statement_new("SELECT repeat($1::text, 2)", 1, params, 1, "a long text"));
	assert_true(connection_flush(connection, statements, &error));
	assert_usable(connection);
}

static void
a_deadline_ends_a_flush(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;

	(void)state;
	connection_set_deadline(connection, g_get_monotonic_time() + SECONDS(1) / 5);
	add(statements, "SELECT pg_sleep(60)", -1, NULL);
	add(statements, "SELECT 1", -1, NULL);
	assert_false(connection_flush(connection, statements, &error));
	assert_error(error, SB_ERROR_TIMEOUT);
	assert_true(connection_is_alive(connection));
	connection_set_deadline(connection, 0);
	assert_usable(connection);
}

static void
copy_in_a_flush_costs_the_connection(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) statements = no_statements();
	g_autoptr(GError) error = NULL;

	(void)state;
	add(statements, "COPY users TO STDOUT", -1, NULL);
	assert_false(connection_flush(connection, statements, &error));
	assert_error(error, SB_ERROR_REFUSED);
	assert_true(connection_is_alive(connection) || connection_reopen(connection, NULL));
	assert_usable(connection);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_flush_runs_everything_in_order),
		cmocka_unit_test(an_empty_flush_asks_nothing),
		cmocka_unit_test(the_first_error_of_a_flush_counts_and_nothing_stays),
		cmocka_unit_test(fewer_rows_than_expected_are_a_concurrency_error),
		cmocka_unit_test(more_rows_than_expected_are_our_mistake),
		cmocka_unit_test(a_large_flush_does_not_block_on_its_own_answers),
		cmocka_unit_test(a_deadline_ends_a_flush),
		cmocka_unit_test(copy_in_a_flush_costs_the_connection),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
