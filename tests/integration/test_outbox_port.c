#include "outbox_fixture.h"

#include "application/filter.h"
#include "base/error.h"

/* What one call of the port is given and leaves behind. */
typedef struct PortCall {
	bool (*show)(OutboxPort *port, Frontend *frontend, GError **error);
	const char *terms; /* of a freeze by filter */
	GArray *ids;       /* of a freeze by ids */
	RecordingFrontend frontend;
	BulkPlan *plan;
} PortCall;

static bool
show_step(CommandRun *run, gpointer data, GError **error)
{
	PortCall *call = data;

	return call->show(run->session->outbox, &call->frontend.frontend, error);
}

static char *
rows_of(bool (*show)(OutboxPort *port, Frontend *frontend, GError **error))
{
	PortCall call = { .show = show };

	recording_init(&call.frontend, ANSWER_NO);
	g_autoptr(Work) work =
	    workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, show_step, &call);
	char *rows = g_strdup(call.frontend.rows->str);

	recording_clear(&call.frontend);
	if (work->error != NULL)
		fail_msg("%s", work->error->message);
	return rows;
}

static char *
stats_rows(void)
{
	return rows_of(bench->session->outbox->stats);
}

static void
assert_row(const char *rows, const char *start)
{
	g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);

	for (size_t i = 0; lines[i] != NULL; i++)
		if (g_str_has_prefix(lines[i], start))
			return;
	fail_msg("no row '%s…' in:\n%s", start, rows);
}

static void
every_waiting_message_is_counted_once(void **state)
{
	(void)state;
	add_dead(1, 3);
	cluster_execute(cluster, DATABASE,
	    "INSERT INTO dispatchers (id, name, heartbeat_at) VALUES"
	    " ('00000000-0000-0000-0000-00000000000a', 'alive', now() - interval '5 seconds'),"
	    " ('00000000-0000-0000-0000-00000000000d', 'dead', now() - interval '61 seconds');"
	    "INSERT INTO outbox_messages (id, topic, type, available_at, blocked, lease_owner,"
	    " lease_expires_at) VALUES"
	    /* Two are due, one later. */
	    " (gen_random_uuid(), 'post', 'a', now() - interval '1 minute', false, NULL, NULL),"
	    " (gen_random_uuid(), 'post', 'a', now() - interval '1 minute', false, NULL, NULL),"
	    " (gen_random_uuid(), 'post', 'a', now() + interval '1 hour', false, NULL, NULL),"
	    /* One waits for its head. */
	    " (gen_random_uuid(), 'user', 'a', now(), true, NULL, NULL),"
	    /* Held by a live worker; by one that is silent; by one that let its lease expire; by a stranger.
	     */
	    " (gen_random_uuid(), 'user', 'a', now(), false, '00000000-0000-0000-0000-00000000000a',"
	    "  now() + interval '1 minute'),"
	    " (gen_random_uuid(), 'user', 'a', now(), false, '00000000-0000-0000-0000-00000000000d',"
	    "  now() + interval '1 minute'),"
	    " (gen_random_uuid(), 'user', 'a', now(), false, '00000000-0000-0000-0000-00000000000a',"
	    "  now() - interval '1 second'),"
	    " (gen_random_uuid(), 'user', 'a', now(), false, '00000000-0000-0000-0000-00000000000f',"
	    "  now() + interval '1 minute')");
	g_autofree char *rows = stats_rows();

	assert_row(rows, "due|2|");
	assert_row(rows, "due later|1|");
	assert_row(rows, "leased|2|");
	assert_row(rows, "leased by a dead worker|2|");
	assert_row(rows, "blocked|1|");
	assert_row(rows, "dead|3|");
	assert_row(rows, "topic post|3|");
	assert_row(rows, "topic user|5|");
	assert_null(strstr(rows, "topic default"));
}

static void
what_ended_is_counted_by_when_it_ended(void **state)
{
	(void)state;
	cluster_execute(cluster, DATABASE,
	    "INSERT INTO outbox_messages (id, type, state_type, processed_at, discarded_at)"
	    " SELECT gen_random_uuid(), 'a', 'Processed', now() - n * interval '10 minutes',"
	    "  NULL::timestamptz"
	    "  FROM generate_series(1, 20) AS n"
	    " UNION ALL SELECT gen_random_uuid(), 'a', 'Discarded', NULL, '2026-01-02T03:04:05Z';"
	    "ANALYZE outbox_messages");
	g_autofree char *rows = stats_rows();

	assert_row(rows, "discarded|1|2026-01-02T03:04:05Z");
	assert_row(rows, "processed (last hour)|5|");
	assert_row(rows, "processed (estimate)|20|");
}

static void
an_empty_outbox_has_no_oldest(void **state)
{
	g_autofree char *rows = stats_rows();

	(void)state;
	assert_row(rows, "due|0|-");
	assert_row(rows, "dead|0|-");
}

