#ifndef SIGNALBOX_TESTS_MIGRATION_BENCH_H
#define SIGNALBOX_TESTS_MIGRATION_BENCH_H

/* A database and a folder of migration files of each test's own, for the tests of the migration engine. */

#include "base/error.h"
#include "session_internal.h"
#include "workbench.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct MigrationBench {
	char *database;
	char *folder;
	Workbench *bench;
} MigrationBench;

static Cluster *cluster;

static int
start_cluster(void **state)
{
	(void)state;
	cluster = cluster_start();
	return 0;
}

static int
stop_cluster(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static int
open_bench(void **state)
{
	static unsigned number;
	MigrationBench *self = g_new0(MigrationBench, 1);

	self->database = g_strdup_printf("migrations_%u", ++number);
	cluster_database(cluster, self->database);
	self->folder = g_dir_make_tmp("signalbox-migrations-XXXXXX", NULL);
	self->bench = workbench_open(cluster, self->database);
	*state = self;
	return 0;
}

static int
close_bench(void **state)
{
	MigrationBench *self = *state;
	g_autoptr(GDir) entries = g_dir_open(self->folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(self->folder, name, NULL);
		g_remove(path);
	}
	g_rmdir(self->folder);
	workbench_close(self->bench);
	cluster_drop_database(cluster, self->database);
	g_free(self->database);
	g_free(self->folder);
	g_free(self);
	return 0;
}

static void
write_migration(const MigrationBench *self, const char *name, const char *sql)
{
	g_autofree char *path = g_strdup_printf("%s/%s.sql", self->folder, name);

	assert_true(g_file_set_contents(path, sql, -1, NULL));
}

static void
assert_answer(const MigrationBench *self, const char *sql, const char *expected)
{
	g_autofree char *answer = cluster_query_text(cluster, self->database, sql);

	assert_string_equal(answer, expected);
}

/* What a front end was shown: cells joined by '|', rows by newlines, null as '-'. */
typedef struct Recorder {
	Frontend frontend;
	size_t columns;
	GString *rows;
} Recorder;

static inline bool
recorder_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	Recorder *self = (Recorder *)frontend;

	(void)error;
	self->columns = shape->column_count;
	return true;
}

static inline bool
recorder_row(Frontend *frontend, const Cell *cells, GError **error)
{
	Recorder *self = (Recorder *)frontend;

	(void)error;
	for (size_t i = 0; i < self->columns; i++) {
		g_string_append(self->rows, i > 0 ? "|" : "");
		g_string_append(self->rows, cells[i].null ? "-" : cells[i].text);
		assert_int_equal(strlen(cells[i].text), cells[i].size);
	}
	g_string_append_c(self->rows, '\n');
	return true;
}

static inline bool
recorder_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	(void)frontend;
	(void)end;
	(void)error;
	return true;
}

static inline Recorder
recorder_of(GString *rows)
{
	return (Recorder){ .frontend = { .begin = recorder_begin, .row = recorder_row, .end = recorder_end },
		.rows = rows };
}

/* A read or a step of an apply on its way through the pipeline. */
typedef struct MigrationStep {
	const MigrationSelection *selection;
	const char *name;
	Recorder recorder;
	BulkPlan *plan;
	unsigned index;
	GPtrArray *notes;
} MigrationStep;

static const WorkOptions read_options = {
	.name = "migrations status", .effect = EFFECT_READ, .flags = COMMAND_NO_SCHEMA
};
static const WorkOptions apply_options = { .name = "migrations apply",
	.effect = EFFECT_WRITE,
	.flags = COMMAND_OWN_SESSION | COMMAND_NO_SCHEMA | COMMAND_OWN_TRANSACTIONS };

static inline bool
prepare_step(CommandRun *run, gpointer data, GError **error)
{
	MigrationStep *step = data;
	MigrationPort *port = run->session->migrations;

	g_clear_pointer(&step->plan, bulk_plan_free);
	step->plan = bulk_plan_new();
	return port->prepare(port, step->selection, "a test", step->plan, error);
}

