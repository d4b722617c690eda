#include "commands/migrations.h"

#include "application/completion.h"
#include "application/run.h"

typedef struct MigrationsShowArgs {
	char *name;
	char *folder;
} MigrationsShowArgs;

static const ArgDef args_table[] = {
	{ .name = "name",
	    .value = "NAME",
	    .help = "the file's name without .sql",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(MigrationsShowArgs, name),
	    .complete = complete_migration },
	{ .name = "folder",
	    .value = "DIR",
	    .help = "where the files are; the built-in ones unless given",
	    .type = ARG_TEXT,
	    .offset = offsetof(MigrationsShowArgs, folder),
	    .complete = complete_file },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const MigrationsShowArgs *args = data;
	MigrationPort *migrations = run->session->migrations;

	return migrations->show(migrations, args->folder, args->name, run->frontend, error);
}

const CommandDef migrations_show_command = {
	.name = "migrations show",
	.summary = "Show one migration: its history and its SQL",
	.example = "migrations show 20260909_CreatePosts",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = args_table,
	.args_size = sizeof(MigrationsShowArgs),
	.handle = handle,
};
