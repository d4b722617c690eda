#include "persistence/migrations/migration_history.h"
#include "persistence/migrations/migration_internal.h"
#include "persistence/migrations/migration_lock.h"
#include "persistence/migrations/migration_prepared.h"
#include "persistence/migrations/migration_run.h"

#include "base/error.h"
#include "persistence/server_time.h"

#include <string.h>

/* How long another apply is waited for when the operator gave no --timeout. */
#define LOCK_PATIENCE (30 * DURATION_SECOND)

/* Who applies it, as the session was opened, and when, before the file can change either. */
static bool
begin_entry(Connection *connection, Timestamp *ret_now, char **ret_operator, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection,
		"SELECT session_user, " SERVER_MICROSECONDS("pg_catalog.clock_timestamp()"), 0, NULL, &result,
		error) ||
	    !server_time_parse(PQgetvalue(result, 0, 1), ret_now, error))
		return false;
	*ret_operator = g_strdup(PQgetvalue(result, 0, 0));
	return true;
}

/* A lock that is waited for keeps out everyone who comes later; a file may say otherwise for itself. */
static bool
limit_lock_waits(MigrationEngine *self, GError **error)
{
	g_autofree char *milliseconds =
	    g_strdup_printf("%" G_GINT64_FORMAT, self->context->lock_timeout / DURATION_MILLISECOND);
	const char *params[] = { milliseconds };
	g_autoptr(PGresult) result = NULL;

	return connection_query(self->connection,
	    "SELECT pg_catalog.set_config('lock_timeout', $1, true)"
	    " WHERE pg_catalog.current_setting('lock_timeout') = '0'",
	    1, params, &result, error);
}

static bool
run_and_record(MigrationEngine *self, const MigrationScript *script, const char *reason, Duration *ret_took,
    GError **error)
{
	g_autofree char *operator_name = NULL;
	MigrationEntry entry = {
		.name = script->file->name,
		.checksum = script->file->checksum,
		.statements = migration_script_count(script),
		.reason = reason,
	};
	gint64 began;

	if (!begin_entry(self->connection, &entry.started, &operator_name, error) ||
	    !limit_lock_waits(self, error))
		return false;
	began = g_get_monotonic_time();
	if (!migration_run(self->connection, script, error))
		return false;
	entry.duration = g_get_monotonic_time() - began;
	entry.applied_by = operator_name;
	*ret_took = entry.duration;
	return migration_leave_as_new(self->connection, error) &&
	    migration_history_write(self->connection, &entry, error);
}

static void
add_notes(Connection *connection, const MigrationScript *script, Duration took, GPtrArray *ret_notes)
{
	g_autoptr(GPtrArray) said = connection_take_notices(connection);
	g_autofree char *time = duration_format(took);

	for (guint i = 0; i < said->len; i++)
		g_ptr_array_add(ret_notes, g_strdup(g_ptr_array_index(said, i)));
	if (migration_script_is_whole(script))
		g_ptr_array_add(ret_notes,
		    g_strdup_printf("%s was sent whole: the parser of PostgreSQL %s does not understand it",
			script->file->name, sql_parser_version()));
	g_ptr_array_add(ret_notes, g_strdup_printf("applied %s in %s", script->file->name, time));
}

/* Counted anew for every try: a file that is taken out is taken out once. */
static void
leave_out(PreparedRun *prepared, BulkPlan *plan, unsigned index)
{
	uint64_t out = 0;

	prepared->elsewhere[index] = true;
	for (unsigned i = 0; i < plan->batches; i++)
		out += prepared->elsewhere[i];
	plan->total = plan->batches - out;
}

/* True when there is nothing left to do, or an error; `*ret_done` tells which. */
static bool
is_settled(Connection *connection, const MigrationScript *script, bool *ret_applied, GError **error)
{
	g_autoptr(GHashTable) records = NULL;
	const MigrationRecord *record;

	if (!migration_history_read(connection, &records, error))
		return false;
	record = g_hash_table_lookup(records, script->file->name);
	*ret_applied = record != NULL && migration_record_stands(record);
	if (!*ret_applied || strcmp(record->checksum, script->file->checksum) == 0)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
	    "migration '%s' was applied by '%s' meanwhile, with another text: nothing was done",
	    script->file->name, record->applied_by);
	return false;
}

bool
migrations_apply(MigrationPort *port, BulkPlan *plan, unsigned index, GPtrArray *ret_notes, GError **error)
{
	MigrationEngine *self = (MigrationEngine *)port;
	PreparedRun *prepared = plan->data;
	const MigrationScript *script = g_ptr_array_index(prepared->scripts, index);
	bool is_applied;
	Duration took;

	if (!migration_lock_take(self->connection, LOCK_PATIENCE, error) ||
	    !is_settled(self->connection, script, &is_applied, error))
		return false;
	if (is_applied) {
		leave_out(prepared, plan, index);
		g_ptr_array_add(ret_notes,
		    g_strdup_printf("%s was applied by someone else meanwhile", script->file->name));
		return true;
	}
	g_ptr_array_unref(connection_take_notices(self->connection));
	if (!run_and_record(self, script, prepared->reason, &took, error))
		return false;
	add_notes(self->connection, script, took, ret_notes);
	plan->done++;
	return true;
}