static inline bool
apply_step(CommandRun *run, gpointer data, GError **error)
{
	MigrationStep *step = data;
	MigrationPort *port = run->session->migrations;

	return port->apply(port, step->plan, step->index, step->notes, error);
}

/* What an apply did, for the test to look at. */
typedef struct Applied {
	BulkPlan *plan;
	GPtrArray *notes;
	GError *error;
} Applied;

static inline void
applied_free(Applied *self)
{
	bulk_plan_free(self->plan);
	g_ptr_array_unref(self->notes);
	g_clear_error(&self->error);
	g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Applied, applied_free)

/* As command_execute does it: a transaction that prepares, then one for every file, up to the first that
 * fails. */
static inline Applied *
apply_with(Workbench *bench, const MigrationSelection *selection, const WorkOptions *options)
{
	Applied *self = g_new0(Applied, 1);
	MigrationStep step = { .selection = selection };
	g_autoptr(Work) prepared = workbench_run(bench, options, prepare_step, &step);

	self->plan = step.plan;
	self->notes = step.notes = g_ptr_array_new_with_free_func(g_free);
	self->error = g_steal_pointer(&prepared->error);
	for (; self->error == NULL && step.index < self->plan->batches; step.index++) {
		g_autoptr(Work) done = workbench_run(bench, options, apply_step, &step);

		self->error = g_steal_pointer(&done->error);
	}
	return self;
}

static inline Applied *
apply_all(const MigrationBench *self)
{
	const MigrationSelection all = { .folder = self->folder, .all = true };

	return apply_with(self->bench, &all, &apply_options);
}

static inline void
assert_applied(const Applied *applied, unsigned count)
{
	if (applied->error != NULL)
		fail_msg("%s", applied->error->message);
	assert_int_equal(applied->plan->done, count);
}

static inline void
assert_refused(const Applied *applied, SbErrorCode code, const char *says)
{
	if (applied->error == NULL)
		fail_msg("it was applied");
	if (strstr(applied->error->message, says) == NULL)
		fail_msg("'%s' is not in '%s'", says, applied->error->message);
	assert_int_equal(applied->error->code, code);
}

static inline bool
status_step(CommandRun *run, gpointer data, GError **error)
{
	MigrationStep *step = data;
	MigrationPort *port = run->session->migrations;

	return port->status(port, step->selection->folder, &step->recorder.frontend, error);
}

static inline bool
plan_step(CommandRun *run, gpointer data, GError **error)
{
	MigrationStep *step = data;
	MigrationPort *port = run->session->migrations;

	return port->plan(port, step->selection, &step->recorder.frontend, error);
}

static inline bool
show_step(CommandRun *run, gpointer data, GError **error)
{
	MigrationStep *step = data;
	MigrationPort *port = run->session->migrations;

	return port->show(port, step->selection->folder, step->name, &step->recorder.frontend, error);
}

/* What the step shows, newly allocated. */
static inline char *
shown(const MigrationBench *self, PipelineStep show, const char *name)
{
	const MigrationSelection all = { .folder = self->folder, .all = true };
	g_autoptr(GString) rows = g_string_new(NULL);
	MigrationStep step = { .selection = &all, .name = name, .recorder = recorder_of(rows) };
	g_autoptr(Work) work = workbench_run(self->bench, &read_options, show, &step);

	if (work->error != NULL)
		fail_msg("%s", work->error->message);
	return g_strdup(rows->str);
}

/* The first two columns of the status: "name|state". */
static inline void
assert_states(const MigrationBench *self, const char *expected)
{
	g_autofree char *text = shown(self, status_step, NULL);
	g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
	g_autoptr(GString) found = g_string_new(NULL);

	for (char **row = rows; *row != NULL && **row != '\0'; row++) {
		g_auto(GStrv) cells = g_strsplit(*row, "|", -1);
		g_string_append_printf(found, "%s%s|%s", found->len > 0 ? "\n" : "", cells[0], cells[1]);
	}
	assert_string_equal(found->str, expected);
}

#endif
