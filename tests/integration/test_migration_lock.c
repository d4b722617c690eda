#include "migration_bench.h"

#define WITH_BENCH(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

#define FILES 12

/* A session beside the one under test, with a transaction that stays open. */
static Workbench *
open_holder(const MigrationBench *self, const char *sql)
{
	Workbench *holder = workbench_open(cluster, self->database);
	Connection *connection = infrastructure_session(holder->session)->connection;
	g_autoptr(GError) error = NULL;

	if (!connection_script(connection, sql, &error))
		fail_msg("%s", error->message);
	return holder;
}

static char *
process_of(Workbench *bench)
{
	Connection *connection = infrastructure_session(bench->session)->connection;

	return g_strdup_printf("process %d of 'postgres'", PQbackendPID(connection_handle(connection)));
}

static void
assert_waits_for(const MigrationBench *self, Workbench *holder)
{
	const MigrationSelection all = { .folder = self->folder, .all = true };
	WorkOptions hasty = apply_options;
	g_autofree char *process = process_of(holder);

	hasty.timeout = 700 * DURATION_MILLISECOND;
	g_autoptr(Applied) applied = apply_with(self->bench, &all, &hasty);
	assert_refused(applied, SB_ERROR_TIMEOUT, process);
	assert_non_null(strstr(applied->error->message, "since 20"));
}

static void
who_holds_the_lock_is_named(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ()");
	g_autoptr(Applied) first = apply_all(self);
	assert_applied(first, 1);
	write_migration(self, "2", "CREATE TABLE b ()");
	g_autoptr(Workbench) holder = open_holder(self,
	    "BEGIN; SELECT pg_current_xact_id(); SELECT FROM signalbox_migrations WHERE name = '(lock)' FOR UPDATE");
	assert_waits_for(self, holder);
	g_clear_pointer(&holder, workbench_close);
	g_autoptr(Applied) second = apply_all(self);
	assert_applied(second, 1);
}

static void
who_makes_the_history_is_named(void **state)
{
	const MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ()");
	g_autoptr(Workbench) holder =
	    open_holder(self, "BEGIN; SELECT pg_advisory_xact_lock(1397311310, 1296648018)");
	assert_waits_for(self, holder);
	assert_answer(self, "SELECT to_regclass('public.signalbox_migrations') IS NULL", "t");
}

/* What another thread needs to apply everything; asserts belong to the test's own thread. */
typedef struct Runner {
	Workbench *bench;
	const MigrationSelection *selection;
	Applied *applied;
} Runner;

static gpointer
run(gpointer data)
{
	Runner *self = data;

	self->applied = apply_with(self->bench, self->selection, &apply_options);
	return NULL;
}

