#include "outbox_fixture.h"

#include "application/run.h"
#include "base/error.h"

#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than one batch, so that the set is stored. */
#define MANY 6000
#define MANY_BATCHES 3

/* One run of `outbox retry`. What happens while it asks, and after each batch, is a test's own. */
typedef struct Retry {
	RecordingFrontend frontend; /* first, so that the front end leads here */
	const char *while_asked;    /* SQL that somebody else runs between freeze and batches */
	void (*after_batch)(struct Retry *self);
	Workbench *bench;
	Arguments *arguments;
	CommandRun *run;
	GError *error;
	int batches;
} Retry;

static Answer
ask(Frontend *frontend, const Question *question)
{
	Retry *self = (Retry *)(void *)frontend;

	recording_ask(frontend, question);
	if (self->while_asked != NULL)
		cluster_execute(cluster, DATABASE, self->while_asked);
	return self->frontend.answer;
}

static void
progress(Frontend *frontend, const Progress *value)
{
	Retry *self = (Retry *)(void *)frontend;

	recording_progress(frontend, value);
	self->batches++;
	if (self->after_batch != NULL)
		self->after_batch(self);
}

static const CommandDef *
retry_command(void)
{
	for (const CommandDef *const *def = application_commands; *def != NULL; def++)
		if (g_str_equal((*def)->name, "outbox retry"))
			return *def;
	fail_msg("there is no 'outbox retry'");
	return NULL;
}

static void
retry_run(Retry *self, Workbench *where, const char *line)
{
	recording_init(&self->frontend, self->frontend.answer);
	self->frontend.frontend.ask = ask;
	self->frontend.frontend.progress = progress;
	self->bench = where;
	self->arguments = arguments_of(retry_command(), line);
	self->run = command_run_new(self->arguments, where->session, &self->frontend.frontend);
	cancel_token_reset(where->cancel);
	command_execute(self->run, &self->error);
}

static void
retry_clear(Retry *self)
{
	command_run_free(self->run);
	arguments_free(self->arguments);
	g_clear_error(&self->error);
	recording_clear(&self->frontend);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Retry, retry_clear)

static void
assert_exit(const Retry *self, int code)
{
	int found = self->error == NULL ? 0 : sb_error_exit_code(self->error);

	if (found != code)
		fail_msg("exit code %d instead of %d: %s\n%s", found, code,
		    self->error != NULL ? self->error->message : "done", self->frontend.notes->str);
}

static void
set(const char *assignments, const char *n)
{
	g_autofree char *sql = g_strdup_printf("UPDATE outbox_messages SET %s WHERE id IN (SELECT " ID_OF_N
					       " FROM unnest('{%s}'::int[]) AS n)",
	    assignments, n);

	cluster_execute(cluster, DATABASE, sql);
}

static void
a_dead_message_becomes_pending_and_keeps_its_history(void **state)
{
	g_auto(Retry) retry = { 0 };

	(void)state;
	add_dead(1, 2);
	set("blocked = true, lease_owner = gen_random_uuid(), lease_expires_at = now() - interval '1 hour'",
	    "1");
	set("max_attempts = 50", "2");
	cluster_execute(cluster, DATABASE,
	    "INSERT INTO outbox_attempts (message_id, generation, outcome) VALUES ('" ID(
		"000000000001") "', 10, 'Refused')");
	retry_run(&retry, bench, ID("000000000001") " " ID("000000000002"));
	assert_exit(&retry, 0);
	assert_answer("Pending|t||f|11|10|20|f|HTTP 503: request 1|f503\n"
		      "Pending|t||f|11|10|50|f|HTTP 503: request 2|f503",
	    "SELECT state_type, available_at > now() - interval '1 minute', lease_owner,"
	    " lease_expires_at IS NOT NULL, lease_generation, attempt_count, max_attempts, blocked, last_error,"
	    " error_fingerprint FROM outbox_messages ORDER BY id");
	assert_answer("1", "SELECT count(*) FROM outbox_attempts");
	assert_says(retry.frontend.notes, "2 messages requested, 2 done, 0 skipped, 0 failed\n");
	assert_int_equal(retry.frontend.questions->len, 0);
	assert_answer("1", "SELECT count(*) FROM audit_entries WHERE command LIKE 'outbox retry 00000000%'");
}

