/* What the program sends, as the server's own log has it. */

#include "cluster.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "logged"
#define ADA "01900000-0000-7000-8000-0000000000a1"
#define DRAFT "01900000-0000-7000-8000-0000000000b1"
#define PUBLISHED "01900000-0000-7000-8000-0000000000b2"

static Cluster *cluster;

/* The statements of one run of the program, and apart from them what came as parameters. */
typedef struct Sent {
	ProgramResult result;
	GPtrArray *statements; /* of char * */
	GString *parameters;
} Sent;

static void
sent_clear(Sent *self)
{
	program_result_clear(&self->result);
	g_ptr_array_unref(self->statements);
	g_string_free(self->parameters, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sent, sent_clear)

/* A line that begins with a tab goes on with the one before. */
static void
take_entry(Sent *self, const char *entry)
{
	const char *statement = strstr(entry, " LOG:  execute <unnamed>: ");
	const char *simple = strstr(entry, " LOG:  statement: ");
	const char *detail = strstr(entry, " DETAIL:  parameters: ");

	if (statement != NULL)
		g_ptr_array_add(self->statements, g_strdup(statement + strlen(" LOG:  execute <unnamed>: ")));
	else if (simple != NULL)
		g_ptr_array_add(self->statements, g_strdup(simple + strlen(" LOG:  statement: ")));
	else if (detail != NULL)
		g_string_append_printf(self->parameters, "%s\n", detail);
}

static void
read_log(Sent *self, const char *log)
{
	g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
	g_autoptr(GString) entry = g_string_new(NULL);

	for (char **line = lines; *line != NULL; line++) {
		if (**line == '\t') {
			g_string_append(entry, *line);
			continue;
		}
		take_entry(self, entry->str);
		g_string_assign(entry, *line);
	}
	take_entry(self, entry->str);
}

static Sent
run(const char *line)
{
	Sent self = { .statements = g_ptr_array_new_with_free_func(g_free),
		.parameters = g_string_new(NULL) };
	g_autofree char *before = cluster_log(cluster);
	g_autofree char *after = NULL;

	self.result = program_line(line);
	after = cluster_log(cluster);
	read_log(&self, after + strlen(before));
	return self;
}

static guint
count_of(const Sent *self, const char *beginning)
{
	guint count = 0;

	for (guint i = 0; i < self->statements->len; i++)
		count += g_str_has_prefix(self->statements->pdata[i], beginning);
	return count;
}

static const char *
last_of(const Sent *self)
{
	return self->statements->len > 0 ? self->statements->pdata[self->statements->len - 1] : "";
}

static void
assert_exit(const Sent *self, int exit_code)
{
	if (self->result.exit_code != exit_code)
		fail_msg("exit code %d: %s", self->result.exit_code, self->result.err);
}

static void
an_invalid_command_never_begins_a_transaction(void **state)
{
	static const char *const lines[] = {
		"users lst",
		"users list --limt 1",
		"users list satte=Active",
		"users list --order email",
		"users list --columns emial",
		"users add --email ada --name Ada",
		"users add --email ada@example.org --name ''",
		"users rename " ADA,
		"posts publish nonsense",
		"posts publish " DRAFT " " DRAFT,
		"posts edit " DRAFT " --slug 'No Slug'",
		"posts edit " DRAFT,
		"users rename " ADA " X --idempotency-key short",
		"users rename " ADA " X --read-only",
		"posts delete " DRAFT,
		"outbox retry",
		"outbox list state=Ded",
		"outbox show nonsense",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_auto(Sent) sent = run(lines[i]);

		if (sent.result.exit_code != 2 && sent.result.exit_code != 7)
			fail_msg("'%s' ends with %d: %s", lines[i], sent.result.exit_code, sent.result.err);
		if (count_of(&sent, "BEGIN") > 0)
			fail_msg("'%s' begins a transaction", lines[i]);
	}
}

static void
what_a_rule_refuses_is_rolled_back(void **state)
{
	static const struct {
		const char *line;
		int exit_code;
	} cases[] = {
		{ "posts publish " PUBLISHED, 4 },
		{ "users rename nobody@example.org X", 3 },
		{ "users add --email ada@example.org --name Twin", 4 },
		{ "posts edit " DRAFT " --title Y --if-version 1", 5 },
		{ "users list --after nonsense", 2 },
		{ "sql 'select 1/0'", 2 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Sent) sent = run(cases[i].line);

		assert_exit(&sent, cases[i].exit_code);
		assert_int_equal(count_of(&sent, "BEGIN"), 1);
		assert_int_equal(count_of(&sent, "COMMIT"), 0);
		assert_string_equal(last_of(&sent), "ROLLBACK");
	}
}

/* Where the first statement that begins like this stands; fails when there is none. */
static guint
place_of(const Sent *self, const char *beginning)
{
	for (guint i = 0; i < self->statements->len; i++) {
		if (g_str_has_prefix(self->statements->pdata[i], beginning))
			return i;
	}
	fail_msg("'%s' was not sent", beginning);
	return 0;
}

static void
a_write_its_message_its_key_and_its_audit_entry_are_one_transaction(void **state)
{
	static const char *const steps[] = { "BEGIN ISOLATION LEVEL READ COMMITTED",
		"INSERT INTO idempotency_records", "UPDATE posts", "INSERT INTO outbox_messages",
		"SELECT pg_advisory_xact_lock", "INSERT INTO audit_entries", "COMMIT" };
	g_auto(Sent) sent = run("posts publish " DRAFT " --idempotency-key publish-it-once-1");
	g_autofree char *transactions = cluster_query_text(cluster, DATABASE,
	    "SELECT count(*), count(DISTINCT x) FROM (SELECT xmin::text AS x FROM posts WHERE id = '" DRAFT
	    "' UNION ALL SELECT xmin::text FROM outbox_messages WHERE aggregate_id = '" DRAFT
	    "' UNION ALL SELECT xmin::text FROM idempotency_records WHERE key = 'publish-it-once-1'"
	    " UNION ALL (SELECT xmin::text FROM audit_entries ORDER BY position DESC LIMIT 1)) AS rows");

	(void)state;
	assert_exit(&sent, 0);
	assert_int_equal(count_of(&sent, "BEGIN"), 1);
	assert_int_equal(count_of(&sent, "COMMIT"), 1);
	assert_int_equal(count_of(&sent, "ROLLBACK"), 0);
	assert_int_equal(count_of(&sent, "SAVEPOINT"), 0);
	for (size_t i = 1; i < G_N_ELEMENTS(steps); i++)
		assert_true(place_of(&sent, steps[i - 1]) < place_of(&sent, steps[i]));
	assert_string_equal(last_of(&sent), "COMMIT");
	assert_string_equal(transactions, "4|1");
}

static void
reads_are_begun_read_only(void **state)
{
	static const char *const lines[] = { "users list", "users show " ADA, "posts list --all",
		"posts list --count state=Draft", "outbox list", "outbox stats", "outbox errors",
		"idempotency list", "idempotency stuck", "audit list", "audit verify", "tables list",
		"tables show public.posts", "tables browse public.tags", "sql 'select 1'" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_auto(Sent) sent = run(lines[i]);

		if (sent.result.exit_code != 0)
			fail_msg("'%s' ends with %d: %s", lines[i], sent.result.exit_code, sent.result.err);
		if (count_of(&sent, "BEGIN") == 0 ||
		    count_of(&sent, "BEGIN") != count_of(&sent, "BEGIN READ ONLY"))
			fail_msg("'%s' reads in a transaction that may write", lines[i]);
		if (strcmp(last_of(&sent), "COMMIT") != 0)
			fail_msg("'%s' ends with '%s'", lines[i], last_of(&sent));
	}
}

/* A read takes no transaction id; a dry run writes and takes all of it back. */
static void
a_dry_run_ends_in_rollback(void **state)
{
	g_auto(Sent) sent = run("users rename " ADA " 'Ada King' --dry-run");

	(void)state;
	assert_exit(&sent, 0);
	assert_int_equal(count_of(&sent, "UPDATE users"), 1);
	assert_int_equal(count_of(&sent, "COMMIT"), 0);
	assert_string_equal(last_of(&sent), "ROLLBACK");
}

static void
an_atomic_script_is_one_transaction(void **state)
{
	g_autofree char *good = program_file(
	    "good.sbx", "users rename " ADA " First\nusers rename " ADA " Second\nusers show " ADA "\n");
	g_autofree char *bad =
	    program_file("bad.sbx", "users rename " ADA " Third\nposts publish " PUBLISHED "\n");
	g_autofree char *good_line = g_strdup_printf("run %s --atomic", good);
	g_autofree char *bad_line = g_strdup_printf("run %s --atomic", bad);
	g_auto(Sent) done = run(good_line);
	g_auto(Sent) undone = run(bad_line);
	g_autofree char *name =
	    cluster_query_text(cluster, DATABASE, "SELECT display_name FROM users WHERE id = '" ADA "'");

	(void)state;
	assert_exit(&done, 0);
	assert_int_equal(count_of(&done, "BEGIN"), 1);
	assert_int_equal(count_of(&done, "INSERT INTO audit_entries"), 2);
	assert_int_equal(count_of(&done, "COMMIT"), 1);
	assert_exit(&undone, 4);
	assert_int_equal(count_of(&undone, "BEGIN"), 1);
	assert_int_equal(count_of(&undone, "COMMIT"), 0);
	assert_string_equal(last_of(&undone), "ROLLBACK");
	assert_string_equal(name, "Second");
}

#define MARK "zq4711"

static void
every_value_arrives_as_a_parameter(void **state)
{
	static const char *const lines[] = {
		"users add --email " MARK "@example.org --name " MARK " --reason " MARK
		" --idempotency-key " MARK "-0123456789abcdef",
		"users list email~" MARK,
		"users list " MARK,
		"users list display_name=" MARK "," MARK,
		"users show " MARK "@example.org",
		"posts add --author " MARK "@example.org --title " MARK " --content " MARK " --excerpt " MARK
		" --tag " MARK,
		"posts list slug>" MARK,
		"outbox list payload." MARK "=" MARK,
		"outbox list ordering_key=" MARK,
		"audit list command~" MARK,
		"idempotency show " MARK,
		"tables browse public.tags name=" MARK,
		"tables show " MARK,
		"tables list " MARK,
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		g_auto(Sent) sent = run(lines[i]);

		if (sent.result.exit_code != 0 && sent.result.exit_code != 3)
			fail_msg("'%s' ends with %d: %s", lines[i], sent.result.exit_code, sent.result.err);
		for (guint s = 0; s < sent.statements->len; s++) {
			if (strstr(sent.statements->pdata[s], MARK) != NULL)
				fail_msg("'%s' sends a value as SQL: %s", lines[i],
				    (char *)sent.statements->pdata[s]);
		}
		if (strstr(sent.parameters->str, MARK) == NULL)
			fail_msg("'%s' sends no value", lines[i]);
	}
}

/* Whoever reads the server's log, or the table, learns no password. */
static void
a_password_is_hashed_before_it_is_sent(void **state)
{
	static const char *const words[] = { "users", "set-password", ADA, "--password-stdin", NULL };
	g_autofree char *before = cluster_log(cluster);
	g_auto(ProgramResult) result =
	    program_run(&(ProgramOptions){ .words = words, .input = MARK " is my password\n" });
	g_autofree char *after = cluster_log(cluster);
	g_autofree char *hash =
	    cluster_query_text(cluster, DATABASE, "SELECT password_hash FROM users WHERE id = '" ADA "'");

	(void)state;
	assert_int_equal(result.exit_code, 0);
	assert_null(strstr(after + strlen(before), MARK " is my"));
	assert_true(g_str_has_prefix(hash, "$argon2id$"));
}

/* By the server's own time-out or by the console's, whichever is first. */
static void
a_statement_that_takes_too_long_is_ended_on_the_server_too(void **state)
{
	gint64 started = g_get_monotonic_time();
	g_auto(Sent) sent = run("sql 'select pg_sleep(60)' --timeout 200ms");
	g_autofree char *left = cluster_query_text(cluster, "postgres",
	    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'select pg_sleep%'");

	(void)state;
	assert_exit(&sent, 8);
	assert_string_equal(sent.result.out, "");
	assert_true(g_str_has_prefix(sent.result.err, "error: the server "));
	assert_true(g_get_monotonic_time() - started < 30 * G_USEC_PER_SEC);
	assert_string_equal(left, "0");
}

static int
start(void **state)
{
	g_autofree char *data = NULL;

	(void)state;
	cluster = cluster_start();
	assert_true(g_file_get_contents(TEST_SOURCE_DIR "/console/scripts/data.sql", &data, NULL, NULL));
	cluster_database_with_schema(cluster, DATABASE);
	cluster_execute(cluster, DATABASE, data);
	cluster_execute(cluster, DATABASE, "ALTER ROLE postgres SET log_statement = 'all'");
	cluster_export(cluster, DATABASE);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_invalid_command_never_begins_a_transaction),
		cmocka_unit_test(what_a_rule_refuses_is_rolled_back),
		cmocka_unit_test(a_write_its_message_its_key_and_its_audit_entry_are_one_transaction),
		cmocka_unit_test(reads_are_begun_read_only),
		cmocka_unit_test(a_dry_run_ends_in_rollback),
		cmocka_unit_test(an_atomic_script_is_one_transaction),
		cmocka_unit_test(every_value_arrives_as_a_parameter),
		cmocka_unit_test(a_password_is_hashed_before_it_is_sent),
		cmocka_unit_test(a_statement_that_takes_too_long_is_ended_on_the_server_too),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
