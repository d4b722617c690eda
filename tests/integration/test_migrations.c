#include "migration_bench.h"

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

static void
an_empty_database_has_everything_pending_and_nothing_made(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1_a", "SELECT 1");
	write_migration(self, "2_b", "SELECT 2");
	assert_states(self, "1_a|pending\n2_b|pending");
	assert_answer(self, "SELECT to_regclass('public.signalbox_migrations') IS NULL", "t");
}

static void
the_reference_migrations_apply_and_apply_once(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection all = { .all = true };
	g_autoptr(Applied) first = apply_with(self->bench, &all, &apply_options);
	g_autoptr(Applied) second = apply_with(self->bench, &all, &apply_options);

	assert_applied(first, first->plan->batches);
	assert_true(first->plan->batches >= 9);
	assert_applied(second, 0);
	assert_int_equal(second->plan->total, 0);
	assert_answer(self,
	    "SELECT to_regclass('outbox_messages') IS NOT NULL, count(*) FILTER (WHERE state_type = 'Applied') >= 9,"
	    " count(*) FILTER (WHERE state_type = 'Lock'), bool_and(name = '(lock)' OR (length(checksum) = 64"
	    " AND statements_done = statements_total AND finished_at >= started_at AND applied_by = 'postgres'"
	    " AND reason = 'a test' AND duration_ms >= 0)) FROM signalbox_migrations",
	    "t|t|1|t");
}

/* Applied through the engine it exists before its file runs, in the other database the file made it. */
static void
the_history_is_the_table_that_the_first_file_makes(void **state)
{
	static const char sql[] =
	    "SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull,"
	    " pg_get_expr(adbin, adrelid)), ',' ORDER BY attnum), (SELECT string_agg(conname || pg_get_constraintdef(oid),"
	    " ',' ORDER BY conname) FROM pg_constraint WHERE conrelid = 'signalbox_migrations'::regclass)"
	    " FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
	    " WHERE attrelid = 'signalbox_migrations'::regclass AND attnum > 0";
	const MigrationBench *self = *state;
	g_autofree char *expected = NULL;
	g_autoptr(Applied) applied = NULL;

	cluster_database_with_schema(cluster, "by_file");
	expected = cluster_query_text(cluster, "by_file", sql);
	write_migration(self, "1_a", "");
	applied = apply_all(self);
	assert_applied(applied, 1);
	assert_answer(self, sql, expected);
}

static void
selections_take_one_or_all_up_to_a_name(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection third = { .folder = self->folder, .name = "3" };
	const MigrationSelection second = { .folder = self->folder, .to = "2" };
	const MigrationSelection unknown = { .folder = self->folder, .to = "9" };

	for (const char *name = "1\0002\0003\0004\0"; *name != '\0'; name += 2)
		write_migration(self, name, "");
	g_autoptr(Applied) one = apply_with(self->bench, &third, &apply_options);
	assert_applied(one, 1);
	assert_states(self, "1|out of order\n2|out of order\n3|applied\n4|pending");
	g_autoptr(Applied) again = apply_with(self->bench, &third, &apply_options);
	assert_applied(again, 0);
	g_autoptr(Applied) up_to = apply_with(self->bench, &second, &apply_options);
	assert_applied(up_to, 2);
	assert_states(self, "1|applied\n2|applied\n3|applied\n4|pending");
	g_autoptr(Applied) none = apply_with(self->bench, &unknown, &apply_options);
	assert_refused(none, SB_ERROR_NOT_FOUND, "no migration '9'");
}

static void
a_file_that_changed_or_went_is_told_and_left_alone(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection changed = { .folder = self->folder, .name = "1" };
	g_autofree char *gone = g_build_filename(self->folder, "2.sql", NULL);

	write_migration(self, "1", "CREATE TABLE a ()");
	write_migration(self, "2", "CREATE TABLE b ()");
	g_autoptr(Applied) first = apply_all(self);
	assert_applied(first, 2);
	write_migration(self, "1", "CREATE TABLE a (n int)");
	g_remove(gone);
	assert_states(self, "1|changed\n2|missing file");
	g_autoptr(Applied) all = apply_all(self);
	assert_applied(all, 0);
	assert_int_equal(all->plan->summary->len, 1);
	g_autoptr(Applied) single = apply_with(self->bench, &changed, &apply_options);
	assert_refused(single, SB_ERROR_CONFLICT, "migration '1' was applied and its file has changed since");
}

static void
a_checkout_with_other_line_ends_changes_nothing(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a (\n);\n");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 1);
	write_migration(self, "1",
	    "\xEF\xBB\xBF"
	    "CREATE TABLE a (\r\n);\r\n");
	assert_states(self, "1|applied");
}

