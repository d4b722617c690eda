#include "connection_fixture.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>

static void
parameters_arrive_as_text_or_null(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	const char *const params[] = { "'; DROP TABLE users; --", NULL };
	g_autoptr(PGresult) result = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(
	    connection_query(connection, "SELECT $1::text AS a, $2::text AS b", 2, params, &result, &error));
	assert_string_equal(PQgetvalue(result, 0, PQfnumber(result, "a")), params[0]);
	assert_true(PQgetisnull(result, 0, PQfnumber(result, "b")));
}

static void
a_query_is_one_statement_whatever_it_holds(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = error_of(connection, "SELECT 1; SELECT 2");

	(void)state;
	assert_error(error, SB_ERROR_USAGE);
	assert_usable(connection);
}

static void
an_empty_statement_is_a_usage_error(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = error_of(connection, " -- nothing");

	(void)state;
	assert_error(error, SB_ERROR_USAGE);
	assert_usable(connection);
}

static void
text_that_is_no_utf8_is_refused_by_the_server(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	const char *const params[] = { "caf\xe9" };
	g_autoptr(PGresult) result = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(connection_query(connection, "SELECT $1::text", 1, params, &result, &error));
	assert_error(error, SB_ERROR_VALIDATION);
	assert_string_equal(sb_error_sqlstate(error), "22021");
	assert_usable(connection);
}

static void
a_script_runs_all_its_statements(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	g_autofree char *count = NULL;

	(void)state;
	assert_true(connection_script(connection,
	    "CREATE TEMP TABLE s (n int); INSERT INTO s VALUES (1); INSERT INTO s VALUES (2)", &error));
	count = value_of(connection, "SELECT count(*) FROM s");
	assert_string_equal(count, "2");
	assert_false(connection_script(connection, "INSERT INTO s VALUES (3); SELECT 1/0", &error));
	assert_error(error, SB_ERROR_VALIDATION);
	assert_usable(connection);
}

/* Fires the token as soon as the server shows the sleeping statement. */
static void *
fire_when_asleep(void *argument)
{
	gint64 deadline = g_get_monotonic_time() + SECONDS(20);
	bool asleep = false;

	(void)argument;
	while (!asleep && g_get_monotonic_time() < deadline) {
		g_autofree char *count = cluster_query_text(cluster, "postgres",
		    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = "
		    "'PgSleep'");
		asleep = strcmp(count, "1") == 0;
	}
	cancel_token_fire(token);
	return NULL;
}

static void
a_fired_token_ends_a_running_statement(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	gint64 begun = g_get_monotonic_time();
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, fire_when_asleep, NULL), 0);
	g_autoptr(GError) error = error_of(connection, "SELECT pg_sleep(60)");
	pthread_join(thread, NULL);
	assert_error(error, SB_ERROR_CANCELLED);
	assert_string_equal(sb_error_sqlstate(error), "57014");
	assert_true(g_get_monotonic_time() - begun < SECONDS(30));
	assert_true(connection_is_alive(connection));
	cancel_token_reset(token);
	assert_usable(connection);
}

static void
a_deadline_ends_a_running_statement(void **state)
{
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	connection_set_deadline(connection, g_get_monotonic_time() + SECONDS(1) / 5);
	g_autoptr(GError) error = error_of(connection, "SELECT pg_sleep(60)");
	assert_error(error, SB_ERROR_TIMEOUT);
	assert_false(error_is_lost_connection(error));
	assert_true(connection_is_alive(connection));
	connection_set_deadline(connection, 0);
	assert_usable(connection);
}

static void
the_servers_own_time_out_is_a_time_out(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *set = value_of(connection, "SET statement_timeout = '50ms'");
	g_autoptr(GError) error = error_of(connection, "SELECT pg_sleep(60)");

	(void)state;
	assert_error(error, SB_ERROR_TIMEOUT);
	assert_string_equal(sb_error_sqlstate(error), "57014");
}

static void
nothing_is_sent_once_it_is_cancelled_or_too_late(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *made = value_of(connection, "CREATE TEMP TABLE n (n int)");
	g_autofree char *count = NULL;

	(void)state;
	cancel_token_fire(token);
	g_autoptr(GError) cancelled = error_of(connection, "INSERT INTO n VALUES (1)");
	assert_error(cancelled, SB_ERROR_CANCELLED);
	cancel_token_reset(token);
	connection_set_deadline(connection, g_get_monotonic_time() - 1);
	g_autoptr(GError) late = error_of(connection, "INSERT INTO n VALUES (2)");
	assert_error(late, SB_ERROR_TIMEOUT);
	connection_set_deadline(connection, 0);
	count = value_of(connection, "SELECT count(*) FROM n");
	assert_string_equal(count, "0");
}

