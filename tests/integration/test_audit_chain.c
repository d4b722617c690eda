#include "workbench.h"

#include "base/error.h"
#include "domain/user.h"
#include "logging/audit_chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "chain"
#define WRITERS 4
#define RUNS 15

static Cluster *cluster;
static Workbench *bench;

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

static int
open_bench(void **state)
{
	(void)state;
	cluster_database_with_schema(cluster, DATABASE);
	bench = workbench_open(cluster, DATABASE);
	return 0;
}

static int
close_bench(void **state)
{
	(void)state;
	g_clear_pointer(&bench, workbench_close);
	cluster_drop_database(cluster, DATABASE);
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

static bool
register_user(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!user_register(email, "Niklaus Wirth", USER_ROLE_MEMBER, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	run_target(run, "user", &user->id.value);
	return true;
}

static void
add(const char *email)
{
	static const WorkOptions options = { .reason = "because 'it' had to be" };
	g_autofree char *copy = g_strdup(email);
	g_autoptr(Work) work = workbench_run(bench, &options, register_user, copy);

	assert_done(work);
}

static bool
rename_user(CommandRun *run, gpointer email, GError **error)
{
	User *user;

	if (!run->session->users->find_by_email(run->session->users, email, &user, error))
		return false;
	run->session->users->update(run->session->users, user);
	return user_rename(user, "Ada Lovelace", run->now, error);
}

static bool
verify(CommandRun *run, gpointer entries, GError **error)
{
	return run->session->audit->verify(run->session->audit, run->frontend, entries, error);
}

static Work *
verification(uint64_t *ret_entries)
{
	return workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, verify, ret_entries);
}

static void
assert_whole(uint64_t expected)
{
	uint64_t entries = 0;
	g_autoptr(Work) work = verification(&entries);

	assert_done(work);
	assert_int_equal(entries, expected);
}

static void
assert_broken(const char *how)
{
	uint64_t entries;
	g_autoptr(Work) work = verification(&entries);

	assert_non_null(work->error);
	assert_true(sb_error_is(work->error, SB_ERROR_CONFLICT));
	if (strstr(work->error->message, how) == NULL)
		fail_msg("'%s' does not say '%s'", work->error->message, how);
}

/* What the grants and the trigger keep everyone but a superuser from. */
static void
tamper(const char *sql)
{
	g_autofree char *all = g_strdup_printf("ALTER TABLE audit_entries DISABLE TRIGGER ALL; %s;"
					       " ALTER TABLE audit_entries ENABLE ALWAYS TRIGGER"
					       " tr_audit_entries_append_only",
	    sql);

	cluster_execute(cluster, DATABASE, all);
}

static void
an_empty_chain_is_whole(void **state)
{
	(void)state;
	assert_whole(0);
}

static void
an_entry_says_who_did_what_and_why(void **state)
{
	(void)state;
	add("who@example.org");
	assert_answer(
	    "SELECT position, operator, os_user <> '', host <> '', context, command, reason, effect, outcome,"
	    " jsonb_array_length(targets), before IS NULL, after IS NOT NULL FROM audit_entries",
	    "1|postgres|t|t|test|tests run --reason 'because '\\''it'\\'' had to be'|because 'it' had to "
	    "be|write|Done|"
	    "1|t|t");
	assert_answer("SELECT previous_hash FROM audit_entries", AUDIT_CHAIN_START);
	assert_whole(1);
}

static void
before_and_after_hold_what_changed(void **state)
{
	g_autoptr(Work) work = NULL;
	char email[] = "image@example.org";

	(void)state;
	add(email);
	work = workbench_run(bench, NULL, rename_user, email);
	assert_done(work);
	assert_answer(
	    "SELECT string_agg(c.key, ',' ORDER BY c.key) FROM audit_entries a, jsonb_each(a.after) AS r,"
	    " jsonb_each(r.value) AS c WHERE a.position = 2",
	    "display_name,updated_at");
	assert_answer(
	    "SELECT r.key = 'users ' || u.id FROM audit_entries a, jsonb_each(a.before) AS r, users u"
	    " WHERE a.position = 2",
	    "t");
	assert_whole(2);
}

static void
personal_values_stand_beside_the_chain(void **state)
{
	(void)state;
	add("private@example.org");
	assert_answer("SELECT count(*) FROM audit_entries WHERE audit_entries::text ~ 'private|Wirth'", "0");
	assert_answer(
	    "SELECT string_agg(field || '=' || value, ',' ORDER BY field) FROM audit_personal_values",
	    "display_name.after=Niklaus Wirth,email.after=private@example.org");
	assert_answer("SELECT bool_and(r.value ->> split_part(p.field, '.', 1) ="
		      " 'sha256:' || encode(sha256(convert_to(p.salt || ':' || p.value, 'UTF8')), 'hex'))"
		      " FROM audit_personal_values p JOIN audit_entries a ON a.id = p.entry_id, "
		      "jsonb_each(a.after) AS r",
	    "t");
	cluster_execute(cluster, DATABASE, "DELETE FROM audit_personal_values");
	assert_whole(1);
}

static void
a_changed_entry_is_found_in_whatever_column(void **state)
{
	static const char *const changes[] = {
		"operator = 'nobody'",
		"os_user = 'nobody'",
		"host = 'elsewhere'",
		"context = 'prod'",
		"command = command || ' '",
		"reason = NULL",
		"effect = 'read'",
		"outcome = 'Failed'",
		"at = at + interval '1 microsecond'",
		"targets = '[]'",
		"before = '{}'",
		"after = NULL",
		"id = gen_random_uuid()",
		"hash = repeat('a', 64)",
	};

	(void)state;
	for (int i = 0; i < 3; i++)
		add((const char *const[]){ "a@example.org", "b@example.org", "c@example.org" }[i]);
	cluster_execute(cluster, DATABASE, "CREATE TABLE kept AS SELECT * FROM audit_entries");
	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autofree char *sql =
		    g_strdup_printf("UPDATE audit_entries SET %s WHERE position = 2", changes[i]);

		tamper(sql);
		assert_broken("broken at entry 2 ");
		tamper("DELETE FROM audit_personal_values; DELETE FROM audit_entries;"
		       " INSERT INTO audit_entries SELECT * FROM kept");
	}
	assert_whole(3);
}