static void
dead_messages_are_grouped_by_what_went_wrong(void **state)
{
	(void)state;
	add_dead(1, 4);
	cluster_execute(cluster, DATABASE,
	    "UPDATE outbox_messages SET available_at = now() - interval '5 minutes', type = 'order.paid.v1'"
	    " WHERE id = '" ID(
		"000000000004") "';"
				"UPDATE outbox_messages SET state_type = 'Pending' WHERE id = '" ID(
				    "000000000001") "';"
						    "INSERT INTO outbox_messages (id, type, state_type, available_at, last_error) VALUES"
						    " ('" ID(
							"000000000009") "', 'user.erased.v1', 'Dead', '2026-01-02T03:04:05Z', 'no answer')");
	g_autofree char *rows = rows_of(bench->session->outbox->errors);
	g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);

	assert_string_equal(lines[0], "[groups 8]");
	/* The most frequent first; the sample is the newest; the trend is that of the last hour. */
	assert_true(g_str_has_prefix(lines[1], "f503|3|"));
	assert_true(g_str_has_suffix(
	    lines[1], "|1|order.placed.v1, order.paid.v1|HTTP 503: request 4|" ID("000000000004")));
	assert_string_equal(lines[2],
	    "-|1|2026-01-02T03:04:05Z|2026-01-02T03:04:05Z|0|user.erased.v1|no answer|" ID("000000000009"));
	assert_string_equal(lines[3], "");
}

static bool
freeze_step(CommandRun *run, gpointer data, GError **error)
{
	PortCall *call = data;
	OutboxPort *port = run->session->outbox;
	g_auto(GStrv) words = call->terms != NULL ? g_strsplit(call->terms, " ", -1) : NULL;
	g_autoptr(Filter) filter = NULL;

	if (words != NULL &&
	    !filter_parse(&outbox_resource, (const char *const *)words, run->now, &filter, error))
		return false;
	return port->freeze_retry(port, filter, call->ids, "because", call->plan, error);
}

static BulkPlan *
freeze(const char *terms, GArray *ids)
{
	PortCall call = { .terms = terms, .ids = ids, .plan = bulk_plan_new() };
	g_autoptr(Work) work = workbench_run(bench, NULL, freeze_step, &call);

	if (work->error != NULL)
		fail_msg("%s", work->error->message);
	return call.plan;
}

static const char *
line_of(const BulkPlan *plan, guint line)
{
	return line < plan->summary->len ? g_ptr_array_index(plan->summary, line) : "";
}

static void
a_filter_never_leaves_the_dead(void **state)
{
	(void)state;
	add_dead(1, 5);
	cluster_execute(cluster, DATABASE,
	    "UPDATE outbox_messages SET state_type = 'Processed' WHERE id = '" ID(
		"000000000001") "';"
				"UPDATE outbox_messages SET type = 'user.erased.v1' WHERE id = '" ID(
				    "000000000002") "'");
	g_autoptr(BulkPlan) orders = freeze("type~order", NULL);
	g_autoptr(BulkPlan) processed = freeze("state=Processed", NULL);
	g_autoptr(BulkPlan) everything = freeze("last_error~503 attempt_count>=10", NULL);

	assert_int_equal(orders->total, 3);
	assert_int_equal(orders->batches, 1);
	assert_int_equal(processed->total, 0);
	assert_int_equal(processed->batches, 0);
	assert_int_equal(processed->summary->len, 0);
	assert_int_equal(everything->total, 4);
}

static void
a_small_set_is_not_stored(void **state)
{
	(void)state;
	add_dead(1, 5);
	g_autoptr(BulkPlan) plan = freeze("state=Dead", NULL);

	assert_null(plan->id);
	assert_answer("0", "SELECT count(*) FROM retry_plans");
}

static void
a_big_set_is_stored_in_the_order_of_its_sequence(void **state)
{
	(void)state;
	add_dead(1, 6000);
	g_autoptr(BulkPlan) plan = freeze("type~order state=Dead", NULL);
	g_autofree char *stored =
	    g_strdup_printf("%s|'type~order' state=Dead|because|Frozen|6000|0|0|postgres|[]", plan->id);

	assert_int_equal(plan->total, 6000);
	assert_int_equal(plan->batches, 3);
	assert_int_equal(plan->first_batch, 0);
	assert_answer(stored,
	    "SELECT id, filter, reason, state_type, total, done, skipped, operator, exceptions"
	    " FROM retry_plans");
	assert_answer("0|2500|Pending\n1|2500|Pending\n2|1000|Pending",
	    "SELECT batch_number, cardinality(message_ids), state_type FROM retry_plan_batches ORDER BY 1");
	assert_answer("6000|t",
	    "SELECT count(*), bool_and(m.sequence = f.place AND m.lease_generation = f.generation)"
	    " FROM (SELECT id, generation, row_number() OVER () AS place FROM (SELECT * FROM retry_plan_batches"
	    "   ORDER BY batch_number) AS b, unnest(message_ids, generations) AS u (id, generation)) AS f"
	    " JOIN (SELECT id, lease_generation, row_number() OVER (ORDER BY sequence) AS sequence"
	    "   FROM outbox_messages) AS m USING (id)");
}