static void
a_file_that_fails_leaves_nothing_and_those_before_it_stand(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ()");
	write_migration(self, "2", "CREATE TABLE b ();\n-- then\nCREATE TABLE a ();");
	write_migration(self, "3", "CREATE TABLE c ()");
	g_autoptr(Applied) applied = apply_all(self);
	assert_refused(applied, SB_ERROR_CONFLICT, "migration '2' line 3: relation \"a\" already exists");
	assert_int_equal(applied->plan->done, 1);
	assert_answer(self,
	    "SELECT to_regclass('a') IS NOT NULL, to_regclass('b') IS NULL, to_regclass('c') IS NULL",
	    "t|t|t");
	assert_states(self, "1|applied\n2|pending\n3|pending");
	write_migration(self, "2", "CREATE TABLE b ()");
	g_autoptr(Applied) mended = apply_all(self);
	assert_applied(mended, 2);
}

static void
what_a_deferred_constraint_refuses_is_said_of_its_file(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1",
	    "CREATE TABLE a (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO a VALUES (1), (1);");
	g_autoptr(Applied) applied = apply_all(self);
	assert_refused(applied, SB_ERROR_CONFLICT, "migration '1': ");
	assert_states(self, "1|pending");
}

static void
a_missing_table_is_no_reason_to_apply_migrations(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "\nALTER TABLE posts ADD COLUMN n int");
	g_autoptr(Applied) applied = apply_all(self);
	assert_refused(applied, SB_ERROR_USAGE, "migration '1' line 2: relation \"posts\" does not exist");
	assert_null(strstr(applied->error->message, "migrations apply"));
}

static void
what_cannot_be_applied_is_refused_before_anything_runs(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ()");
	write_migration(self, "2", "CREATE INDEX CONCURRENTLY ON a (n)");
	g_autoptr(Applied) applied = apply_all(self);
	assert_refused(
	    applied, SB_ERROR_CONFLICT, "migration '2' line 1: CREATE INDEX CONCURRENTLY cannot run");
	assert_answer(self, "SELECT to_regclass('a') IS NULL", "t");
}

static void
a_file_that_the_parser_does_not_know_is_sent_to_the_server(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ();\nFROBNICATE a");
	g_autoptr(Applied) applied = apply_all(self);
	assert_refused(applied, SB_ERROR_USAGE, "migration '1': syntax error at or near \"FROBNICATE\"");
	assert_non_null(strstr(g_ptr_array_index(applied->plan->summary, 0), "sent whole, line 2"));
	assert_answer(self, "SELECT to_regclass('a') IS NULL", "t");
}

static void
files_without_statements_count_as_applied(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "");
	write_migration(self, "2", "-- nothing yet\n");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 2);
	assert_answer(self,
	    "SELECT name, state_type, statements_done FROM signalbox_migrations WHERE name <> '(lock)' ORDER BY 1",
	    "1|Applied|0\n2|Applied|0");
}

static void
what_a_file_sets_reaches_neither_the_history_nor_the_next_file(void **state)
{
	const MigrationBench *self = *state;

	cluster_execute(cluster, self->database, "CREATE ROLE mallory");
	write_migration(self, "1",
	    "CREATE SCHEMA evil; CREATE FUNCTION evil.eq(text, text) RETURNS bool LANGUAGE sql AS 'SELECT false';\n"
	    "CREATE OPERATOR evil.= (FUNCTION = evil.eq, LEFTARG = text, RIGHTARG = text);\n"
	    "CREATE TEMP TABLE signalbox_migrations (name text); SET search_path = evil, pg_catalog;\n"
	    "SET DateStyle = 'German'; SET TIME ZONE 'Asia/Tokyo'; SET check_function_bodies = off;\n"
	    "PREPARE p AS SELECT 1; SELECT pg_advisory_lock(42); SET SESSION AUTHORIZATION mallory;");
	write_migration(self, "2",
	    "CREATE TABLE seen AS SELECT current_setting('search_path') AS path, session_user AS who,"
	    " current_setting('TimeZone') <> 'Asia/Tokyo' AS zone, to_regclass('pg_temp.signalbox_migrations') IS NULL"
	    " AS temp, (SELECT count(*) FROM pg_prepared_statements) AS prepared,"
	    " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42) AS locks;");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 2);
	assert_answer(self, "SELECT * FROM seen", "\"$user\", public|postgres|t|t|0|0");
	assert_answer(self,
	    "SELECT name, applied_by, now() - finished_at BETWEEN '0' AND '1 min'"
	    " FROM public.signalbox_migrations WHERE name <> '(lock)' ORDER BY 1",
	    "1|postgres|t\n2|postgres|t");
	cluster_execute(cluster, self->database, "DROP ROLE mallory");
}

