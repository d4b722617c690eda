#include "server_info.h"

#include "base/error.h"

#include <string.h>

/*
 * No FROM: planning a scan of a catalog on a fresh server process costs more than all of this. The owner of a
 * database is the one member of pg_database_owner (from version 14 on). A schema that may not be used counts
 * as there, so that the server's own refusal is what the operator reads.
 */
static const char info_sql[] =
    "SELECT session_user, pg_catalog.current_database() AS database,"
    " pg_catalog.current_setting('is_superuser')::pg_catalog.bool AS superuser,"
    " pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool"
    "  OR pg_catalog.pg_is_in_recovery() AS read_only,"
    " CASE WHEN pg_catalog.current_setting('is_superuser')::pg_catalog.bool THEN 'admin'"
    "  WHEN pg_catalog.to_regrole('signalbox_viewer') IS NULL"
    "   AND pg_catalog.to_regrole('signalbox_operator') IS NULL"
    "   AND pg_catalog.to_regrole('signalbox_admin') IS NULL THEN 'admin'"
    "  WHEN pg_catalog.pg_has_role(session_user, pg_catalog.to_regrole('signalbox_admin')::pg_catalog.oid, 'USAGE')"
    "   OR pg_catalog.pg_has_role(session_user, pg_catalog.to_regrole('pg_database_owner')::pg_catalog.oid, 'USAGE')"
    "   THEN 'admin'"
    "  WHEN pg_catalog.pg_has_role(session_user, pg_catalog.to_regrole('signalbox_operator')::pg_catalog.oid, 'USAGE')"
    "   THEN 'operator'"
    "  ELSE 'viewer' END AS role,"
    " CASE WHEN pg_catalog.to_regnamespace(pg_catalog.quote_ident($1)) IS NULL THEN false"
    "  WHEN NOT pg_catalog.has_schema_privilege("
    "   pg_catalog.to_regnamespace(pg_catalog.quote_ident($1))::pg_catalog.oid, 'USAGE') THEN true"
    "  ELSE pg_catalog.to_regclass(pg_catalog.quote_ident($1) || '.users') IS NOT NULL"
    "   AND pg_catalog.to_regclass(pg_catalog.quote_ident($1) || '.posts') IS NOT NULL"
    "   AND pg_catalog.to_regclass(pg_catalog.quote_ident($1) || '.outbox_messages') IS NOT NULL"
    "   AND pg_catalog.to_regclass(pg_catalog.quote_ident($1) || '.idempotency_records') IS NOT NULL"
    "   AND pg_catalog.to_regclass(pg_catalog.quote_ident($1) || '.audit_entries') IS NOT NULL"
    "  END AS has_schema";

static const char *
text_of(const PGresult *result, const char *column)
{
	return PQgetvalue(result, 0, PQfnumber(result, column));
}

static bool
truth_of(const PGresult *result, const char *column)
{
	return strcmp(text_of(result, column), "t") == 0;
}

static Role
role_of(const char *name)
{
	for (Role role = ROLE_VIEWER; role < ROLE_ADMIN; role++) {
		if (strcmp(name, role_name(role)) == 0)
			return role;
	}
	return ROLE_ADMIN;
}

static char *
shown_host(Connection *connection)
{
	const char *host = PQhost(connection_handle(connection));

	return g_strdup(host != NULL && host[0] == '/' ? host : connection_name(connection));
}

bool
server_info_read(Connection *connection, const Context *context, ServerInfo *ret_info, GError **error)
{
	const char *const params[] = { context->schema != NULL ? context->schema : "public" };
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection, info_sql, G_N_ELEMENTS(params), params, &result, error))
		return false;
	*ret_info = (ServerInfo){
		.session_user = g_strdup(text_of(result, "session_user")),
		.database = g_strdup(text_of(result, "database")),
		.host = shown_host(connection),
		.version_number = PQserverVersion(connection_handle(connection)),
		.role = role_of(text_of(result, "role")),
		.superuser = truth_of(result, "superuser"),
		.has_schema = truth_of(result, "has_schema"),
		.read_only = truth_of(result, "read_only"),
	};
	return true;
}

void
server_info_clear(ServerInfo *self)
{
	g_free(self->session_user);
	g_free(self->database);
	g_free(self->host);
}
