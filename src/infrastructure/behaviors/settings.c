#include "behaviors/transaction.h"

#include "persistence/server_time.h"

/* Nobody is ever asked inside a transaction, so one that idles for so long belongs to a console that hangs.
 */
#define IDLE_LIMIT (60 * DURATION_SECOND)

/* Names are qualified: until search_path is set they would be looked up on the path of the session. */
#define NOW "SELECT " SERVER_MICROSECONDS("pg_catalog.now()") " AS now"
#define XID ", pg_catalog.pg_current_xact_id()::pg_catalog.text AS xid"
#define NO_XID ", NULL::pg_catalog.text AS xid"
#define SETTINGS                                                                                             \
	", pg_catalog.to_regclass($1) IS NOT NULL AS has_audit"                                              \
	", pg_catalog.to_regclass($2) IS NOT NULL AS has_personal"                                           \
	", pg_catalog.set_config('search_path', $3, true)"                                                   \
	", pg_catalog.set_config('statement_timeout', $4, true)"                                             \
	", pg_catalog.set_config('lock_timeout', $5, true)"                                                  \
	", pg_catalog.set_config('idle_in_transaction_session_timeout', $6, true)"                           \
	", pg_catalog.set_config('TimeZone', 'UTC', true)"                                                   \
	", pg_catalog.set_config('DateStyle', 'ISO', true)"                                                  \
	", pg_catalog.set_config('bytea_output', 'hex', true)"

static char *
quoted_name(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, "\"", -1);
	g_autofree char *doubled = g_strjoinv("\"\"", parts);

	return g_strdup_printf("\"%s\"", doubled);
}

/* 0 switches a time-out off, so that the shortest one is 1 ms. */
static char *
milliseconds(Duration duration)
{
	Duration value = duration / DURATION_MILLISECOND;

	return g_strdup_printf("%" G_GINT64_FORMAT, duration > 0 && value == 0 ? 1 : value);
}

static Duration
statement_timeout(const CommandRun *run)
{
	if (run->arguments->common.timeout > 0)
		return run->arguments->common.timeout;
	return (run->def->flags & COMMAND_STREAMS) != 0 ? 0 : run->context->statement_timeout;
}

static Duration
lock_timeout(const CommandRun *run)
{
	Duration limit = statement_timeout(run);
	Duration lock = run->context->lock_timeout;

	return limit > 0 && (lock == 0 || lock > limit) ? limit : lock;
}

char *
lock_timeout_text(const CommandRun *run)
{
	return milliseconds(lock_timeout(run));
}

char *
long_lock_timeout_text(const CommandRun *run)
{
	Duration limit = statement_timeout(run);

	/* Less than the statement's own, which would otherwise end the wait first. */
	return milliseconds(limit > 0 ? limit * 9 / 10 : run->context->lock_timeout);
}

Statement *
settings_statement(const CommandRun *run, bool settings)
{
	g_autofree char *schema = quoted_name(run->context->schema);
	g_autofree char *audit = g_strdup_printf("%s.audit_entries", schema);
	g_autofree char *personal = g_strdup_printf("%s.audit_personal_values", schema);
	/* Functions and operators come from pg_catalog, tables from the schema, temporary ones last. */
	g_autofree char *path = g_strdup_printf("pg_catalog, %s, pg_temp", schema);
	g_autofree char *statement = milliseconds(statement_timeout(run));
	g_autofree char *lock = lock_timeout_text(run);
	g_autofree char *idle = milliseconds(IDLE_LIMIT);
	g_autofree char *sql =
	    g_strconcat(NOW, run_writes(run) ? XID : NO_XID, settings ? SETTINGS : NULL, NULL);
	Statement *made = statement_new(sql, settings ? 6 : 0,
	    (const char *const[]){ audit, personal, path, statement, lock, idle }, 1, "settings");

	made->keep_result = true;
	return made;
}

static bool
is_true(const PGresult *result, const char *column)
{
	int number = PQfnumber(result, column);

	return number >= 0 && g_str_equal(PQgetvalue(result, 0, number), "t");
}

bool
settings_read(CommandRun *run, const Statement *statement, GError **error)
{
	InfrastructureSession *self = infrastructure_session(run->session);
	const PGresult *result = statement->result;

	g_clear_pointer(&run->xid, g_free);
	if (!PQgetisnull(result, 0, PQfnumber(result, "xid"))) {
		run->xid = g_strdup(PQgetvalue(result, 0, PQfnumber(result, "xid")));
		g_free(self->xid);
		self->xid = g_strdup(run->xid);
	}
	self->has_audit = is_true(result, "has_audit");
	self->has_personal = is_true(result, "has_personal");
	return server_time_parse(PQgetvalue(result, 0, PQfnumber(result, "now")), &run->now, error);
}
