#include "workbench.h"

#include "infrastructure/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool
begin(Frontend *self, const ResultShape *shape, GError **error)
{
	(void)self;
	(void)shape;
	(void)error;
	return true;
}

static bool
row(Frontend *self, const Cell *cells, GError **error)
{
	(void)self;
	(void)cells;
	(void)error;
	return true;
}

static bool
end(Frontend *self, const ResultEnd *result_end, GError **error)
{
	(void)self;
	(void)result_end;
	(void)error;
	return true;
}

static void
created(Frontend *self, const char *id)
{
	(void)self;
	(void)id;
}

static void
note(Frontend *self, NoteKind kind, const char *text)
{
	(void)self;
	(void)kind;
	(void)text;
}

static void
progress(Frontend *self, const Progress *value)
{
	(void)self;
	(void)value;
}

static Answer
ask(Frontend *self, const Question *question)
{
	(void)self;
	(void)question;
	return ANSWER_UNAVAILABLE;
}

static Frontend silent = { .begin = begin,
	.row = row,
	.end = end,
	.created = created,
	.note = note,
	.progress = progress,
	.ask = ask };

static char **
conninfo_of(const Cluster *cluster, const char *host, const char *database)
{
	GPtrArray *words = g_ptr_array_new();
	const char *const pairs[] = { "host", host, "user", "postgres", "dbname", database, "port" };

	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
		g_ptr_array_add(words, g_strdup(pairs[i]));
	g_ptr_array_add(words, g_strdup_printf("%d", cluster_port(cluster)));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

Workbench *
workbench_open(const Cluster *cluster, const char *database)
{
	return workbench_open_at(cluster, NULL, database);
}

Workbench *
workbench_open_at(const Cluster *cluster, const char *host, const char *database)
{
	Workbench *self = g_new0(Workbench, 1);
	g_autoptr(GError) error = NULL;

	self->context = (Context){
		.name = g_strdup("test"),
		.conninfo = conninfo_of(cluster, host == NULL ? cluster_host(cluster) : host, database),
		.schema = g_strdup("public"),
		.statement_timeout = 20 * DURATION_SECOND,
		.lock_timeout = 10 * DURATION_SECOND,
		.connect_timeout = 10 * DURATION_SECOND,
	};
	self->cancel = cancel_token_new();
	if (!session_open(&self->context, self->cancel, &self->session, &error))
		fail_msg("no session on '%s': %s", database, error->message);
	return self;
}

void
workbench_close(Workbench *self)
{
	if (self == NULL)
		return;
	session_close(self->session);
	cancel_token_free(self->cancel);
	g_free(self->context.name);
	g_free(self->context.schema);
	g_strfreev(self->context.conninfo);
	g_free(self);
}

Work *
workbench_run(Workbench *self, const WorkOptions *options, PipelineStep step, gpointer data)
{
	static const WorkOptions plain = { 0 };
	Work *work = g_new0(Work, 1);

	if (options == NULL)
		options = &plain;
	work->def = (CommandDef){
		.name = options->name == NULL ? "tests run" : options->name,
		.summary = "Run a test's own step",
		.effect = options->effect == EFFECT_LOCAL ? EFFECT_WRITE : options->effect,
		.flags = options->flags,
		.validate = options->validate,
	};
	work->arguments.def = &work->def;
	work->arguments.common.dry_run = options->dry_run;
	work->arguments.common.idempotency_key = g_strdup(options->key);
	work->arguments.common.reason = g_strdup(options->reason);
	work->arguments.common.timeout = options->timeout;
	work->run = command_run_new(&work->arguments, self->session, &silent);
	work->run->within_script = options->within_script;
	pipeline_run(work->run, step, data, &work->error);
	return work;
}

void
work_free(Work *self)
{
	if (self == NULL)
		return;
	command_run_free(self->run);
	g_free(self->arguments.common.idempotency_key);
	g_free(self->arguments.common.reason);
	g_clear_error(&self->error);
	g_free(self);
}