static void
names_of_any_printable_kind_are_values_everywhere(void **state)
{
	static const char *const names[] = { "'; DROP TABLE a; --", "\"x\" $1 %s", "Ünïcode 漢字" };
	const MigrationBench *self = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		write_migration(self, names[i], "CREATE TABLE IF NOT EXISTS a ()");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 3);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *text = shown(self, show_step, names[i]);
		assert_true(g_str_has_prefix(text, names[i]));
	}
	assert_answer(self, "SELECT to_regclass('a') IS NOT NULL", "t");
}

static void
a_dry_run_leaves_no_trace(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection all = { .folder = self->folder, .all = true };
	WorkOptions dry = apply_options;

	dry.dry_run = true;
	write_migration(self, "1", "CREATE TABLE a ()");
	g_autoptr(Applied) applied = apply_with(self->bench, &all, &dry);
	assert_applied(applied, 1);
	assert_answer(self,
	    "SELECT to_regclass('a') IS NULL, to_regclass('public.signalbox_migrations') IS NULL", "t|t");
}

static void
what_the_server_says_is_passed_on(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "DO $$ BEGIN RAISE NOTICE 'look here'; END $$");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 1);
	assert_int_equal(applied->notes->len, 2);
	assert_string_equal(g_ptr_array_index(applied->notes, 0), "look here");
	assert_true(g_str_has_prefix(g_ptr_array_index(applied->notes, 1), "applied 1 in "));
}

static void
the_plan_lists_the_statements_of_pending_files(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "SELECT 1");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 1);
	write_migration(self, "2", "-- ä\nCREATE TABLE a (\n  n int\n);\n\nALTER TABLE a ADD m int;");
	g_autofree char *plan = shown(self, plan_step, NULL);
	assert_string_equal(
	    plan, "2|1|2|CREATE TABLE|CREATE TABLE a (\n2|2|6|ALTER TABLE|ALTER TABLE a ADD m int\n");
}

static void
show_tells_history_and_text(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "SELECT 1;\r\nSELECT 2;");
	g_autofree char *pending = shown(self, show_step, "1");
	assert_string_equal(pending,
	    "1|pending|f64316e71b25e7e950d2440c39420b51dfcc2931e172a923d5b7f89fdc67342d|-|-|-|2|SELECT 1;\nSELECT 2;\n");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 1);
	g_autofree char *text = shown(self, show_step, "1");
	g_auto(GStrv) cells = g_strsplit(text, "|", -1);
	assert_string_equal(cells[1], "applied");
	assert_true(g_str_has_suffix(cells[3], "Z"));
	assert_string_equal(cells[4], "postgres");
	assert_string_equal(cells[6], "2");
}

static void
a_run_that_failed_before_is_shown_and_applied_again(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "SELECT 1");
	write_migration(self, "2", "SELECT 2");
	const MigrationSelection first = { .folder = self->folder, .name = "1" };
	g_autoptr(Applied) one = apply_with(self->bench, &first, &apply_options);
	assert_applied(one, 1);
	cluster_execute(cluster, self->database,
	    "INSERT INTO signalbox_migrations (name, checksum, state_type, error) VALUES ('2', 'x', 'Failed', 'y')");
	assert_states(self, "1|applied\n2|failed");
	g_autoptr(Applied) applied = apply_all(self);
	assert_applied(applied, 1);
	assert_answer(
	    self, "SELECT state_type, error IS NULL FROM signalbox_migrations WHERE name = '2'", "Applied|t");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BENCH(an_empty_database_has_everything_pending_and_nothing_made),
		WITH_BENCH(the_reference_migrations_apply_and_apply_once),
		WITH_BENCH(the_history_is_the_table_that_the_first_file_makes),
		WITH_BENCH(selections_take_one_or_all_up_to_a_name),
		WITH_BENCH(a_file_that_changed_or_went_is_told_and_left_alone),
		WITH_BENCH(a_checkout_with_other_line_ends_changes_nothing),
		WITH_BENCH(a_file_that_fails_leaves_nothing_and_those_before_it_stand),
		WITH_BENCH(what_a_deferred_constraint_refuses_is_said_of_its_file),
		WITH_BENCH(a_missing_table_is_no_reason_to_apply_migrations),
		WITH_BENCH(what_cannot_be_applied_is_refused_before_anything_runs),
		WITH_BENCH(a_file_that_the_parser_does_not_know_is_sent_to_the_server),
		WITH_BENCH(files_without_statements_count_as_applied),
		WITH_BENCH(what_a_file_sets_reaches_neither_the_history_nor_the_next_file),
		WITH_BENCH(names_of_any_printable_kind_are_values_everywhere),
		WITH_BENCH(a_dry_run_leaves_no_trace),
		WITH_BENCH(what_the_server_says_is_passed_on),
		WITH_BENCH(the_plan_lists_the_statements_of_pending_files),
		WITH_BENCH(show_tells_history_and_text),
		WITH_BENCH(a_run_that_failed_before_is_shown_and_applied_again),
	};

	return cmocka_run_group_tests(tests, start_cluster, stop_cluster);
}