static GArray *
ids_of(int first, int last)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(Uuid));

	for (int n = first; n <= last; n++) {
		g_autofree char *text = g_strdup_printf(ID("%012d"), n);
		Uuid id;

		assert_true(uuid_parse(text, &id));
		g_array_append_val(ids, id);
	}
	return ids;
}

static void
named_messages_are_counted_whether_they_fit_or_not(void **state)
{
	g_autoptr(GArray) ids = ids_of(1, 6);
	g_autoptr(GArray) again = ids_of(1, 2);

	(void)state;
	g_array_append_vals(ids, again->data, again->len);
	add_dead(1, 5);
	cluster_execute(cluster, DATABASE,
	    "UPDATE outbox_messages SET state_type = 'Processed' WHERE id = '" ID(
		"000000000004") "';"
				"UPDATE outbox_messages SET state_type = 'Pending', lease_expires_at = '2099-01-01'"
				" WHERE id = '" ID("000000000005") "'");
	g_autoptr(BulkPlan) plan = freeze(NULL, ids);

	assert_int_equal(plan->total, 6);
	assert_int_equal(plan->batches, 1);
	assert_int_equal(bulk_plan_skipped(plan), 3);
	assert_true(g_hash_table_contains(plan->skipped, "not found"));
	assert_true(g_hash_table_contains(plan->skipped, "not dead (Processed)"));
	assert_true(g_hash_table_contains(plan->skipped, "held by a live worker until 2099-01-01T00:00:00Z"));
	assert_string_equal(line_of(plan, 1), "3 of the 6 that were named are left out");
}

static void
a_big_set_of_names_stores_what_it_left_out(void **state)
{
	g_autoptr(GArray) ids = ids_of(1, 3002);

	(void)state;
	add_dead(1, 3000);
	g_autoptr(BulkPlan) plan = freeze(NULL, ids);

	assert_int_equal(plan->total, 3002);
	assert_int_equal(plan->batches, 2);
	assert_answer("3002|2|not found|2|" ID("000000003001"),
	    "SELECT total, skipped, exceptions->0->>'reason', exceptions->0->>'count',"
	    " exceptions->0->'ids'->>0 FROM retry_plans");
}

static void
the_summary_says_what_the_question_needs(void **state)
{
	(void)state;
	add_dead(1, 2);
	cluster_execute(cluster, DATABASE,
	    "UPDATE outbox_messages SET occurred_at = '2026-01-02T03:04:05Z' WHERE id = '" ID(
		"000000000001") "';"
				"INSERT INTO outbox_messages (id, type, state_type, occurred_at)"
				" SELECT gen_random_uuid(), 'type' || n, 'Dead', '2026-01-03T03:04:05Z'"
				"  FROM generate_series(1, 6) AS n;"
				"UPDATE outbox_messages SET occurred_at = '2026-01-04' WHERE id = '" ID(
				    "000000000002") "';"
						    "INSERT INTO outbox_attempts (message_id, generation, outcome) VALUES"
						    " ('" ID("000000000001") "', 1, 'SentNoAnswer'), ('" ID(
							"000000000001") "', 2, 'SentNoAnswer'),"
									" ('" ID(
									    "000000000002") "', 1, 'Refused')");
	g_autoptr(BulkPlan) plan = freeze("state=Dead", NULL);
	static const char *const lines[] = { "8 dead messages in 2 error groups",
		"the oldest happened 2026-01-02T03:04:05Z, the newest 2026-01-04T00:00:00Z",
		"7 types: order.placed.v1 (2), type1 (1), type2 (1), type3 (1), type4 (1) and 2 more",
		"2 ordering keys", "1 was sent before and got no answer: delivery may happen twice" };

	assert_int_equal(plan->summary->len, G_N_ELEMENTS(lines));
	for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
		assert_string_equal(line_of(plan, i), lines[i]);
}

static void
a_types_name_cannot_speak_to_the_terminal(void **state)
{
	(void)state;
	add_dead(1, 1);
	cluster_execute(cluster, DATABASE, "UPDATE outbox_messages SET type = E'\\x1b[31mred'");
	g_autoptr(BulkPlan) plan = freeze("state=Dead", NULL);

	assert_null(strchr(line_of(plan, 2), '\x1b'));
	assert_non_null(strstr(line_of(plan, 2), "red (1)"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OUTBOX(every_waiting_message_is_counted_once),
		WITH_OUTBOX(what_ended_is_counted_by_when_it_ended),
		WITH_OUTBOX(an_empty_outbox_has_no_oldest),
		WITH_OUTBOX(dead_messages_are_grouped_by_what_went_wrong),
		WITH_OUTBOX(a_filter_never_leaves_the_dead),
		WITH_OUTBOX(a_small_set_is_not_stored),
		WITH_OUTBOX(a_big_set_is_stored_in_the_order_of_its_sequence),
		WITH_OUTBOX(named_messages_are_counted_whether_they_fit_or_not),
		WITH_OUTBOX(a_big_set_of_names_stores_what_it_left_out),
		WITH_OUTBOX(the_summary_says_what_the_question_needs),
		WITH_OUTBOX(a_types_name_cannot_speak_to_the_terminal),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
