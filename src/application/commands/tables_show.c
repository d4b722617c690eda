#include "commands/tables.h"

#include "application/completion.h"
#include "application/run.h"

typedef struct TablesShowArgs {
	char *table;
} TablesShowArgs;

static const ArgDef args_table[] = {
	{ .name = "table",
	    .value = "[SCHEMA.]TABLE",
	    .help = "a table or view",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(TablesShowArgs, table),
	    .complete = complete_table },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const TablesShowArgs *args = data;
	Reader *reader = run->session->reader;

	return reader->describe_table(reader, args->table, run->frontend, error);
}

const CommandDef tables_show_command = {
	.name = "tables show",
	.summary = "Show a table's columns, indexes, constraints and size",
	.example = "tables show public.posts",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = args_table,
	.args_size = sizeof(TablesShowArgs),
	.resource = &tables_resource,
	.handle = handle,
};