static void
what_can_not_be_retried_is_named_with_its_reason(void **state)
{
	g_auto(Retry) part = { 0 };
	g_auto(Retry) none = { 0 };

	(void)state;
	add_dead(1, 4);
	set("state_type = 'Processed'", "2,3");
	set("lease_owner = gen_random_uuid(), lease_expires_at = '2099-01-01'", "4");
	retry_run(&part, bench,
	    ID("000000000001") " " ID("000000000002") " " ID("000000000003") " " ID("000000000004") " " ID(
		"000000000005"));
	assert_exit(&part, 10);
	assert_says(part.frontend.notes, "5 messages requested, 1 done, 4 skipped, 0 failed\n");
	assert_says(part.frontend.notes, "skipped 2 messages: not dead (Processed)\n");
	assert_says(part.frontend.notes, "skipped 1 messages: not found\n");
	assert_says(
	    part.frontend.notes, "skipped 1 messages: held by a live worker until 2099-01-01T00:00:00Z\n");
	assert_answer("2099-01-01 00:00:00+00|10|Dead",
	    "SET TimeZone = 'UTC'; SELECT lease_expires_at, lease_generation, state_type FROM outbox_messages"
	    " WHERE id = '" ID("000000000004") "'");

	retry_run(&none, bench, ID("000000000001") " " ID("000000000005"));
	assert_exit(&none, 4);
	assert_says(none.frontend.notes, "skipped 1 messages: not dead (Pending)\n");
}

static void
a_failure_after_the_freeze_is_left_alone(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_YES,
		.while_asked = "INSERT INTO outbox_messages (id, type, state_type) VALUES"
			       " (gen_random_uuid(), 'order.late.v1', 'Dead')" };

	(void)state;
	add_dead(1, 30);
	retry_run(&retry, bench, "--where state=Dead");
	assert_exit(&retry, 0);
	assert_says(retry.frontend.questions, "Retry 30 outbox messages?\n");
	assert_says(retry.frontend.questions, "30 dead messages in 1 error group\n");
	assert_answer(
	    "Dead|1\nPending|30", "SELECT state_type, count(*) FROM outbox_messages GROUP BY 1 ORDER BY 1");
}

static void
what_moves_on_after_the_freeze_is_skipped(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_YES,
		.while_asked =
		    /* Retried and dead again; delivered; purged; taken by a worker. */
		"UPDATE outbox_messages SET lease_generation = 12 WHERE id = '" ID(
		    "000000000001") "';"
				    "UPDATE outbox_messages SET state_type = 'Processed' WHERE id = '" ID(
					"000000000002") "';"
							"DELETE FROM outbox_messages WHERE id = '" ID(
							    "000000000003") "';"
									    "UPDATE outbox_messages SET lease_expires_at = '2099-01-01' WHERE id = '" ID(
										"000000000004") "'" };

	(void)state;
	add_dead(1, 30);
	retry_run(&retry, bench, "--where state=Dead");
	assert_exit(&retry, 10);
	assert_says(retry.frontend.notes, "30 messages requested, 26 done, 4 skipped, 0 failed\n");
	assert_says(retry.frontend.notes, "skipped 2 messages: changed since it was frozen\n");
	assert_says(retry.frontend.notes, "skipped 1 messages: gone since it was frozen\n");
	assert_says(
	    retry.frontend.notes, "skipped 1 messages: held by a live worker until 2099-01-01T00:00:00Z\n");
	assert_answer("Dead|12\nProcessed|10\nDead|10",
	    "SELECT state_type, lease_generation FROM outbox_messages WHERE id < '" ID(
		"000000000005") "'"
				" ORDER BY id");
}

static void
every_batch_of_a_big_set_is_written_down(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_YES,
		.while_asked =
		    "UPDATE outbox_messages SET lease_generation = 11 WHERE id = '" ID("000000000001") "'" };

	(void)state;
	add_dead(1, MANY);
	retry_run(&retry, bench, "--where state=Dead");
	assert_exit(&retry, 10);
	assert_string_equal(retry.frontend.progress->str, "2500/6000\n5000/6000\n6000/6000\n");
	assert_says(retry.frontend.notes, "6000 messages requested, 5999 done, 1 skipped, 0 failed\n");
	assert_answer("Done|6000|5999|1|0|t",
	    "SELECT state_type, total, done, skipped, failed, finished_at IS NOT NULL FROM retry_plans");
	assert_answer("0|Done|2499|1\n1|Done|2500|0\n2|Done|1000|0",
	    "SELECT batch_number, state_type, done_count, skipped_count FROM retry_plan_batches ORDER BY 1");
	assert_answer("changed since it was frozen|1|" ID("000000000001"),
	    "SELECT e->>'reason', e->>'count', e->'ids'->>0 FROM retry_plans, jsonb_array_elements(exceptions) AS e");
}

static void
a_dry_run_leaves_nothing(void **state)
{
	g_auto(Retry) retry = { 0 };

	(void)state;
	add_dead(1, MANY);
	set("lease_expires_at = '2099-01-01'", "1");
	retry_run(&retry, bench, "--where state=Dead --dry-run");
	assert_exit(&retry, 0);
	assert_says(retry.frontend.notes, "the first of 3 batches would do 2499 messages, skip 1\n");
	assert_answer("Dead|6000", "SELECT state_type, count(*) FROM outbox_messages GROUP BY 1");
	assert_answer(
	    "0|0", "SELECT (SELECT count(*) FROM retry_plans), (SELECT count(*) FROM retry_plan_batches)");
}

