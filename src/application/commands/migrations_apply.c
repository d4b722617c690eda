#include "commands/migrations.h"

#include "application/run.h"
#include "base/error.h"
#include "commands/migration_selection.h"

static bool
validate(const void *data, GError **error)
{
	const MigrationSelectionArgs *args = data;

	if (!migration_selection_check(args, error))
		return false;
	if (args->name != NULL || args->to != NULL || args->all)
		return true;
	g_set_error_literal(error, SB_ERROR, SB_ERROR_USAGE,
	    "'migrations apply' lacks what to apply: NAME, --to NAME or --all; 'migrations plan' shows what "
	    "is pending");
	return false;
}

static bool
prepare(CommandRun *run, const void *data, BulkPlan **ret_plan, GError **error)
{
	MigrationPort *migrations = run->session->migrations;
	MigrationSelection selection = migration_selection_of(data);
	g_autoptr(BulkPlan) plan = bulk_plan_new();

	if (!migrations->prepare(migrations, &selection, run->arguments->common.reason, plan, error))
		return false;
	plan->noun = g_strdup(plan->total == 1 ? "migration" : "migrations");
	if (plan->title == NULL)
		plan->title = g_strdup_printf("Apply %" G_GUINT64_FORMAT " %s?", plan->total, plan->noun);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}

static bool
apply(CommandRun *run, BulkPlan *plan, unsigned index, GError **error)
{
	MigrationPort *migrations = run->session->migrations;
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);

	if (!migrations->apply(migrations, plan, index, notes, error))
		return false;
	for (guint i = 0; i < notes->len; i++)
		run_note(run, NOTE_INFO, "%s", (const char *)g_ptr_array_index(notes, i));
	return true;
}

static const BulkDef bulk = { .plan = prepare, .act = apply, .dry_run_all = true };

const CommandDef migrations_apply_command = {
	.name = "migrations apply",
	.summary = "Apply pending migrations, each in a transaction of its own",
	.details = "Nothing is ever applied by itself. A file that fails leaves nothing behind; those before "
		   "it stand.",
	.example = "migrations apply --all",
	.effect = EFFECT_DESTRUCTIVE,
	.role = ROLE_ADMIN,
	.flags = COMMAND_OWN_SESSION | COMMAND_NO_SCHEMA | COMMAND_OWN_TRANSACTIONS,
	.args = migration_selection_args,
	.args_size = sizeof(MigrationSelectionArgs),
	.validate = validate,
	.bulk = &bulk,
};