static void
a_rollback_needs_neither_time_nor_leave(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *begun = value_of(connection, "BEGIN");
	g_autoptr(GError) error = NULL;

	(void)state;
	cancel_token_fire(token);
	connection_set_deadline(connection, g_get_monotonic_time() - 1);
	assert_true(connection_in_transaction(connection));
	assert_true(connection_rollback(connection, &error));
	assert_false(connection_in_transaction(connection));
	assert_true(cancel_token_is_fired(token));
	assert_true(connection_rollback(connection, &error));
}

static void
a_discarded_connection_is_a_new_one_at_its_next_use(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *before = value_of(connection, "SELECT pg_backend_pid()");
	g_autofree char *after = NULL;

	(void)state;
	connection_discard(connection);
	assert_false(connection_is_alive(connection));
	assert_int_equal(connection_socket(connection), -1);
	after = value_of(connection, "SELECT pg_backend_pid()");
	assert_string_not_equal(before, after);
	assert_true(connection_is_alive(connection));
}

static void
copy_is_refused_and_the_connection_stays(void **state)
{
	static const char *const statements[] = { "COPY users TO STDOUT", "COPY users FROM STDIN",
		"COPY (SELECT repeat('x', 1000) FROM generate_series(1, 200000)) TO STDOUT" };
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
		g_autoptr(GError) queried = error_of(connection, statements[i]);
		g_autoptr(GError) scripted = NULL;

		assert_error(queried, SB_ERROR_REFUSED);
		assert_non_null(strstr(queried->message, "COPY"));
		assert_usable(connection);
		assert_false(connection_script(connection, statements[i], &scripted));
		assert_error(scripted, SB_ERROR_REFUSED);
		assert_usable(connection);
	}
}

static void
notices_are_collected_and_bounded(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GPtrArray) notices = NULL;
	g_autoptr(GPtrArray) none = NULL;
	g_autofree char *done = value_of(connection,
	    "DO $$ BEGIN RAISE WARNING '%', repeat('é', 2000);"
	    " FOR i IN 1..149 LOOP RAISE NOTICE 'no %', i; END LOOP; END $$");

	(void)state;
	notices = connection_take_notices(connection);
	assert_int_equal(notices->len, 101);
	assert_true(g_str_has_prefix(g_ptr_array_index(notices, 0), "warning: éé"));
	assert_true(g_utf8_validate(g_ptr_array_index(notices, 0), -1, NULL));
	assert_true(strlen(g_ptr_array_index(notices, 0)) <= strlen("warning: ") + 1000);
	assert_string_equal(g_ptr_array_index(notices, 1), "no 1");
	assert_string_equal(g_ptr_array_index(notices, 100), "and 50 more notices");
	none = connection_take_notices(connection);
	assert_int_equal(none->len, 0);
}

static void
on_tick(int number)
{
	(void)number;
}

static void
interrupted_system_calls_lose_nothing(void **state)
{
	const struct itimerval every = { .it_interval = { .tv_usec = 500 }, .it_value = { .tv_usec = 500 } };
	const struct itimerval never = { 0 };
	struct sigaction tick = { .sa_handler = on_tick };
	struct sigaction before;

	(void)state;
	sigaction(SIGALRM, &tick, &before);
	setitimer(ITIMER_REAL, &every, NULL);
	for (int i = 0; i < 5; i++) {
		g_autoptr(Connection) connection = open_connection();
		g_autofree char *length = NULL;
		g_autofree char *slept = value_of(connection, "SELECT pg_sleep(0.05)");

		length = value_of(connection,
		    "SELECT length(string_agg(repeat('x', 1000), '')) FROM generate_series(1, 5000)");
		assert_string_equal(length, "5000000");
	}
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &before, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_arrive_as_text_or_null),
		cmocka_unit_test(a_query_is_one_statement_whatever_it_holds),
		cmocka_unit_test(an_empty_statement_is_a_usage_error),
		cmocka_unit_test(text_that_is_no_utf8_is_refused_by_the_server),
		cmocka_unit_test(a_script_runs_all_its_statements),
		cmocka_unit_test(a_fired_token_ends_a_running_statement),
		cmocka_unit_test(a_deadline_ends_a_running_statement),
		cmocka_unit_test(the_servers_own_time_out_is_a_time_out),
		cmocka_unit_test(nothing_is_sent_once_it_is_cancelled_or_too_late),
		cmocka_unit_test(a_rollback_needs_neither_time_nor_leave),
		cmocka_unit_test(a_discarded_connection_is_a_new_one_at_its_next_use),
		cmocka_unit_test(copy_is_refused_and_the_connection_stays),
		cmocka_unit_test(notices_are_collected_and_bounded),
		cmocka_unit_test(interrupted_system_calls_lose_nothing),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