static void
stop(Retry *self)
{
	if (self->batches == 1)
		cancel_token_fire(self->bench->cancel);
}

/* The one stored plan as an option. */
static char *
plan_option(void)
{
	g_autofree char *id = cluster_query_text(cluster, DATABASE, "SELECT id FROM retry_plans");

	return g_strdup_printf("--plan %s", id);
}

static void
a_stopped_retry_goes_on_with_its_plan(void **state)
{
	g_auto(Retry) first = { .frontend.answer = ANSWER_YES, .after_batch = stop };
	g_auto(Retry) second = { .frontend.answer = ANSWER_YES };
	g_auto(Retry) third = { .frontend.answer = ANSWER_YES };

	(void)state;
	add_dead(1, MANY);
	retry_run(&first, bench, "--where state=Dead --yes");
	g_autofree char *plan = plan_option();

	assert_exit(&first, 10);
	assert_says(first.frontend.notes, "3500 messages were not tried\n");
	assert_says(first.frontend.notes, plan);
	assert_answer("Running|2500", "SELECT state_type, done FROM retry_plans");
	/* Meanwhile one of the first batch failed anew, and one of the last was delivered. */
	set("state_type = 'Dead', lease_generation = 20", "1");
	set("state_type = 'Processed'", "6000");

	retry_run(&second, bench, plan);
	assert_exit(&second, 10);
	assert_says(second.frontend.questions, "Retry the other 3500 of 6000 outbox messages?\n");
	assert_string_equal(second.frontend.progress->str, "5000/6000\n6000/6000\n");
	assert_says(second.frontend.notes, "6000 messages requested, 5999 done, 1 skipped, 0 failed\n");
	assert_answer("Dead|1\nPending|5998\nProcessed|1",
	    "SELECT state_type, count(*) FROM outbox_messages GROUP BY 1 ORDER BY 1");

	/* What is done stays done, and says the same again. */
	retry_run(&third, bench, plan);
	assert_exit(&third, 10);
	assert_int_equal(third.batches, 0);
	assert_int_equal(third.frontend.questions->len, 0);
	assert_says(third.frontend.notes, "6000 messages requested, 5999 done, 1 skipped, 0 failed\n");
}

static void
die(Retry *self)
{
	if (self->batches == 2)
		raise(SIGKILL);
}

static void
a_console_that_is_killed_leaves_a_plan_that_goes_on(void **state)
{
	g_auto(Retry) rest = { .frontend.answer = ANSWER_YES };
	pid_t child;
	int status;

	(void)state;
	add_dead(1, MANY);
	child = fork();
	if (child == 0) {
		Retry killed = { .frontend.answer = ANSWER_YES, .after_batch = die };

		retry_run(&killed, workbench_open(cluster, DATABASE), "--where state=Dead");
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_answer("Pending|5000\nDead|1000",
	    "SELECT state_type, count(*) FROM outbox_messages GROUP BY 1 ORDER BY 2 DESC");
	g_autofree char *plan = plan_option();

	retry_run(&rest, bench, plan);
	assert_exit(&rest, 0);
	assert_string_equal(rest.frontend.progress->str, "6000/6000\n");
	assert_says(rest.frontend.notes, "6000 messages requested, 6000 done, 0 skipped, 0 failed\n");
	assert_answer("Done|6000", "SELECT state_type, done FROM retry_plans");
}

static void
go_on_elsewhere(void)
{
	g_auto(Retry) other = { .frontend.answer = ANSWER_YES };
	g_autoptr(Workbench) where = workbench_open(cluster, DATABASE);
	g_autofree char *plan = plan_option();

	retry_run(&other, where, plan);
	assert_exit(&other, 10);
	assert_says(other.frontend.notes, "6000 messages requested, 5999 done, 1 skipped, 0 failed\n");
}

static void
let_another_go_on(Retry *self)
{
	if (self->batches == 1)
		go_on_elsewhere();
}

static void
two_consoles_on_one_plan_report_the_same(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_YES,
		.while_asked =
		    "UPDATE outbox_messages SET state_type = 'Processed' WHERE id = '" ID("000000003000") "'",
		.after_batch = let_another_go_on };

	(void)state;
	add_dead(1, MANY);
	retry_run(&retry, bench, "--where state=Dead");
	assert_exit(&retry, 10);
	assert_says(retry.frontend.notes, "6000 messages requested, 5999 done, 1 skipped, 0 failed\n");
	assert_says(retry.frontend.notes, "skipped 1 messages: skipped by another console\n");
	assert_answer("6000|5999|1|Done", "SELECT total, done, skipped, state_type FROM retry_plans");
	assert_answer("11", "SELECT max(lease_generation) FROM outbox_messages");
}