static void
two_runners_apply_each_file_once(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection all = { .folder = self->folder, .all = true };
	g_autoptr(Workbench) other = workbench_open(cluster, self->database);
	Runner runners[] = { { self->bench, &all, NULL }, { other, &all, NULL } };
	GThread *threads[G_N_ELEMENTS(runners)];
	uint64_t done = 0;

	write_migration(self, "00", "CREATE TABLE log (n int)");
	for (int i = 1; i < FILES; i++) {
		g_autofree char *name = g_strdup_printf("%02d", i);
		g_autofree char *sql = g_strdup_printf("INSERT INTO log VALUES (%d)", i);
		write_migration(self, name, sql);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(runners); i++)
		threads[i] = g_thread_new("runner", run, &runners[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(runners); i++)
		g_thread_join(threads[i]);
	for (size_t i = 0; i < G_N_ELEMENTS(runners); i++) {
		g_autoptr(Applied) applied = runners[i].applied;
		if (applied->error != NULL)
			fail_msg("%s", applied->error->message);
		assert_int_equal(applied->plan->done, applied->plan->total);
		done += applied->plan->done;
	}
	assert_int_equal(done, FILES);
	assert_answer(self, "SELECT count(*), count(DISTINCT n) FROM log", "11|11");
}

/* It was pending when it was looked at, and is applied by the time that the lock is had. */
static void
a_file_that_someone_applied_meanwhile_is_left_out(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection all = { .folder = self->folder, .all = true };
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
	MigrationStep step = { .selection = &all, .notes = notes };

	write_migration(self, "1", "CREATE TABLE a ()");
	write_migration(self, "2", "CREATE TABLE b ()");
	g_autoptr(Work) prepared = workbench_run(self->bench, &apply_options, prepare_step, &step);
	assert_null(prepared->error);
	g_autoptr(Workbench) other = workbench_open(cluster, self->database);
	const MigrationSelection first = { .folder = self->folder, .name = "1" };
	g_autoptr(Applied) quick = apply_with(other, &first, &apply_options);
	assert_applied(quick, 1);
	for (; step.index < 2; step.index++) {
		g_autoptr(Work) done = workbench_run(self->bench, &apply_options, apply_step, &step);
		assert_null(done->error);
	}
	assert_int_equal(step.plan->done, 1);
	assert_int_equal(step.plan->total, 1);
	assert_string_equal(g_ptr_array_index(notes, 0), "1 was applied by someone else meanwhile");
	bulk_plan_free(step.plan);
}

static void
a_file_that_someone_applied_with_another_text_is_a_conflict(void **state)
{
	const MigrationBench *self = *state;
	const MigrationSelection all = { .folder = self->folder, .all = true };
	MigrationStep step = { .selection = &all };

	write_migration(self, "1", "CREATE TABLE a ()");
	g_autoptr(Work) prepared = workbench_run(self->bench, &apply_options, prepare_step, &step);
	assert_null(prepared->error);
	write_migration(self, "1", "CREATE TABLE a (n int)");
	g_autoptr(Applied) quick = apply_all(self);
	assert_applied(quick, 1);
	g_autoptr(Work) done = workbench_run(self->bench, &apply_options, apply_step, &step);
	assert_true(sb_error_is(done->error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(done->error->message, "with another text"));
	bulk_plan_free(step.plan);
}

static gpointer
cancel_once_it_waits(gpointer data)
{
	const MigrationBench *self = data;
	gint64 deadline = g_get_monotonic_time() + 20 * G_TIME_SPAN_SECOND;

	/* An apply that waits for the lock has its transaction open and runs nothing. */
	while (g_get_monotonic_time() < deadline) {
		g_autofree char *waits = cluster_query_text(cluster, self->database,
		    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in "
		    "transaction' AND query LIKE '%pg_locks%'");
		if (strcmp(waits, "1") == 0)
			break;
	}
	cancel_token_fire(self->bench->cancel);
	return NULL;
}

static void
waiting_for_the_lock_can_be_cancelled(void **state)
{
	MigrationBench *self = *state;

	write_migration(self, "1", "CREATE TABLE a ()");
	g_autoptr(Workbench) holder =
	    open_holder(self, "BEGIN; SELECT pg_advisory_xact_lock(1397311310, 1296648018)");
	GThread *canceller = g_thread_new("cancel", cancel_once_it_waits, self);
	g_autoptr(Applied) applied = apply_all(self);

	g_thread_join(canceller);
	cancel_token_reset(self->bench->cancel);
	assert_refused(applied, SB_ERROR_CANCELLED, "cancelled");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BENCH(who_holds_the_lock_is_named),
		WITH_BENCH(who_makes_the_history_is_named),
		WITH_BENCH(two_runners_apply_each_file_once),
		WITH_BENCH(a_file_that_someone_applied_meanwhile_is_left_out),
		WITH_BENCH(a_file_that_someone_applied_with_another_text_is_a_conflict),
		WITH_BENCH(waiting_for_the_lock_can_be_cancelled),
	};

	return cmocka_run_group_tests(tests, start_cluster, stop_cluster);
}
