#include "wire.h"
#include "workbench.h"

#include "base/error.h"
#include "domain/user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "wire"

static Cluster *cluster;
static Wire *wire;
static Workbench *bench;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
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
open_wire(void **state)
{
	(void)state;
	wire = wire_start(cluster);
	bench = workbench_open_at(cluster, wire_host(wire), DATABASE);
	return 0;
}

static int
close_wire(void **state)
{
	(void)state;
	/* The wire's thread may still fire the bench's token. */
	g_clear_pointer(&wire, wire_stop);
	g_clear_pointer(&bench, workbench_close);
	return 0;
}

static void
assert_users(const char *email, const char *expected)
{
	g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM users WHERE email = '%s'", email);
	g_autofree char *count = cluster_query_text(cluster, DATABASE, sql);

	assert_string_equal(count, expected);
}

static bool
register_user(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!user_register(email, "Wire", USER_ROLE_MEMBER, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	return true;
}

static bool
refuse(const void *args, GError **error)
{
	(void)args;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION, "too long");
	return false;
}

static bool
fail_always(CommandRun *run, gpointer data, GError **error)
{
	(void)run;
	(void)data;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "no");
	return false;
}

static void
an_invalid_command_sends_nothing(void **state)
{
	g_autofree char *before = wire_sent(wire);
	g_autoptr(Work) work =
	    workbench_run(bench, &(WorkOptions){ .validate = refuse }, register_user, (char[]){ "x" });
	g_autofree char *after = wire_sent(wire);

	(void)state;
	assert_true(sb_error_is(work->error, SB_ERROR_VALIDATION));
	assert_string_equal(after, before);
}

static void
a_handler_error_ends_in_rollback(void **state)
{
	g_autoptr(Work) work = workbench_run(bench, NULL, fail_always, NULL);
	g_autofree char *sent = wire_sent(wire);

	(void)state;
	assert_true(sb_error_is(work->error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(sent, "BEGIN"));
	assert_non_null(strstr(strstr(sent, "BEGIN"), "ROLLBACK"));
	assert_null(strstr(sent, "COMMIT "));
}

static void
a_write_is_never_begun_as_read_write(void **state)
{
	char email[] = "order@example.org";
	g_autoptr(Work) work = workbench_run(bench, NULL, register_user, email);
	g_autofree char *sent = wire_sent(wire);
	const char *at = sent;

	(void)state;
	assert_null(work->error);
	assert_null(strstr(sent, "READ WRITE"));
	/* Aggregates before messages, the audit entry last, then COMMIT. */
	for (const char *const *step = (const char *const[]){ "BEGIN", "set_config", "INSERT INTO users",
		 "INSERT INTO outbox_messages", "pg_notify", "pg_advisory_xact_lock",
		 "INSERT INTO audit_entries", "COMMIT ", NULL };
	     *step != NULL; step++) {
		at = strstr(at, *step);
		if (at == NULL)
			fail_msg("'%s' is not where it belongs", *step);
	}
}

static void
a_commit_whose_answer_was_lost_is_found_to_stand(void **state)
{
	char email[] = "answered@example.org";
	g_autoptr(Work) work = NULL;
	g_autoptr(Work) next = NULL;

	(void)state;
	wire_lose_commit(wire, NULL);
	work = workbench_run(bench, NULL, register_user, email);
	if (work->error != NULL)
		fail_msg("%s", work->error->message);
	assert_true(work->run->committed);
	assert_users(email, "1");
	next = workbench_run(bench, NULL, register_user, (char[]){ "after@example.org" });
	assert_null(next->error);
}

static void
a_commit_that_nobody_can_tell_of_is_an_unknown_outcome(void **state)
{
	char email[] = "unknown@example.org";
	g_autoptr(Work) work = NULL;

	(void)state;
	wire_lose_commit(wire, bench->cancel);
	work = workbench_run(bench, NULL, register_user, email);
	assert_true(sb_error_is(work->error, SB_ERROR_UNKNOWN_OUTCOME));
	assert_non_null(strstr(work->error->message, work->run->xid));
	assert_false(work->run->committed);
	/* It was done once, and not tried again. */
	assert_users(email, "1");
}

int
main(void)
{
#define WITH_WIRE(test) cmocka_unit_test_setup_teardown(test, open_wire, close_wire)
	const struct CMUnitTest tests[] = {
		WITH_WIRE(an_invalid_command_sends_nothing),
		WITH_WIRE(a_handler_error_ends_in_rollback),
		WITH_WIRE(a_write_is_never_begun_as_read_write),
		WITH_WIRE(a_commit_whose_answer_was_lost_is_found_to_stand),
		WITH_WIRE(a_commit_that_nobody_can_tell_of_is_an_unknown_outcome),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
