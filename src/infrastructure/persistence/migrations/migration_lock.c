#include "persistence/migrations/migration_lock.h"

#include "base/error.h"
#include "base/text.h"
#include "persistence/migrations/migration_files.h"
#include "persistence/migrations/migration_history.h"
#include "persistence/server_time.h"

#define FIRST_PAUSE (50 * DURATION_MILLISECOND)
#define LONGEST_PAUSE DURATION_SECOND

/* "SIGN" and "MIGR" as numbers: any two will do that nobody else takes. */
#define ADVISORY_KEYS "1397311310, 1296648018"
#define ADVISORY_LOCK                                                                                        \
	"l.locktype = 'advisory' AND l.classid = 1397311310 AND l.objid = 1296648018 AND l.objsubid = 2"
#define ROW_LOCK                                                                                             \
	"l.locktype = 'transactionid' AND l.transactionid = (SELECT xmax FROM " MIGRATION_HISTORY            \
	" WHERE name = '" MIGRATION_LOCK_NAME "')"

#define HOLDER(lock)                                                                                                   \
	"SELECT a.pid, a.usename, a.client_addr, a.application_name, " SERVER_MICROSECONDS(                            \
	    "a.xact_start") " AS since FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid" \
			    " WHERE l.granted AND a.pid <> pg_catalog.pg_backend_pid() AND " lock " LIMIT 1"

/* The first migration file makes the same table, so that it is documented where the others are. */
static const char make_history[] =
    "CREATE TABLE IF NOT EXISTS " MIGRATION_HISTORY " ("
    "name text NOT NULL, checksum text NOT NULL, state_type text NOT NULL,"
    " statements_total integer NOT NULL DEFAULT 0, statements_done integer NOT NULL DEFAULT 0,"
    " started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz, duration_ms bigint,"
    " applied_by text NOT NULL DEFAULT session_user, reason text, error text, error_statement text,"
    " statement_checksums jsonb, CONSTRAINT pk_signalbox_migrations PRIMARY KEY (name))";

static const char make_lock_row[] =
    "INSERT INTO " MIGRATION_HISTORY " (name, checksum, state_type) VALUES ('" MIGRATION_LOCK_NAME
    "', '', 'Lock') ON CONFLICT (name) DO NOTHING";

typedef enum LockState {
	LOCK_TAKEN,
	LOCK_ROW_HELD,    /* another apply runs */
	LOCK_MAKING_HELD, /* another one makes the history */
} LockState;

static bool
ask(Connection *connection, const char *sql, bool *ret_yes, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection, sql, 0, NULL, &result, error))
		return false;
	*ret_yes = PQntuples(result) > 0 && PQgetvalue(result, 0, 0)[0] == 't';
	return true;
}

static bool
has_lock_row(Connection *connection, bool *ret_has, GError **error)
{
	static const char has_table[] = "SELECT pg_catalog.to_regclass('" MIGRATION_HISTORY "') IS NOT NULL";
	static const char has_row[] =
	    "SELECT true FROM " MIGRATION_HISTORY " WHERE name = '" MIGRATION_LOCK_NAME "'";

	if (!ask(connection, has_table, ret_has, error))
		return false;
	return !*ret_has || ask(connection, has_row, ret_has, error);
}

/* IF NOT EXISTS races with itself: only who has the advisory lock makes anything. */
static bool
make(Connection *connection, bool *ret_made, GError **error)
{
	g_autoptr(PGresult) table = NULL;
	g_autoptr(PGresult) row = NULL;
	bool has;

	if (!ask(connection, "SELECT pg_catalog.pg_try_advisory_xact_lock(" ADVISORY_KEYS ")", ret_made,
		error))
		return false;
	if (!*ret_made)
		return true;
	if (!has_lock_row(connection, &has, error))
		return false;
	return has ||
	    (connection_query(connection, make_history, 0, NULL, &table, error) &&
		connection_query(connection, make_lock_row, 0, NULL, &row, error));
}

/* SKIP LOCKED asks as NOWAIT does, but a no is an empty answer instead of the end of the transaction. */
static bool
try_once(Connection *connection, LockState *ret_state, GError **error)
{
	static const char take_row[] = "SELECT true FROM " MIGRATION_HISTORY
				       " WHERE name = '" MIGRATION_LOCK_NAME "' FOR UPDATE SKIP LOCKED";
	bool is_there;
	bool is_taken;

	if (!has_lock_row(connection, &is_there, error))
		return false;
	if (!is_there && !make(connection, &is_there, error))
		return false;
	if (!is_there) {
		*ret_state = LOCK_MAKING_HELD;
		return true;
	}
	if (!ask(connection, take_row, &is_taken, error))
		return false;
	*ret_state = is_taken ? LOCK_TAKEN : LOCK_ROW_HELD;
	return true;
}

static void
append_value(GString *text, const char *before, const PGresult *result, const char *column, const char *after)
{
	int number = PQfnumber(result, column);

	if (PQgetlength(result, 0, number) == 0)
		return;
	g_string_append(text, before);
	text_sanitise(text, PQgetvalue(result, 0, number), -1, TEXT_SINGLE_LINE);
	g_string_append(text, after);
}

/* What pg_stat_activity hides from this role is left out. */
static char *
describe(const PGresult *result)
{
	GString *text = g_string_new(NULL);
	Timestamp since;

	append_value(text, "process ", result, "pid", "");
	append_value(text, " of '", result, "usename", "'");
	append_value(text, " on ", result, "client_addr", "");
	append_value(text, " ('", result, "application_name", "')");
	if (server_time_parse(PQgetvalue(result, 0, PQfnumber(result, "since")), &since, NULL)) {
		g_autofree char *time = timestamp_format(since);

		g_string_append_printf(text, " since %s", time);
	}
	return g_string_free(text, FALSE);
}

static bool
find_holder(Connection *connection, LockState state, char **holder, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection, state == LOCK_ROW_HELD ? HOLDER(ROW_LOCK) : HOLDER(ADVISORY_LOCK),
		0, NULL, &result, error))
		return false;
	if (PQntuples(result) > 0) {
		g_free(*holder);
		*holder = describe(result);
	}
	return true;
}

static bool
fail_held(const char *holder, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_TIMEOUT,
	    "another apply holds the lock of the migrations: %s; nothing was done",
	    holder != NULL ? holder : "a process that cannot be seen");
	return false;
}

bool
migration_lock_take(Connection *connection, Duration patience, GError **error)
{
	gint64 ends = g_get_monotonic_time() + patience;
	g_autofree char *holder = NULL;
	Duration pause = FIRST_PAUSE;
	LockState state;

	for (;;) {
		g_autoptr(GError) waiting = NULL;

		if (!try_once(connection, &state, error))
			return false;
		if (state == LOCK_TAKEN)
			return true;
		if (!find_holder(connection, state, &holder, error))
			return false;
		if (g_get_monotonic_time() + pause > ends)
			return fail_held(holder, error);
		if (!connection_wait(connection, pause, &waiting)) {
			if (sb_error_is(waiting, SB_ERROR_TIMEOUT))
				return fail_held(holder, error);
			g_propagate_error(error, g_steal_pointer(&waiting));
			return false;
		}
		pause = MIN(pause * 2, LONGEST_PAUSE);
	}
}
