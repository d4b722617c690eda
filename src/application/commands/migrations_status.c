#include "commands/migrations.h"

#include "application/completion.h"
#include "application/run.h"

typedef struct MigrationsStatusArgs {
	char *folder;
} MigrationsStatusArgs;

static const ArgDef args_table[] = {
	{ .name = "folder",
	    .value = "DIR",
	    .help = "where the files are; the built-in ones unless given",
	    .type = ARG_TEXT,
	    .offset = offsetof(MigrationsStatusArgs, folder),
	    .complete = complete_file },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const MigrationsStatusArgs *args = data;
	MigrationPort *migrations = run->session->migrations;

	return migrations->status(migrations, args->folder, run->frontend, error);
}

const CommandDef migrations_status_command = {
	.name = "migrations status",
	.summary = "Compare the migration files with the history in the database",
	.details = "Each one is applied, pending, out of order, changed since it was applied, failed, or "
		   "without a file.",
	.example = "migrations status",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = args_table,
	.args_size = sizeof(MigrationsStatusArgs),
	.handle = handle,
};
