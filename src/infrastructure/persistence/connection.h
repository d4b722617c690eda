#ifndef SIGNALBOX_PERSISTENCE_CONNECTION_H
#define SIGNALBOX_PERSISTENCE_CONNECTION_H

#include "application/session.h"
#include "base/cancel.h"

#include <libpq-fe.h>

/*
 * One libpq connection, always driven with PQsend… and poll() over {socket, cancel token, deadline}. A cancel
 * is sent on a helper thread; nothing else is sent until it has returned and the old result is drained; one
 * that hangs costs the connection. A statement that completed all the same is a success: the cancel came too
 * late. COPY with the client is REFUSED. Used by one thread.
 */
typedef struct Connection Connection;

/* Opens it; client_encoding is UTF8, and the notice receiver collects. Errors as session_open says. */
bool
connection_open(const Context *context, CancelToken *cancel, Connection **ret_connection, GError **error);

/* Accepts NULL. */
void connection_free(Connection *self);

/* A new connection in place of a lost one, with all the same parameters. */
bool connection_reopen(Connection *self, GError **error);

/* From here on every wait ends at `deadline` (g_get_monotonic_time; 0: never) with TIMEOUT, after a cancel.
 */
void connection_set_deadline(Connection *self, gint64 deadline);

/*
 * One statement with text parameters (NULL for null) by the extended protocol: exactly one statement,
 * whatever the text holds. The result is PGRES_TUPLES_OK or PGRES_COMMAND_OK; everything else is an error of
 * SB_ERROR, mapped in error_mapping.c, with sqlstate and constraint.
 */
bool connection_query(Connection *self, const char *sql, int param_count, const char *const *params,
    PGresult **ret_result, GError **error);

/* Several statements in one simple-protocol message, for migration files alone. The last result counts. */
bool connection_script(Connection *self, const char *sql, GError **error);

/*
 * Takes the transaction back, whatever the cancel token and the deadline say, within a time-out of its own;
 * does nothing when none is open. A failure discards the connection, which ends the transaction as well.
 */
bool connection_rollback(Connection *self, GError **error);

/*
 * Rows as they come (single-row mode): `row` gets a one-row result each time, and once an empty one at the
 * end, which has the columns as well; false ends the query by a cancel, and the connection can be used on. A
 * `row` that set no error ends with true all the same.
 */
typedef bool (*ConnectionRow)(const PGresult *result, gpointer data, GError **error);
bool connection_stream(Connection *self, const char *sql, int param_count, const char *const *params,
    ConnectionRow row, gpointer data, GError **error);

/* A statement of a flush; `expected_rows` -1: any number. */
typedef struct Statement {
	char *sql;
	int param_count;
	char **params; /* NULL entries are null */
	int expected_rows;
	char *subject;    /* for the error when the count differs: "post '0190…'" */
	bool secret;      /* params are not shown by --dry-run */
	bool keep_result; /* the flush leaves what was answered in `result`, also for the statements before a
			     failed one */
	PGresult *result; /* owned by the statement; NULL before the flush and without keep_result */
} Statement;

Statement *statement_new(
    const char *sql, int param_count, const char *const *params, int expected_rows, const char *subject);
void statement_free(Statement *self);

/*
 * Sends all statements (a GPtrArray of Statement *) in libpq pipeline mode with one sync at the end, reads
 * every result and compares affected rows with what was expected: fewer is a CONCURRENCY error that names the
 * subject. The first error counts.
 */
bool connection_flush(Connection *self, const GPtrArray *statements, GError **error);

/* True while a transaction is open, also a failed one. */
bool connection_in_transaction(const Connection *self);

/*
 * False when the connection is known to be lost. Nothing reopens a lost one by itself, so that no statement
 * slips out of the transaction that was lost with it: whoever begins the next one calls connection_reopen.
 */
bool connection_is_alive(const Connection *self);

/* Closes it; the next use opens a new one: after a migration, a failed rollback. */
void connection_discard(Connection *self);

/* NULL when it is closed. Borrowed. */
PGconn *connection_handle(Connection *self);

/* -1 when it is closed. */
int connection_socket(const Connection *self);

/* "db1:5432", or the socket's folder and port. Borrowed. */
const char *connection_name(const Connection *self);

/* Notices since the last call, each a newly allocated string of the server's, not sanitised; never NULL. */
GPtrArray *connection_take_notices(Connection *self);

/*
 * Lets `time` pass while nothing runs. Ends early and fails as a statement would: CANCELLED, TIMEOUT at the
 * deadline, UNAVAILABLE when the connection was lost.
 */
bool connection_wait(Connection *self, Duration time, GError **error);

/* Reads what came while idle: notices, a termination. False when the connection was lost. */
bool connection_consume_idle(Connection *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Connection, connection_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Statement, statement_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGresult, PQclear)

#endif
