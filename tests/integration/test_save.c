#include "workbench.h"

#include "base/error.h"
#include "domain/post.h"
#include "domain/user.h"
#include "session_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "save"
#define EMPTY "empty"

static Cluster *cluster;
static Workbench *bench;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	cluster_database(cluster, EMPTY);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static int
open_bench(void **state)
{
	(void)state;
	bench = workbench_open(cluster, DATABASE);
	return 0;
}

static int
close_bench(void **state)
{
	(void)state;
	g_clear_pointer(&bench, workbench_close);
	return 0;
}

static void assert_answer(const char *expected, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
assert_answer(const char *expected, const char *format, ...)
{
	g_autofree char *sql = NULL;
	g_autofree char *text = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	text = cluster_query_text(cluster, DATABASE, sql);
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
	if (work->error == NULL)
		fail_msg("it was done");
	if (!sb_error_is(work->error, code))
		fail_msg("another error: %s", work->error->message);
	assert_false(work->run->committed);
	assert_false(connection_in_transaction(infrastructure_session(work->run->session)->connection));
}

static bool
register_user(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!user_register(email, "Grace Hopper", USER_ROLE_MEMBER, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	run_created(run, &user->id.value);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_INFO, "added");
	return true;
}

static void
the_write_the_message_and_the_audit_entry_are_one_transaction(void **state)
{
	g_autoptr(Work) work = workbench_run(bench, NULL, register_user, (char[]){ "one@example.org" });
	const CommandRun *run = work->run;

	(void)state;
	assert_done(work);
	assert_true(run->committed && run->commit_sent);
	assert_answer(run->xid, "SELECT xmin FROM users WHERE id = '%s'", run->created);
	assert_answer(run->xid, "SELECT xmin FROM outbox_messages WHERE aggregate_id = '%s'", run->created);
	assert_answer(run->xid, "SELECT xmin FROM audit_entries WHERE targets ? 'user %s'", run->created);
	assert_answer("t",
	    "SELECT u.created_at = m.occurred_at AND m.topic = 'user' AND m.type = 'user.registered.v1' AND"
	    " m.ordering_key = u.id::text AND m.aggregate_type = 'user' AND m.payload ->> 'user_id' = "
	    "u.id::text AND"
	    " m.state_type = 'Pending' FROM users u JOIN outbox_messages m ON m.aggregate_id = u.id WHERE "
	    "u.id = '%s'",
	    run->created);
}

static void
the_time_of_a_run_is_the_servers(void **state)
{
	g_autoptr(Work) work = workbench_run(bench, NULL, register_user, (char[]){ "time@example.org" });

	(void)state;
	assert_done(work);
	assert_answer("t",
	    "SELECT (extract(epoch FROM created_at) * 1000000)::bigint = %" G_GINT64_FORMAT
	    " FROM users WHERE id = '%s'",
	    work->run->now, work->run->created);
}

static void
a_dry_run_leaves_nothing_and_says_what_would_have_changed(void **state)
{
	static const WorkOptions options = { .dry_run = true, .key = "dry-run-leaves-no-key" };
	g_autoptr(Work) work = workbench_run(bench, &options, register_user, (char[]){ "dry@example.org" });
	const Change *change;

	(void)state;
	assert_done(work);
	assert_false(work->run->committed);
	assert_int_equal(work->run->changes->len, 1);
	change = g_ptr_array_index(work->run->changes, 0);
	assert_string_equal(change->table, "users");
	assert_string_equal(change->key, work->run->created);
	assert_true(
	    g_str_has_prefix(g_ptr_array_index(work->run->statements, 0), "INSERT INTO users (id, email"));
	assert_true(
	    g_str_has_prefix(g_ptr_array_index(work->run->statements, 1), "INSERT INTO outbox_messages"));
	assert_answer("0", "SELECT count(*) FROM users WHERE email = 'dry@example.org'");
	assert_answer(
	    "0", "SELECT count(*) FROM outbox_messages WHERE aggregate_id = '%s'", work->run->created);
	assert_answer(
	    "0", "SELECT count(*) FROM audit_entries WHERE targets ? 'user %s'", work->run->created);
	assert_answer("0", "SELECT count(*) FROM idempotency_records WHERE key = 'dry-run-leaves-no-key'");
}

static bool
fail_after_adding(CommandRun *run, gpointer email, GError **error)
{
	if (!register_user(run, email, error))
		return false;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "no");
	return false;
}

static void
a_handler_that_fails_leaves_nothing_and_the_connection_goes_on(void **state)
{
	g_autoptr(Work) failed =
	    workbench_run(bench, NULL, fail_after_adding, (char[]){ "failed@example.org" });
	g_autoptr(Work) next = workbench_run(bench, NULL, register_user, (char[]){ "next@example.org" });

	(void)state;
	assert_failed(failed, SB_ERROR_CONFLICT);
	assert_string_equal(failed->error->message, "no");
	assert_done(next);
	assert_answer("0", "SELECT count(*) FROM users WHERE email = 'failed@example.org'");
}