static void
a_set_that_was_not_confirmed_is_forgotten(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_NO };

	(void)state;
	add_dead(1, MANY);
	retry_run(&retry, bench, "--where state=Dead");
	assert_exit(&retry, 7);
	assert_answer(
	    "0|0", "SELECT (SELECT count(*) FROM retry_plans), (SELECT count(*) FROM retry_plan_batches)");
	assert_answer("Dead|6000", "SELECT state_type, count(*) FROM outbox_messages GROUP BY 1");
}

static void
a_plan_that_was_to_go_on_is_kept_when_it_is_not_confirmed(void **state)
{
	g_auto(Retry) first = { .frontend.answer = ANSWER_YES, .after_batch = stop };
	g_auto(Retry) second = { .frontend.answer = ANSWER_NO };

	(void)state;
	add_dead(1, MANY);
	retry_run(&first, bench, "--where state=Dead");
	g_autofree char *plan = plan_option();

	retry_run(&second, bench, plan);
	assert_exit(&second, 7);
	assert_answer("Running|2500|3",
	    "SELECT p.state_type, p.done, count(*) FROM retry_plans p"
	    " JOIN retry_plan_batches b ON b.plan_id = p.id GROUP BY p.id");
}

static void
a_plan_that_nobody_froze_is_not_found(void **state)
{
	g_auto(Retry) retry = { 0 };

	(void)state;
	retry_run(&retry, bench, "--plan " ID("000000000001"));
	assert_exit(&retry, 3);
	assert_string_equal(retry.error->message, "no retry plan '" ID("000000000001") "'");
}

static void
nothing_dead_is_nothing_to_do(void **state)
{
	g_auto(Retry) retry = { 0 };

	(void)state;
	retry_run(&retry, bench, "--where type~order");
	assert_exit(&retry, 0);
	assert_says(retry.frontend.notes, "no messages match: there is nothing to do\n");
}

/* Counts what is told on the channel up to a mark of our own, which comes after everything before it. */
static int
notifications_until_mark(PGconn *listener)
{
	struct pollfd readable = { .fd = PQsocket(listener), .events = POLLIN };
	int count = 0;

	cluster_execute(cluster, DATABASE, "NOTIFY tests_mark");
	for (;;) {
		PGnotify *notification;

		while ((notification = PQnotifies(listener)) != NULL) {
			bool is_mark = g_str_equal(notification->relname, "tests_mark");

			count += g_str_equal(notification->relname, "signalbox_outbox");
			PQfreemem(notification);
			if (is_mark)
				return count;
		}
		if (poll(&readable, 1, 10000) != 1 || !PQconsumeInput(listener))
			fail_msg("the mark did not come");
	}
}

static void
workers_are_woken_once_per_batch(void **state)
{
	g_auto(Retry) retry = { .frontend.answer = ANSWER_YES };
	g_auto(Retry) dry = { 0 };
	g_autofree char *conninfo = cluster_conninfo(cluster, DATABASE);
	PGconn *listener = PQconnectdb(conninfo);

	(void)state;
	PQclear(PQexec(listener, "LISTEN signalbox_outbox"));
	PQclear(PQexec(listener, "LISTEN tests_mark"));
	add_dead(1, MANY);
	retry_run(&dry, bench, "--where state=Dead --dry-run");
	assert_int_equal(notifications_until_mark(listener), 0);
	retry_run(&retry, bench, "--where state=Dead");
	assert_int_equal(notifications_until_mark(listener), MANY_BATCHES);
	PQfinish(listener);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OUTBOX(a_dead_message_becomes_pending_and_keeps_its_history),
		WITH_OUTBOX(what_can_not_be_retried_is_named_with_its_reason),
		WITH_OUTBOX(a_failure_after_the_freeze_is_left_alone),
		WITH_OUTBOX(what_moves_on_after_the_freeze_is_skipped),
		WITH_OUTBOX(every_batch_of_a_big_set_is_written_down),
		WITH_OUTBOX(a_dry_run_leaves_nothing),
		WITH_OUTBOX(a_stopped_retry_goes_on_with_its_plan),
		WITH_OUTBOX(a_console_that_is_killed_leaves_a_plan_that_goes_on),
		WITH_OUTBOX(two_consoles_on_one_plan_report_the_same),
		WITH_OUTBOX(a_set_that_was_not_confirmed_is_forgotten),
		WITH_OUTBOX(a_plan_that_was_to_go_on_is_kept_when_it_is_not_confirmed),
		WITH_OUTBOX(a_plan_that_nobody_froze_is_not_found),
		WITH_OUTBOX(nothing_dead_is_nothing_to_do),
		WITH_OUTBOX(workers_are_woken_once_per_batch),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
