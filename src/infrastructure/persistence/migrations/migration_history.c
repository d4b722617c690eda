#include "persistence/migrations/migration_history.h"

#include "base/error.h"
#include "persistence/migrations/migration_files.h"
#include "persistence/server_time.h"

#include <string.h>

static void
record_free(gpointer data)
{
	MigrationRecord *self = data;

	g_free(self->name);
	g_free(self->checksum);
	g_free(self->state);
	g_free(self->statements_done);
	g_free(self->applied_at);
	g_free(self->duration_ms);
	g_free(self->applied_by);
	g_free(self);
}

static char *
value_of(const PGresult *result, int row, const char *column)
{
	int number = PQfnumber(result, column);

	g_assert(number >= 0);
	return PQgetisnull(result, row, number) ? NULL : g_strdup(PQgetvalue(result, row, number));
}

static bool
record_of(const PGresult *result, int row, MigrationRecord *record, GError **error)
{
	g_autofree char *applied = value_of(result, row, "applied_us");
	Timestamp time;

	record->name = value_of(result, row, "name");
	record->checksum = value_of(result, row, "checksum");
	record->state = value_of(result, row, "state_type");
	record->statements_done = value_of(result, row, "statements_done");
	record->duration_ms = value_of(result, row, "duration_ms");
	record->applied_by = value_of(result, row, "applied_by");
	if (applied == NULL)
		return true;
	if (!server_time_parse(applied, &time, error))
		return false;
	record->applied_at = timestamp_format(time);
	return true;
}

static bool
history_exists(Connection *connection, bool *ret_exists, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection,
		"SELECT pg_catalog.to_regclass('" MIGRATION_HISTORY "') IS NOT NULL", 0, NULL, &result,
		error))
		return false;
	*ret_exists = PQgetvalue(result, 0, 0)[0] == 't';
	return true;
}

bool
migration_history_read(Connection *connection, GHashTable **ret_records, GError **error)
{
	static const char sql[] =
	    "SELECT name, checksum, state_type, statements_done, duration_ms, applied_by, " SERVER_MICROSECONDS(
		"finished_at") " AS applied_us"
			       " FROM " MIGRATION_HISTORY;
	g_autoptr(GHashTable) records = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, record_free);
	g_autoptr(PGresult) result = NULL;
	bool exists;

	if (!history_exists(connection, &exists, error) ||
	    (exists && !connection_query(connection, sql, 0, NULL, &result, error)))
		return false;
	for (int row = 0; exists && row < PQntuples(result); row++) {
		MigrationRecord *record = g_new0(MigrationRecord, 1);
		bool is_read = record_of(result, row, record, error);

		if (is_read && strcmp(record->name, MIGRATION_LOCK_NAME) != 0)
			g_hash_table_insert(records, record->name, record);
		else
			record_free(record);
		if (!is_read)
			return false;
	}
	*ret_records = g_steal_pointer(&records);
	return true;
}

bool
migration_record_stands(const MigrationRecord *self)
{
	return strcmp(self->state, "Applied") == 0 || strcmp(self->state, "Baseline") == 0;
}

#define SINCE_START "pg_catalog.to_timestamp($5::pg_catalog.float8 OPERATOR(pg_catalog./) 1000000)"

bool
migration_history_write(Connection *connection, const MigrationEntry *entry, GError **error)
{
	static const char sql[] =
	    "INSERT INTO " MIGRATION_HISTORY
	    " (name, checksum, state_type, statements_total, statements_done, started_at, finished_at, duration_ms,"
	    " applied_by, reason) VALUES ($1, $2, 'Applied', $3, $3, " SINCE_START
	    ", pg_catalog.clock_timestamp(), $4, $6, $7)"
	    " ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, state_type = excluded.state_type,"
	    " statements_total = excluded.statements_total, statements_done = excluded.statements_done,"
	    " started_at = excluded.started_at, finished_at = excluded.finished_at,"
	    " duration_ms = excluded.duration_ms, applied_by = excluded.applied_by, reason = excluded.reason,"
	    " error = NULL, error_statement = NULL";
	g_autofree char *statements = g_strdup_printf("%u", entry->statements);
	g_autofree char *duration =
	    g_strdup_printf("%" G_GINT64_FORMAT, entry->duration / DURATION_MILLISECOND);
	g_autofree char *started = g_strdup_printf("%" G_GINT64_FORMAT, entry->started);
	const char *params[] = { entry->name, entry->checksum, statements, duration, started,
		entry->applied_by, entry->reason };
	g_autoptr(PGresult) result = NULL;

	return connection_query(connection, sql, G_N_ELEMENTS(params), params, &result, error);
}
