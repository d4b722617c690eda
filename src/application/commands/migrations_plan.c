#include "commands/migrations.h"

#include "application/run.h"
#include "commands/migration_selection.h"

static bool
validate(const void *data, GError **error)
{
	return migration_selection_check(data, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	MigrationPort *migrations = run->session->migrations;
	MigrationSelection selection = migration_selection_of(data);

	selection.all |= selection.name == NULL && selection.to == NULL;
	return migrations->plan(migrations, &selection, run->frontend, error);
}

const CommandDef migrations_plan_command = {
	.name = "migrations plan",
	.summary = "Show the statements that apply would run, in their order",
	.details = "Without NAME or --to: of every pending file.",
	.example = "migrations plan",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA,
	.args = migration_selection_args,
	.args_size = sizeof(MigrationSelectionArgs),
	.validate = validate,
	.handle = handle,
};
