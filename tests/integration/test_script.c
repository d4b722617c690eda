#include "workbench.h"

#include "base/error.h"
#include "behaviors/transaction.h"
#include "domain/user.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "script"

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

static void
assert_answer(const char *sql, const char *expected)
{
	g_autofree char *text = cluster_query_text(cluster, DATABASE, sql);

	assert_string_equal(text, expected);
}

static bool
register_user(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!user_register(email, "Line", USER_ROLE_MEMBER, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	return true;
}

static bool
deactivate(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!run->session->users->find_by_email(run->session->users, email, &user, error))
		return false;
	run->session->users->update(run->session->users, user);
	return user_deactivate(user, run->now, error);
}

static bool
look(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	return run->session->users->find_by_email(run->session->users, email, &user, error);
}

/* A line of an --atomic script. */
static void
line(PipelineStep step, const char *email, Effect effect)
{
	g_autofree char *copy = g_strdup(email);
	g_autoptr(Work) work =
	    workbench_run(bench, &(WorkOptions){ .within_script = true, .effect = effect }, step, copy);

	if (work->error != NULL)
		fail_msg("%s", work->error->message);
	assert_false(work->run->committed);
}

static void
every_line_sees_the_ones_before_and_nobody_else_does(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	cluster_execute(cluster, DATABASE,
	    "INSERT INTO users (id, email, display_name) VALUES (gen_random_uuid(), 'first@example.org', "
	    "'x')");
	line(look, "first@example.org", EFFECT_READ);
	line(register_user, "second@example.org", EFFECT_WRITE);
	line(look, "second@example.org", EFFECT_READ);
	line(deactivate, "second@example.org", EFFECT_WRITE);
	assert_answer("SELECT count(*) FROM users WHERE email = 'second@example.org'", "0");
	assert_true(bench->session->commit(bench->session, &error));
	assert_answer("SELECT state_type FROM users WHERE email = 'second@example.org'", "Deactivated");
	assert_answer("SELECT count(DISTINCT xmin::text), count(*) FROM audit_entries", "1|2");
	assert_answer("SELECT string_agg(type, ',' ORDER BY sequence) FROM outbox_messages",
	    "user.registered.v1,user.deactivated.v1");
}

static void
a_line_that_fails_takes_all_lines_back(void **state)
{
	char email[] = "third@example.org";
	g_autoptr(Work) failed = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	line(register_user, email, EFFECT_WRITE);
	failed = workbench_run(bench, &(WorkOptions){ .within_script = true }, register_user, email);
	assert_true(sb_error_is(failed->error, SB_ERROR_CONFLICT));
	assert_true(bench->session->commit(bench->session, &error));
	assert_answer("SELECT count(*) FROM users WHERE email = 'third@example.org'", "0");
}

static void
a_script_that_is_given_up_leaves_nothing(void **state)
{
	(void)state;
	line(register_user, "fourth@example.org", EFFECT_WRITE);
	bench->session->rollback(bench->session);
	bench->session->rollback(bench->session);
	assert_answer("SELECT count(*) FROM users WHERE email = 'fourth@example.org'", "0");
}

/* Ends the connection and lets the session notice, as a screen's lane does while nothing runs. */
static void
lose_connection(void)
{
	int socket = bench->session->socket(bench->session);
	struct pollfd waiter = { .fd = socket, .events = POLLIN };
	g_autoptr(GError) lost = NULL;

	cluster_execute(cluster, DATABASE,
	    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signalbox'");
	assert_int_equal(poll(&waiter, 1, 10000), 1);
	while (bench->session->idle(bench->session, &lost))
		assert_int_equal(poll(&waiter, 1, 10000), 1);
	assert_true(sb_error_is(lost, SB_ERROR_UNAVAILABLE));
}

static void
no_line_goes_on_where_the_lines_before_were_lost(void **state)
{
	char email[] = "sixth@example.org";
	g_autoptr(Work) next = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	line(register_user, "fifth@example.org", EFFECT_WRITE);
	lose_connection();
	next = workbench_run(bench, &(WorkOptions){ .within_script = true }, register_user, email);
	assert_true(sb_error_is(next->error, SB_ERROR_UNAVAILABLE));
	assert_non_null(strstr(next->error->message, "the script's transaction was lost"));
	bench->session->rollback(bench->session);

	line(register_user, email, EFFECT_WRITE);
	lose_connection();
	assert_false(bench->session->commit(bench->session, &error));
	assert_true(sb_error_is(error, SB_ERROR_UNAVAILABLE));
	assert_answer("SELECT count(*) FROM users WHERE email ~ 'fifth|sixth'", "0");
}

static void
the_server_knows_the_outcome_of_a_transaction(void **state)
{
	static const struct {
		const char *sql;
		bool committed;
	} endings[] = { { "COMMIT", true }, { "ROLLBACK", false } };
	InfrastructureSession *session = infrastructure_session(bench->session);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *sequence = g_strdup_printf("CREATE SEQUENCE xid_%zu", i);
		g_autofree char *sql =
		    g_strdup_printf("BEGIN; SELECT setval('xid_%zu', pg_current_xact_id()::text::bigint); %s",
			i, endings[i].sql);
		g_autofree char *ask = g_strdup_printf("SELECT last_value FROM xid_%zu", i);
		g_autofree char *xid = NULL;
		g_autoptr(GError) error = NULL;
		bool committed = !endings[i].committed;

		cluster_execute(cluster, DATABASE, sequence);
		cluster_execute(cluster, DATABASE, sql);
		xid = cluster_query_text(cluster, DATABASE, ask);
		/* As after a COMMIT whose answer was lost. */
		connection_discard(session->connection);
		assert_true(commit_outcome(session, xid, &committed, &error));
		assert_int_equal(committed, endings[i].committed);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_line_sees_the_ones_before_and_nobody_else_does),
		cmocka_unit_test(a_line_that_fails_takes_all_lines_back),
		cmocka_unit_test(a_script_that_is_given_up_leaves_nothing),
		cmocka_unit_test(no_line_goes_on_where_the_lines_before_were_lost),
		cmocka_unit_test(the_server_knows_the_outcome_of_a_transaction),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
