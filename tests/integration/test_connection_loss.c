#include "connection_fixture.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static pid_t
backend_of(Connection *connection)
{
	g_autofree char *pid = value_of(connection, "SELECT pg_backend_pid()");

	return (pid_t)atoi(pid);
}

static void
terminate(Connection *connection)
{
	g_autofree char *sql =
	    g_strdup_printf("SELECT pg_terminate_backend(%d, 10000)", backend_of(connection));

	cluster_execute(cluster, "postgres", sql);
}

static void
assert_lost(Connection *connection, const GError *error, SbErrorCode code)
{
	assert_error(error, code);
	assert_true(error_is_lost_connection(error));
	assert_false(connection_is_alive(connection));
	assert_false(connection_in_transaction(connection));
	assert_int_equal(connection_socket(connection), -1);

	g_autoptr(GError) again = error_of(connection, "SELECT 1");
	assert_error(again, SB_ERROR_UNAVAILABLE);
}

static void
assert_reopens(Connection *connection)
{
	g_autoptr(GError) error = NULL;

	connection_set_deadline(connection, 0);
	if (!connection_reopen(connection, &error))
		fail_msg("no reopening: %s", error->message);
	assert_usable(connection);
}

static void
a_backend_that_was_terminated_is_unavailable_until_reopened(void **state)
{
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	terminate(connection);
	g_autoptr(GError) error = error_of(connection, "SELECT 1");
	assert_lost(connection, error, SB_ERROR_UNAVAILABLE);
	assert_reopens(connection);
}

static void *
terminate_when_asleep(void *argument)
{
	(void)argument;
	for (;;) {
		g_autofree char *count = cluster_query_text(cluster, "postgres",
		    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE wait_event = "
		    "'PgSleep'");
		if (strcmp(count, "0") != 0)
			return NULL;
	}
}

static void
a_backend_terminated_within_a_statement_says_so(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *begun = value_of(connection, "BEGIN");
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, terminate_when_asleep, NULL), 0);
	connection_set_deadline(connection, g_get_monotonic_time() + SECONDS(30));
	g_autoptr(GError) error = error_of(connection, "SELECT pg_sleep(60)");
	pthread_join(thread, NULL);
	assert_string_equal(sb_error_sqlstate(error), "57P01");
	assert_lost(connection, error, SB_ERROR_UNAVAILABLE);
	assert_reopens(connection);
}

static void
a_termination_is_seen_while_idle(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = NULL;
	struct pollfd socket = { .fd = connection_socket(connection), .events = POLLIN };

	(void)state;
	assert_true(connection_consume_idle(connection, &error));
	terminate(connection);
	assert_int_equal(poll(&socket, 1, 20000), 1);
	assert_false(connection_consume_idle(connection, &error));
	assert_string_equal(sb_error_sqlstate(error), "57P01");
	assert_non_null(strstr(error->message, "terminating connection due to administrator command"));
	assert_lost(connection, error, SB_ERROR_UNAVAILABLE);
	assert_reopens(connection);
}

static void
a_transaction_that_was_idle_too_long_is_lost(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *set = value_of(connection, "SET idle_in_transaction_session_timeout = '20ms'");
	g_autofree char *begun = value_of(connection, "BEGIN");
	struct pollfd socket = { .fd = connection_socket(connection), .events = POLLIN };

	(void)state;
	assert_int_equal(poll(&socket, 1, 20000), 1);
	g_autoptr(GError) error = error_of(connection, "SELECT 1");
	assert_lost(connection, error, SB_ERROR_UNAVAILABLE);
	assert_reopens(connection);
}

static void
a_frozen_backend_meets_the_deadline(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	pid_t backend = backend_of(connection);
	gint64 begun = g_get_monotonic_time();

	(void)state;
	connection_set_deadline(connection, begun + SECONDS(1) / 5);
	assert_int_equal(kill(backend, SIGSTOP), 0);
	g_autoptr(GError) error = error_of(connection, "SELECT 1");
	assert_int_equal(kill(backend, SIGCONT), 0);
	assert_true(g_get_monotonic_time() - begun < SECONDS(10));
	assert_lost(connection, error, SB_ERROR_TIMEOUT);
	assert_reopens(connection);
}

static pid_t
postmaster(void)
{
	g_autofree char *path = g_build_filename(cluster_host(cluster), "data", "postmaster.pid", NULL);
	g_autofree char *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return (pid_t)atoi(text);
}

static void
a_cancel_that_hangs_costs_the_connection(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	pid_t server = postmaster();
	gint64 begun = g_get_monotonic_time();

	(void)state;
	connection_set_deadline(connection, begun + SECONDS(1) / 5);
	assert_int_equal(kill(server, SIGSTOP), 0);
	g_autoptr(GError) error = error_of(connection, "SELECT pg_sleep(5)");
	assert_int_equal(kill(server, SIGCONT), 0);
	assert_true(g_get_monotonic_time() - begun < SECONDS(10));
	assert_lost(connection, error, SB_ERROR_TIMEOUT);
	assert_reopens(connection);
}

static void
a_server_that_went_away_is_named(void **state)
{
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	cluster_halt(cluster);
	g_autoptr(GError) lost = error_of(connection, "SELECT 1");
	assert_lost(connection, lost, SB_ERROR_UNAVAILABLE);
	g_autoptr(GError) refused = NULL;
	assert_false(connection_reopen(connection, &refused));
	assert_error(refused, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(refused->message, cluster_host(cluster)));
	assert_false(connection_is_alive(connection));
	cluster_resume(cluster);
	assert_reopens(connection);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backend_that_was_terminated_is_unavailable_until_reopened),
		cmocka_unit_test(a_backend_terminated_within_a_statement_says_so),
		cmocka_unit_test(a_termination_is_seen_while_idle),
		cmocka_unit_test(a_transaction_that_was_idle_too_long_is_lost),
		cmocka_unit_test(a_frozen_backend_meets_the_deadline),
		cmocka_unit_test(a_cancel_that_hangs_costs_the_connection),
		cmocka_unit_test(a_server_that_went_away_is_named),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