static void
a_read_writes_neither_rows_nor_audit_entries(void **state)
{
	static const WorkOptions options = { .effect = EFFECT_READ };
	g_autoptr(Work) work = NULL;
	g_autofree char *before = cluster_query_text(cluster, DATABASE, "SELECT count(*) FROM audit_entries");

	(void)state;
	work = workbench_run(bench, &options, register_user, (char[]){ "read@example.org" });
	assert_done(work);
	assert_null(work->run->xid);
	assert_answer("0", "SELECT count(*) FROM users WHERE email = 'read@example.org'");
	assert_answer(before, "SELECT count(*) FROM audit_entries");
}

static bool
write_by_hand(CommandRun *run, gpointer sql, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	return connection_query(
	    infrastructure_session(run->session)->connection, sql, 0, NULL, &result, error);
}

static void
a_read_cannot_write(void **state)
{
	static const WorkOptions options = { .effect = EFFECT_READ };
	char sql[] = "DELETE FROM posts";
	g_autoptr(Work) work = workbench_run(bench, &options, write_by_hand, sql);

	(void)state;
	assert_failed(work, SB_ERROR_REFUSED);
	assert_string_equal(sb_error_sqlstate(work->error), "25006");
}

static bool
swallow_an_error(CommandRun *run, gpointer data, GError **error)
{
	(void)data;
	(void)error;
	assert_false(write_by_hand(run, (char[]){ "SELECT 1 / 0" }, NULL));
	return true;
}

static void
a_commit_that_was_answered_with_rollback_is_an_error(void **state)
{
	g_autoptr(Workbench) empty = workbench_open(cluster, EMPTY);
	g_autoptr(Work) work = workbench_run(empty, NULL, swallow_an_error, NULL);

	(void)state;
	assert_failed(work, SB_ERROR_INTERNAL);
	assert_non_null(strstr(work->error->message, "'ROLLBACK'"));
}

static void
a_constraint_that_speaks_at_commit_leaves_nothing(void **state)
{
	char sql[] =
	    "INSERT INTO audit_personal_values VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'y', 'z')";
	g_autoptr(Work) work = workbench_run(bench, NULL, write_by_hand, sql);

	(void)state;
	assert_failed(work, SB_ERROR_NOT_FOUND);
	assert_false(work->run->commit_sent);
	assert_answer("0", "SELECT count(*) FROM audit_personal_values WHERE field = 'x'");
}

static void
a_connection_lost_in_commit_is_found_to_be_rolled_back(void **state)
{
	g_autoptr(Work) work = NULL;

	(void)state;
	cluster_execute(cluster, DATABASE,
	    "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM"
	    " pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;"
	    "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
	    "WHEN"
	    " (new.email = 'dying@example.org') EXECUTE FUNCTION die()");
	work = workbench_run(bench, NULL, register_user, (char[]){ "dying@example.org" });
	cluster_execute(cluster, DATABASE, "DROP FUNCTION die() CASCADE");
	assert_failed(work, SB_ERROR_UNAVAILABLE);
	assert_true(g_str_has_suffix(work->error->message, "nothing was done"));
	assert_answer("0", "SELECT count(*) FROM users WHERE email = 'dying@example.org'");
}

static bool
lose_once(CommandRun *run, gpointer tries, GError **error)
{
	int *count = tries;

	if ((*count)++ == 0)
		return write_by_hand(run, (char[]){ "SELECT pg_terminate_backend(pg_backend_pid())" }, error);
	return register_user(run, (char[]){ "retried@example.org" }, error);
}

static void
a_connection_lost_before_commit_is_tried_again(void **state)
{
	int tries = 0;
	g_autoptr(Work) work = workbench_run(bench, NULL, lose_once, &tries);

	(void)state;
	assert_done(work);
	assert_int_equal(tries, 2);
	assert_answer("1", "SELECT count(*) FROM users WHERE email = 'retried@example.org'");
}

static void
in_process_mode_writes_no_message_and_counts_what_nobody_handled(void **state)
{
	g_autoptr(Work) work = NULL;
	g_autoptr(Work) failed = NULL;

	(void)state;
	bench->context.events_in_process = true;
	work = workbench_run(bench, NULL, register_user, (char[]){ "in-process@example.org" });
	failed = workbench_run(bench, NULL, fail_after_adding, (char[]){ "in-process-2@example.org" });
	assert_done(work);
	assert_failed(failed, SB_ERROR_CONFLICT);
	assert_answer(
	    "0", "SELECT count(*) FROM outbox_messages WHERE aggregate_id = '%s'", work->run->created);
	assert_int_equal(infrastructure_session(bench->session)->events_without_reaction, 1);
}

static bool
read_settings(CommandRun *run, gpointer data, GError **error)
{
	char **found = data;
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(infrastructure_session(run->session)->connection,
		"SELECT concat_ws('|', current_setting('search_path'), current_setting('statement_timeout'),"
		" current_setting('lock_timeout'), current_setting('TimeZone'), current_setting('DateStyle'),"
		" current_setting('transaction_isolation'), current_setting('transaction_read_only'))",
		0, NULL, &result, error))
		return false;
	*found = g_strdup(PQgetvalue(result, 0, 0));
	return true;
}

