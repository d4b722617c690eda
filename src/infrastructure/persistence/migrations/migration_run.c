#include "persistence/migrations/migration_run.h"

#include "base/error.h"
#include "persistence/error_mapping.h"

#include <string.h>

static bool
fail_statement(const MigrationScript *script, unsigned line, GError *reason, GError **error)
{
	/* A hint to apply the migrations helps nobody who is doing so. */
	if (sb_error_is(reason, SB_ERROR_UNAVAILABLE))
		error_blame_typed_sql(reason);
	if (line > 0)
		g_prefix_error(&reason, "migration '%s' line %u: ", script->file->name, line);
	else
		g_prefix_error(&reason, "migration '%s': ", script->file->name);
	g_propagate_error(error, reason);
	return false;
}

static bool
run_statement(
    Connection *connection, const MigrationScript *script, const SqlStatement *statement, GError **error)
{
	g_autofree char *sql = g_strndup(script->file->sql + statement->start, statement->length);
	g_autoptr(PGresult) result = NULL;
	GError *reason = NULL;

	return connection_query(connection, sql, 0, NULL, &result, &reason) ||
	    fail_statement(script, statement->line, reason, error);
}

static bool
transaction_id(Connection *connection, char **ret_xid, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection, "SELECT pg_catalog.pg_current_xact_id()::pg_catalog.text", 0, NULL,
		&result, error))
		return false;
	*ret_xid = g_strdup(PQgetvalue(result, 0, 0));
	return true;
}

/* Nobody read this file: it may have ended the transaction, and with it the lock. */
static bool
run_whole(Connection *connection, const MigrationScript *script, GError **error)
{
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	GError *reason = NULL;

	if (!transaction_id(connection, &before, error))
		return false;
	if (!connection_script(connection, script->file->sql, &reason))
		return fail_statement(script, 0, reason, error);
	if (connection_in_transaction(connection)) {
		if (!transaction_id(connection, &after, error))
			return false;
		if (strcmp(before, after) == 0)
			return true;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_PARTIAL,
	    "migration '%s' ended the transaction that it was applied in: some of it may stand, and the history "
	    "does not tell: look at the database before it is applied again",
	    script->file->name);
	return false;
}

bool
migration_run(Connection *connection, const MigrationScript *script, GError **error)
{
	g_autoptr(PGresult) checked = NULL;
	GError *reason = NULL;

	if (migration_script_is_whole(script) && !run_whole(connection, script, error))
		return false;
	for (guint i = 0; i < script->parse->statements->len; i++) {
		if (!run_statement(connection, script,
			&g_array_index(script->parse->statements, SqlStatement, i), error))
			return false;
	}
	/* What a deferred constraint has to say is said of this file, not of COMMIT. */
	return connection_query(connection, "SET CONSTRAINTS ALL IMMEDIATE", 0, NULL, &checked, &reason) ||
	    fail_statement(script, 0, reason, error);
}

bool
migration_leave_as_new(Connection *connection, GError **error)
{
	static const char *const statements[] = { "RESET SESSION AUTHORIZATION", "RESET ROLE", "RESET ALL",
		"CLOSE ALL", "DEALLOCATE ALL", "UNLISTEN *", "DISCARD SEQUENCES", "DISCARD TEMP",
		"SELECT pg_catalog.pg_advisory_unlock_all()" };

	for (size_t i = 0; i < G_N_ELEMENTS(statements); i++) {
		g_autoptr(PGresult) result = NULL;

		if (!connection_query(connection, statements[i], 0, NULL, &result, error))
			return false;
	}
	return true;
}
