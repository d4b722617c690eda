#include "cluster.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static Cluster *cluster;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static void
a_cluster_answers_over_its_socket_alone(void **state)
{
	g_autofree char *addresses = cluster_query_text(cluster, "postgres", "SHOW listen_addresses");
	g_autofree char *peer = cluster_query_text(cluster, "postgres", "SELECT inet_server_addr()");

	(void)state;
	assert_string_equal(addresses, "");
	assert_string_equal(peer, "");
}

static void
the_server_never_runs_as_root(void **state)
{
	g_autofree char *pid_file = g_build_filename(cluster_host(cluster), "data", "postmaster.pid", NULL);
	struct stat owner;

	(void)state;
	assert_int_equal(stat(pid_file, &owner), 0);
	assert_int_not_equal(owner.st_uid, 0);
}

static void
rows_and_columns_come_as_text(void **state)
{
	g_autofree char *text = cluster_query_text(
	    cluster, "postgres", "SELECT n, CASE WHEN n > 1 THEN 'ä' END FROM generate_series(1, 2) AS n");

	(void)state;
	assert_string_equal(text, "1|\n2|ä");
}

static void
an_empty_database_has_no_tables(void **state)
{
	g_autofree char *tables = NULL;

	(void)state;
	cluster_database(cluster, "empty");
	tables = cluster_query_text(
	    cluster, "empty", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
	assert_string_equal(tables, "0");
	cluster_drop_database(cluster, "empty");
}

static void
databases_with_the_schema_are_separate(void **state)
{
	static const char sql[] = "SELECT to_regclass('posts') IS NOT NULL, to_regclass('only_here') IS NULL,"
				  " count(*) > 0 FROM signalbox_migrations WHERE state_type = 'Applied'";
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;

	(void)state;
	cluster_database_with_schema(cluster, "first");
	cluster_execute(cluster, "first", "CREATE TABLE only_here ()");
	cluster_database_with_schema(cluster, "second");
	first = cluster_query_text(cluster, "first", sql);
	second = cluster_query_text(cluster, "second", sql);
	assert_string_equal(first, "t|f|t");
	assert_string_equal(second, "t|t|t");
}

static void
a_halted_cluster_comes_back_with_its_data(void **state)
{
	g_autofree char *answer = NULL;

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE TABLE kept AS SELECT 1 AS n");
	cluster_execute(cluster, "postgres", "CHECKPOINT");
	cluster_halt(cluster);
	cluster_resume(cluster);
	answer = cluster_query_text(cluster, "postgres", "SELECT n FROM kept");
	assert_string_equal(answer, "1");
}

/* In the child: starts a cluster, tells its folder, and waits to be killed. */
static void
start_and_wait(int tell)
{
	Cluster *own = cluster_start();
	const char *folder = cluster_host(own);

	if (write(tell, folder, strlen(folder)) > 0)
		pause();
	_exit(1);
}

static void
a_killed_test_leaves_nothing(void **state)
{
	char folder[256] = "";
	int tell[2];
	pid_t pid;
	gint64 deadline = g_get_monotonic_time() + 30 * G_TIME_SPAN_SECOND;

	(void)state;
	assert_int_equal(pipe(tell), 0);
	pid = fork();
	if (pid == 0)
		start_and_wait(tell[1]);
	assert_true(read(tell[0], folder, sizeof folder - 1) > 0);
	assert_int_equal(access(folder, F_OK), 0);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	while (access(folder, F_OK) == 0 && g_get_monotonic_time() < deadline)
		g_poll(NULL, 0, 5);
	assert_int_equal(access(folder, F_OK), -1);
	close(tell[0]);
	close(tell[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cluster_answers_over_its_socket_alone),
		cmocka_unit_test(the_server_never_runs_as_root),
		cmocka_unit_test(rows_and_columns_come_as_text),
		cmocka_unit_test(an_empty_database_has_no_tables),
		cmocka_unit_test(databases_with_the_schema_are_separate),
		cmocka_unit_test(a_halted_cluster_comes_back_with_its_data),
		cmocka_unit_test(a_killed_test_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