static void
settings_hold_for_the_transaction_whatever_the_role_says(void **state)
{
	g_autofree char *read = NULL;
	g_autofree char *own = NULL;
	g_autoptr(Work) reading = NULL;
	g_autoptr(Work) owning = NULL;

	(void)state;
	cluster_execute(cluster, DATABASE,
	    "ALTER DATABASE " DATABASE " SET DateStyle = 'SQL, DMY';"
	    "ALTER DATABASE " DATABASE " SET TimeZone = 'Asia/Tokyo';"
	    "ALTER DATABASE " DATABASE " SET search_path = elsewhere;"
	    "ALTER DATABASE " DATABASE " SET default_transaction_isolation = 'serializable'");
	close_bench(NULL);
	open_bench(NULL);
	reading = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, read_settings, &read);
	owning = workbench_run(bench, &(WorkOptions){ .flags = COMMAND_OWN_SESSION }, read_settings, &own);
	cluster_execute(cluster, DATABASE, "ALTER DATABASE " DATABASE " RESET ALL");
	assert_done(reading);
	assert_done(owning);
	assert_string_equal(read, "pg_catalog, \"public\", pg_temp|20s|10s|UTC|ISO, DMY|read committed|on");
	assert_string_equal(own, "elsewhere|0|0|Asia/Tokyo|SQL, DMY|read committed|off");
}

static void
an_audited_read_is_refused_where_no_entry_can_be_written(void **state)
{
	static const WorkOptions options = { .effect = EFFECT_READ_AUDITED };
	g_autoptr(Workbench) empty = workbench_open(cluster, EMPTY);
	g_autofree char *found = NULL;
	g_autofree char *audited = NULL;
	g_autoptr(Work) refused = workbench_run(empty, &options, read_settings, &found);
	g_autoptr(Work) work = workbench_run(bench, &options, read_settings, &audited);

	(void)state;
	assert_failed(refused, SB_ERROR_REFUSED);
	assert_done(work);
	assert_answer("1", "SELECT count(*) FROM audit_entries WHERE xmin::text = '%s'", work->run->xid);
}

static void
an_audited_read_is_audited_as_a_dry_run_too(void **state)
{
	static const WorkOptions options = { .effect = EFFECT_READ_AUDITED, .dry_run = true };
	g_autofree char *audited = NULL;
	g_autoptr(Work) work = workbench_run(bench, &options, read_settings, &audited);

	(void)state;
	assert_done(work);
	assert_answer("1", "SELECT count(*) FROM audit_entries WHERE xmin::text = '%s'", work->run->xid);
}

static bool
make_the_server_speak(CommandRun *run, gpointer data, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	(void)data;
	return connection_query(infrastructure_session(run->session)->connection,
	    "DO $$ BEGIN RAISE NOTICE 'mind the gap'; RAISE WARNING 'and the step'; END $$", 0, NULL, &result,
	    error);
}

static void
what_the_server_says_is_passed_on_once(void **state)
{
	static const Effect effects[] = { EFFECT_READ, EFFECT_WRITE };
	g_autofree char *silent = NULL;
	g_autoptr(Work) after = NULL;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(effects); i++) {
		const WorkOptions options = { .effect = effects[i] };
		g_autoptr(Work) work = workbench_run(bench, &options, make_the_server_speak, NULL);

		assert_done(work);
		assert_int_equal(work->run->notes->len, 2);
		const RunNote *note = g_ptr_array_index(work->run->notes, 1);

		assert_int_equal(note->kind, NOTE_NOTICE);
		assert_string_equal(note->text, "warning: and the step");
	}
	after = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, read_settings, &silent);
	assert_done(after);
	assert_int_equal(after->run->notes->len, 0);
}

int
main(void)
{
#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)
	const struct CMUnitTest tests[] = {
		WITH_BENCH(the_write_the_message_and_the_audit_entry_are_one_transaction),
		WITH_BENCH(the_time_of_a_run_is_the_servers),
		WITH_BENCH(a_dry_run_leaves_nothing_and_says_what_would_have_changed),
		WITH_BENCH(a_handler_that_fails_leaves_nothing_and_the_connection_goes_on),
		WITH_BENCH(a_read_writes_neither_rows_nor_audit_entries),
		WITH_BENCH(a_read_cannot_write),
		WITH_BENCH(a_commit_that_was_answered_with_rollback_is_an_error),
		WITH_BENCH(a_constraint_that_speaks_at_commit_leaves_nothing),
		WITH_BENCH(a_connection_lost_in_commit_is_found_to_be_rolled_back),
		WITH_BENCH(a_connection_lost_before_commit_is_tried_again),
		WITH_BENCH(in_process_mode_writes_no_message_and_counts_what_nobody_handled),
		WITH_BENCH(settings_hold_for_the_transaction_whatever_the_role_says),
		WITH_BENCH(an_audited_read_is_refused_where_no_entry_can_be_written),
		WITH_BENCH(an_audited_read_is_audited_as_a_dry_run_too),
		WITH_BENCH(what_the_server_says_is_passed_on_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
