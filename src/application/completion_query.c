#include "completion_query.h"

#include "application/pipeline.h"
#include "application/run.h"

#include <string.h>

/* Many enough to choose from, few enough to read. */
#define CANDIDATE_LIMIT 30
/* Who presses Tab does not want to wait. */
#define QUERY_TIMEOUT DURATION_SECOND

static bool
handle_nothing(CommandRun *run, const void *args, GError **error)
{
	(void)run;
	(void)args;
	(void)error;
	return true;
}

/* What completion asks goes the way of every read: BEGIN READ ONLY, search_path, time-outs. */
static const CommandDef query_command = {
	.name = "complete",
	.summary = "Find candidates",
	.effect = EFFECT_READ,
	.handle = handle_nothing,
};

static void
ask(Completion *completion, PipelineStep step, gpointer data)
{
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(CommandRun) run = NULL;

	if (completion->session == NULL || !arguments_parse(&query_command, NULL, 0, NULL, &arguments, NULL))
		return;
	arguments->common.timeout = QUERY_TIMEOUT;
	run = command_run_new(arguments, completion->session, NULL);
	run->registry = completion->registry;
	pipeline_run(run, step, data, NULL);
}

typedef struct ValuesQuery {
	const ResourceDef *resource;
	const char *field;
	const char *prefix;
	GPtrArray *values;
} ValuesQuery;

static bool
values_step(CommandRun *run, gpointer data, GError **error)
{
	ValuesQuery *query = data;
	Reader *reader = run->session->reader;

	g_ptr_array_set_size(query->values, 0);
	return reader->values(
	    reader, query->resource, query->field, query->prefix, CANDIDATE_LIMIT, query->values, error);
}

GPtrArray *
completion_values(Completion *completion, const ResourceDef *resource, const char *field, const char *prefix)
{
	ValuesQuery query = { resource, field, prefix, g_ptr_array_new_with_free_func(g_free) };

	ask(completion, values_step, &query);
	g_ptr_array_add(query.values, NULL);
	return query.values;
}

typedef struct TableQuery {
	const char *name;
	const ResourceDef *resource;
} TableQuery;

static bool
table_step(CommandRun *run, gpointer data, GError **error)
{
	TableQuery *query = data;
	Reader *reader = run->session->reader;

	return reader->table(reader, query->name, &query->resource, error);
}

const ResourceDef *
completion_resource(Completion *completion)
{
	const CommandDef *def = completion->def;
	TableQuery query = { .name = completion->values[0] };

	if (def->resource != NULL || query.name == NULL || def->args->complete != complete_table)
		return def->resource;
	ask(completion, table_step, &query);
	return query.resource;
}

static void
add_values(Completion *completion, const ResourceDef *resource, const char *field, const char *prefix)
{
	g_autoptr(GPtrArray) values = completion_values(completion, resource, field, prefix);

	for (guint i = 0; i + 1 < values->len; i++)
		completion_add(completion, g_ptr_array_index(values, i), NULL);
}

/* Takes the rows of a list as candidates: the first cell with the second as its help. */
typedef struct Collector {
	Frontend frontend;
	Completion *completion;
	const char *const *columns;
	const ResourceDef *resource;
} Collector;

static bool
collector_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	(void)frontend;
	(void)shape;
	(void)error;
	return true;
}

static bool
collector_row(Frontend *frontend, const Cell *cells, GError **error)
{
	Collector *self = (Collector *)(void *)frontend;

	(void)error;
	completion_add(self->completion, cells[0].text, cells[1].text);
	return true;
}

static bool
collector_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	(void)frontend;
	(void)end;
	(void)error;
	return true;
}

static void
collector_note(Frontend *frontend, NoteKind kind, const char *text)
{
	(void)frontend;
	(void)kind;
	(void)text;
}

static bool
newest_step(CommandRun *run, gpointer data, GError **error)
{
	Collector *self = data;
	Reader *reader = run->session->reader;
	const ListRequest request = {
		.resource = self->resource, .columns = self->columns, .limit = CANDIDATE_LIMIT
	};

	return reader->list(reader, &request, &self->frontend, error);
}

/* The newest rows with what they are about; once a part of an id is typed, the ids that begin so. */
static void
add_newest(Completion *completion, const ResourceDef *resource, const char *about, const char *prefix)
{
	const char *const columns[] = { "id", about, NULL };
	Collector collector = {
		.frontend = { .begin = collector_begin,
		    .row = collector_row,
		    .end = collector_end,
		    .note = collector_note },
		.completion = completion,
		.columns = columns,
		.resource = resource,
	};

	if (*prefix == '\0')
		ask(completion, newest_step, &collector);
	else
		add_values(completion, resource, "id", prefix);
}

void
complete_key(Completion *completion, const char *prefix)
{
	const ResourceDef *resource = completion->def->resource;
	const FieldDef *key = resource != NULL ? resource_key(resource) : NULL;

	if (key == NULL)
		return;
	for (const FieldDef *field = resource->fields; field->name != NULL; field++)
		if ((field->flags & FIELD_ALTERNATE_KEY) && field->type == VALUE_TEXT)
			add_values(completion, resource, field->name, prefix);
	/* A name says more than an id: ids are offered where there are no names, or once one is begun. */
	if (completion->candidates->len == 0 || *prefix != '\0')
		add_values(completion, resource, key->name, prefix);
}

void
complete_user(Completion *completion, const char *prefix)
{
	add_values(completion, &users_resource, "email", prefix);
}

void
complete_post(Completion *completion, const char *prefix)
{
	add_newest(completion, &posts_resource, "title", prefix);
}

void
complete_message(Completion *completion, const char *prefix)
{
	add_newest(completion, &outbox_resource, "type", prefix);
}

void
complete_table(Completion *completion, const char *prefix)
{
	add_values(completion, &tables_resource, "table", prefix);
}

void
complete_migration(Completion *completion, const char *prefix)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const struct Session *session = completion->session;

	if (session == NULL || session->migrations == NULL)
		return;
	session->migrations->names(session->migrations, NULL, prefix, names);
	for (guint i = 0; i < names->len; i++)
		completion_add(completion, g_ptr_array_index(names, i), NULL);
}
