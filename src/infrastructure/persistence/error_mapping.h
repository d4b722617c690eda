#ifndef SIGNALBOX_PERSISTENCE_ERROR_MAPPING_H
#define SIGNALBOX_PERSISTENCE_ERROR_MAPPING_H

#include <glib.h>
#include <libpq-fe.h>
#include <stdbool.h>

/*
 * The one place where SQLSTATEs and constraint names become errors of SB_ERROR and sentences: uq_users_email is
 * CONFLICT "email '…' is taken", 40001 and 40P01 CONCURRENCY (retryable), 57014 TIMEOUT or CANCELLED by who asked for it, 42P01 UNAVAILABLE
 * with the command that makes the schema, 42501 REFUSED, 53xxx and 57P0x UNAVAILABLE, a lost connection UNAVAILABLE.
 */
void error_from_result(GError **error, const PGresult *result, const PGconn *conn, bool cancelled_by_us);
void error_from_connect(GError **error, const PGconn *conn);

/* True for 40001, 40P01 and a connection that was lost. */
bool error_is_retryable(const GError *error);

/* True when the connection was lost. */
bool error_is_lost_connection(const GError *error);

#endif
