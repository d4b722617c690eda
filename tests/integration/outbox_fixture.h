#ifndef SIGNALBOX_TESTS_OUTBOX_FIXTURE_H
#define SIGNALBOX_TESTS_OUTBOX_FIXTURE_H

#include "../unit/recording.h"
#include "application/registry.h"
#include "workbench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "outbox"

/* What every test of the outbox starts from: empty outbox tables, and a session. */
static Cluster *cluster;
static Workbench *bench;

static int
fixture_start(void **state)
{
	(void)state;
	recorded = g_string_new(NULL);
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	return 0;
}

static int
fixture_stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	g_string_free(recorded, TRUE);
	return 0;
}

static int
open_outbox(void **state)
{
	(void)state;
	cluster_execute(cluster, DATABASE,
	    "TRUNCATE outbox_messages, outbox_attempts, dispatchers, retry_plans, retry_plan_batches");
	bench = workbench_open(cluster, DATABASE);
	return 0;
}

static int
close_outbox(void **state)
{
	(void)state;
	g_clear_pointer(&bench, workbench_close);
	return 0;
}

#define WITH_OUTBOX(test) cmocka_unit_test_setup_teardown(test, open_outbox, close_outbox)

/* The id of the n-th message. */
#define ID(n) "00000000-0000-7000-8000-" n
#define ID_OF_N "('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid"

/* Messages `first` to `last`, dead for an hour after ten attempts. */
static void G_GNUC_UNUSED
add_dead(int first, int last)
{
	g_autofree char *sql = g_strdup_printf(
	    "INSERT INTO outbox_messages (id, type, ordering_key, occurred_at, available_at, state_type,"
	    " attempt_count, lease_generation, last_error, error_fingerprint)"
	    " SELECT " ID_OF_N ", 'order.placed.v1', 'order-' || n, now() - interval '2 hours',"
	    " now() - interval '61 minutes', 'Dead', 10, 10, 'HTTP 503: request ' || n, 'f503'"
	    " FROM generate_series(%d, %d) AS n",
	    first, last);

	cluster_execute(cluster, DATABASE, sql);
}

static void G_GNUC_UNUSED
assert_answer(const char *expected, const char *sql)
{
	g_autofree char *answer = cluster_query_text(cluster, DATABASE, sql);

	assert_string_equal(answer, expected);
}

static void G_GNUC_UNUSED
assert_says(const GString *said, const char *text)
{
	if (strstr(said->str, text) == NULL)
		fail_msg("'%s' is not in:\n%s", text, said->str);
}

#endif
