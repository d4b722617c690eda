#include "persistence/migrations/migration_internal.h"
#include "persistence/migrations/migration_prepared.h"
#include "persistence/migrations/migration_set.h"

static void
free_script(gpointer script)
{
	migration_script_free(script);
}

static void
free_prepared(gpointer data)
{
	PreparedRun *self = data;

	g_ptr_array_unref(self->scripts);
	g_ptr_array_unref(self->files);
	g_free(self->elsewhere);
	g_free(self->reason);
	g_free(self);
}

static void
say_script(BulkPlan *plan, const Migration *migration, const MigrationScript *script)
{
	unsigned count = migration_script_count(script);
	const char *order =
	    migration->state == MIGRATION_OUT_OF_ORDER ? ", after later ones were applied" : "";

	if (migration_script_is_whole(script))
		bulk_plan_say(plan, "%s: sent whole, line %u is not understood (%s)%s", migration->name,
		    sql_line_of(script->file->sql, script->parse->error_offset), script->parse->error, order);
	else
		bulk_plan_say(plan, "%s: %u %s%s", migration->name, count,
		    count == 1 ? "statement" : "statements", order);
}

/* What stands is not touched, but whoever applies something should know that the files say something else. */
static void
say_unselected(BulkPlan *plan, const MigrationSet *set, const MigrationSelection *selection)
{
	unsigned changed = 0;

	for (guint i = 0; i < set->migrations->len; i++)
		changed += g_array_index(set->migrations, Migration, i).state == MIGRATION_CHANGED;
	if (changed > 0)
		bulk_plan_say(plan, "%u applied %s changed since: 'migrations status' names them", changed,
		    changed == 1 ? "file has" : "files have");
	if (selection->name != NULL && plan->total == 0)
		bulk_plan_say(plan, "%s is applied already", selection->name);
}

static bool
read_scripts(const GPtrArray *due, PreparedRun *prepared, BulkPlan *plan, GError **error)
{
	for (guint i = 0; i < due->len; i++) {
		const Migration *migration = g_ptr_array_index(due, i);
		MigrationScript *script;

		if (!migration_script_read(migration->file, &script, error))
			return false;
		g_ptr_array_add(prepared->scripts, script);
		say_script(plan, migration, script);
	}
	return true;
}

bool
migrations_prepare(MigrationPort *port, const MigrationSelection *selection, const char *reason,
    BulkPlan *plan, GError **error)
{
	MigrationEngine *self = (MigrationEngine *)port;
	PreparedRun *prepared = g_new0(PreparedRun, 1);
	g_autoptr(MigrationSet) set = NULL;
	g_autoptr(GPtrArray) due = NULL;

	prepared->scripts = g_ptr_array_new_with_free_func(free_script);
	prepared->files = g_ptr_array_new();
	prepared->reason = g_strdup(reason);
	plan->data = prepared;
	plan->free_data = free_prepared;
	if (!migration_set_read(self->connection, selection->folder, &set, error) ||
	    !migration_set_select(set, selection, &due, error))
		return false;
	g_ptr_array_unref(prepared->files);
	prepared->files = g_ptr_array_ref(set->files);
	prepared->elsewhere = g_new0(bool, due->len + 1);
	if (!read_scripts(due, prepared, plan, error))
		return false;
	plan->total = due->len;
	plan->batches = due->len;
	say_unselected(plan, set, selection);
	return true;
}