static void
a_changed_personal_value_is_found(void **state)
{
	static const char *const changes[] = {
		"UPDATE audit_personal_values SET value = 'Niklaus Wirt' WHERE field = 'display_name.after'",
		"UPDATE audit_personal_values SET salt = repeat('0', 32) WHERE field = 'email.after'",
		"UPDATE audit_personal_values SET field = 'email.before' WHERE field = 'email.after'",
		"UPDATE audit_personal_values SET user_id = gen_random_uuid() WHERE field = 'email.after'",
		"INSERT INTO audit_personal_values SELECT entry_id, user_id, 'role.after', salt, 'Admin'"
		" FROM audit_personal_values WHERE field = 'email.after'",
	};

	(void)state;
	add("a@example.org");
	add("b@example.org");
	cluster_execute(cluster, DATABASE, "CREATE TABLE kept AS SELECT * FROM audit_personal_values");
	for (size_t i = 0; i < G_N_ELEMENTS(changes); i++) {
		cluster_execute(cluster, DATABASE, changes[i]);
		assert_broken("beside audit entry 1 ");
		cluster_execute(cluster, DATABASE,
		    "DELETE FROM audit_personal_values; INSERT INTO audit_personal_values SELECT * FROM kept");
	}
	assert_whole(2);
	cluster_execute(cluster, DATABASE, "DROP TABLE audit_personal_values");
	assert_whole(2);
}

static void
a_missing_entry_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		add((const char *const[]){ "a@example.org", "b@example.org", "c@example.org" }[i]);
	tamper("DELETE FROM audit_personal_values; DELETE FROM audit_entries WHERE position = 2");
	assert_broken("entry 2 before it is missing");
}

static gpointer
write_many(gpointer number)
{
	g_autoptr(Workbench) own = workbench_open(cluster, DATABASE);
	int failures = 0;

	for (int i = 0; i < RUNS; i++) {
		g_autofree char *email =
		    g_strdup_printf("writer-%d-%d@example.org", GPOINTER_TO_INT(number), i);
		g_autoptr(Work) work = workbench_run(own, NULL, register_user, email);

		failures += work->error != NULL;
	}
	return GINT_TO_POINTER(failures);
}

static void
writers_at_the_same_time_keep_one_chain(void **state)
{
	GThread *writers[WRITERS];

	(void)state;
	for (int i = 0; i < WRITERS; i++)
		writers[i] = g_thread_new("writer", write_many, GINT_TO_POINTER(i));
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(GPOINTER_TO_INT(g_thread_join(writers[i])), 0);
	assert_whole(WRITERS * RUNS);
}

static void
the_canonical_form_is_written_down(void **state)
{
	const AuditEntry entry = {
		.id = "01890a5d-ac96-774b-bcce-b302099a8057",
		.position = 7,
		.at = 1767225600000001,
		.operator_name = "ada",
		.os_user = "a",
		.host = "",
		.context = "prod",
		.command = "posts publish \xc3\xa4",
		.effect = "write",
		.outcome = "Done",
		.targets = "[ \"post 1\" ]",
		.after = "{\"b\": {\"y\": null, \"x\": \"\xc3\xa4\"}, \"a\": 1}",
		.previous_hash = AUDIT_CHAIN_START,
	};
	g_autofree char *canonical = audit_entry_canonical(&entry);

	(void)state;
	assert_string_equal(canonical,
	    "signalbox audit entry 1\n"
	    "id=36:01890a5d-ac96-774b-bcce-b302099a8057\n"
	    "position=1:7\n"
	    "at=16:1767225600000001\n"
	    "operator=3:ada\n"
	    "os_user=1:a\n"
	    "host=0:\n"
	    "context=4:prod\n"
	    "command=16:posts publish \xc3\xa4\n"
	    "reason=null\n"
	    "effect=5:write\n"
	    "outcome=4:Done\n"
	    "targets=10:[\"post 1\"]\n"
	    "before=null\n"
	    "after=31:{\"a\":1,\"b\":{\"x\":\"\xc3\xa4\",\"y\":null}}\n"
	    "previous_hash=64:" AUDIT_CHAIN_START "\n");
}

int
main(void)
{
#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_canonical_form_is_written_down),
		WITH_BENCH(an_empty_chain_is_whole),
		WITH_BENCH(an_entry_says_who_did_what_and_why),
		WITH_BENCH(before_and_after_hold_what_changed),
		WITH_BENCH(personal_values_stand_beside_the_chain),
		WITH_BENCH(a_changed_entry_is_found_in_whatever_column),
		WITH_BENCH(a_changed_personal_value_is_found),
		WITH_BENCH(a_missing_entry_is_found),
		WITH_BENCH(writers_at_the_same_time_keep_one_chain),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
