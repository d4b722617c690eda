#include "workbench.h"

#include "base/error.h"
#include "domain/user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "keys"
#define KEY "0123456789abcdef"

static Cluster *cluster;
static Workbench *bench;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	bench = workbench_open(cluster, DATABASE);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&bench, workbench_close);
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static int
forget_keys(void **state)
{
	(void)state;
	cluster_execute(cluster, DATABASE, "DELETE FROM idempotency_records");
	return 0;
}

static void
assert_answer(const char *sql, const char *expected)
{
	g_autofree char *text = cluster_query_text(cluster, DATABASE, sql);

	assert_string_equal(text, expected);
}

static void
assert_done(const Work *work)
{
	if (work->error != NULL)
		fail_msg("%s", work->error->message);
}

static void
assert_failed(const Work *work, SbErrorCode code)
{
	assert_non_null(work->error);
	if (!sb_error_is(work->error, code))
		fail_msg("another error: %s", work->error->message);
}

/* Counts its calls. */
static bool
register_somebody(CommandRun *run, gpointer calls, GError **error)
{
	g_autofree char *email = g_strdup_printf("somebody-%d@example.org", ++*(int *)calls);
	User *user;

	if (!user_register(email, "Somebody", USER_ROLE_MEMBER, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	run_created(run, &user->id.value);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_WARNING, "added 'somebody' 100%%");
	return true;
}

static bool
fail_always(CommandRun *run, gpointer data, GError **error)
{
	(void)run;
	(void)data;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "no");
	return false;
}

static const WorkOptions with_key = { .key = KEY };

static void
the_same_request_is_done_once_and_answered_twice(void **state)
{
	static int calls = 100;
	g_autoptr(Work) first = workbench_run(bench, &with_key, register_somebody, &calls);
	g_autofree char *entries =
	    cluster_query_text(cluster, DATABASE, "SELECT count(*) FROM audit_entries");
	g_autoptr(Work) second = workbench_run(bench, &with_key, register_somebody, &calls);
	const RunNote *note;

	(void)state;
	assert_done(first);
	assert_done(second);
	assert_int_equal(calls, 101);
	assert_false(first->run->replayed);
	assert_true(second->run->replayed);
	assert_string_equal(first->run->created, second->run->created);
	assert_int_equal(second->run->notes->len, 1);
	note = g_ptr_array_index(second->run->notes, 0);
	assert_int_equal(note->kind, NOTE_WARNING);
	assert_string_equal(note->text, "added 'somebody' 100%");
	assert_string_equal(second->run->targets->pdata[0], first->run->targets->pdata[0]);
	assert_answer("SELECT count(*) FROM audit_entries", entries);
	assert_answer(
	    "SELECT operator, char_length(request_hash), expires_at - created_at FROM idempotency_records",
	    "postgres|64|1 day");
}

static void
another_request_with_the_same_key_is_refused(void **state)
{
	static const WorkOptions other = { .key = KEY, .name = "tests other" };
	static int calls = 200;
	g_autoptr(Work) first = workbench_run(bench, &with_key, register_somebody, &calls);
	g_autoptr(Work) second = workbench_run(bench, &other, register_somebody, &calls);

	(void)state;
	assert_done(first);
	assert_failed(second, SB_ERROR_IDEMPOTENCY);
	assert_int_equal(calls, 201);
}

static void
a_key_without_a_result_is_still_in_progress(void **state)
{
	static int calls = 300;
	g_autoptr(Work) first = workbench_run(bench, &with_key, register_somebody, &calls);
	g_autoptr(Work) second = NULL;

	(void)state;
	assert_done(first);
	cluster_execute(cluster, DATABASE, "UPDATE idempotency_records SET result = NULL");
	second = workbench_run(bench, &with_key, register_somebody, &calls);
	assert_failed(second, SB_ERROR_CONFLICT);
	assert_non_null(strstr(second->error->message, "still in progress"));
}

static void
an_expired_key_is_new_by_the_servers_clock(void **state)
{
	static const WorkOptions other = { .key = KEY, .name = "tests other" };
	static int calls = 400;
	g_autoptr(Work) first = workbench_run(bench, &with_key, register_somebody, &calls);
	g_autoptr(Work) second = NULL;

	(void)state;
	assert_done(first);
	cluster_execute(cluster, DATABASE, "UPDATE idempotency_records SET expires_at = now()");
	second = workbench_run(bench, &other, register_somebody, &calls);
	assert_done(second);
	assert_int_equal(calls, 402);
	assert_answer("SELECT count(*), bool_and(expires_at > now()) FROM idempotency_records", "1|t");
}

static void
a_run_that_fails_leaves_no_key(void **state)
{
	g_autoptr(Work) failed = workbench_run(bench, &with_key, fail_always, NULL);

	(void)state;
	assert_failed(failed, SB_ERROR_CONFLICT);
	assert_answer("SELECT count(*) FROM idempotency_records", "0");
}

/* While this transaction holds the key, another connection comes with it. */
static bool
come_again_meanwhile(CommandRun *run, gpointer data, GError **error)
{
	static const WorkOptions impatient = { .key = KEY, .timeout = 300 * DURATION_MILLISECOND };
	g_autoptr(Workbench) other = workbench_open(cluster, DATABASE);
	int calls = 500;
	g_autoptr(Work) work = workbench_run(other, &impatient, register_somebody, &calls);

	(void)run;
	(void)data;
	(void)error;
	assert_failed(work, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(work->error->message, "has not ended"));
	assert_int_equal(calls, 500);
	return true;
}

static void
who_comes_while_the_first_one_runs_waits_and_is_told(void **state)
{
	g_autoptr(Work) work = workbench_run(bench, &with_key, come_again_meanwhile, NULL);

	(void)state;
	assert_done(work);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_same_request_is_done_once_and_answered_twice, forget_keys),
		cmocka_unit_test_setup(another_request_with_the_same_key_is_refused, forget_keys),
		cmocka_unit_test_setup(a_key_without_a_result_is_still_in_progress, forget_keys),
		cmocka_unit_test_setup(an_expired_key_is_new_by_the_servers_clock, forget_keys),
		cmocka_unit_test_setup(a_run_that_fails_leaves_no_key, forget_keys),
		cmocka_unit_test_setup(who_comes_while_the_first_one_runs_waits_and_is_told, forget_keys),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
