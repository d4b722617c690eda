#ifndef SIGNALBOX_PERSISTENCE_ERROR_MAPPING_H
#define SIGNALBOX_PERSISTENCE_ERROR_MAPPING_H

#include <glib.h>
#include <libpq-fe.h>
#include <stdbool.h>

/* The SQLSTATE of the errors that we raise ourselves when a connection is lost without the server's farewell.
 */
#define SQLSTATE_CONNECTION_FAILURE "08006"

/*
 * The one place where SQLSTATEs and constraint names become errors of SB_ERROR and sentences: uq_users_email
 * is CONFLICT "email '…' is taken", 40001 and 40P01 CONCURRENCY, 57014 TIMEOUT or CANCELLED by
 * who asked for it, 42P01 UNAVAILABLE with the command that makes the schema when the table is one of ours
 * and NOT_FOUND otherwise, 42501 REFUSED, 53xxx and 57P0x UNAVAILABLE, a lost connection UNAVAILABLE. What
 * the server said stands in the message as valid UTF-8 of at most SERVER_TEXT_LIMIT bytes, not sanitised.
 */
void error_from_result(GError **error, const PGresult *result, const PGconn *conn, bool cancelled_by_us);

/* UNAVAILABLE; `conn` failed to connect. Names server, database and user, never a password. */
void error_from_connect(GError **error, const PGconn *conn);

/* For a statement that the operator typed: a mistake in it (class 42) is USAGE in the server's words. Accepts
 * NULL. */
void error_blame_typed_sql(GError *error);

/* True when the connection was lost, for whatever reason. */
bool error_is_lost_connection(const GError *error);

/* "db1:5432", or the socket's folder and port: "/run/postgresql:5432". Newly allocated. */
char *connection_place(const PGconn *conn);

#endif
