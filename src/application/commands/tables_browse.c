#include "commands/tables.h"

#include "application/completion.h"
#include "application/run.h"
#include "queries/list_arguments.h"

typedef struct TablesBrowseArgs {
	char *table;
	ListArgs list;
} TablesBrowseArgs;

static const ArgDef args_table[] = {
	{ .name = "table",
	    .value = "[SCHEMA.]TABLE",
	    .help = "a table or view",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(TablesBrowseArgs, table),
	    .complete = complete_table },
	LIST_ARGUMENTS(offsetof(TablesBrowseArgs, list)),
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const TablesBrowseArgs *args = data;

	return list_validate(&args->list, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const TablesBrowseArgs *args = data;
	Reader *reader = run->session->reader;
	const ResourceDef *resource;

	return reader->table(reader, args->table, &resource, error) &&
	    list_resource(run, resource, &args->list, error);
}

/* Its fields are only known from the catalog, so there is no resource. */
const CommandDef tables_browse_command = {
	.name = "tables browse",
	.summary = "List the rows of any table or view, page by page",
	.example = "tables browse public.tags --limit 20",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = args_table,
	.args_size = sizeof(TablesBrowseArgs),
	.validate = validate,
	.handle = handle,
};
