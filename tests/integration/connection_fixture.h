#ifndef SIGNALBOX_TESTS_CONNECTION_FIXTURE_H
#define SIGNALBOX_TESTS_CONNECTION_FIXTURE_H

#include "base/error.h"
#include "cluster.h"
#include "infrastructure/persistence/connection.h"
#include "infrastructure/persistence/error_mapping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "shop"
#define SECONDS(n) ((n)*G_TIME_SPAN_SECOND)

/* What every test of a connection starts from: a cluster with the reference schema and a context that leads
 * there. */
static Cluster *cluster;
static CancelToken *token;
static char *conninfo[3];
static Context context = {
	.schema = (char[]){ "public" }, .conninfo = conninfo, .connect_timeout = 5 * DURATION_SECOND
};

static int
fixture_start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	token = cancel_token_new();
	conninfo[0] = g_strdup("dbname");
	conninfo[1] = cluster_conninfo(cluster, DATABASE);
	return 0;
}

static int
fixture_stop(void **state)
{
	(void)state;
	g_clear_pointer(&token, cancel_token_free);
	g_clear_pointer(&conninfo[0], g_free);
	g_clear_pointer(&conninfo[1], g_free);
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static inline Connection *
open_connection(void)
{
	Connection *connection = NULL;
	g_autoptr(GError) error = NULL;

	cancel_token_reset(token);
	if (!connection_open(&context, token, &connection, &error))
		fail_msg("no connection: %s", error->message);
	return connection;
}

/* The first value that `sql` answers. */
static inline char *
value_of(Connection *connection, const char *sql)
{
	g_autoptr(PGresult) result = NULL;
	g_autoptr(GError) error = NULL;

	if (!connection_query(connection, sql, 0, NULL, &result, &error))
		fail_msg("%s: %s", sql, error->message);
	return g_strdup(PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "");
}

static inline void
assert_usable(Connection *connection)
{
	g_autofree char *answer = NULL;

	if (connection_in_transaction(connection)) {
		g_autoptr(GError) error = NULL;
		assert_true(connection_rollback(connection, &error));
	}
	answer = value_of(connection, "SELECT 'still here'");
	assert_string_equal(answer, "still here");
}

static inline void
assert_error(const GError *error, SbErrorCode code)
{
	assert_non_null(error);
	if (!sb_error_is(error, code))
		fail_msg("code %d instead of %d: %s", error->code, (int)code, error->message);
	assert_true(g_utf8_validate(error->message, -1, NULL));
	assert_null(strchr(error->message, '\n'));
}

/* Runs `sql` and gives the error that it must end with. */
static inline GError *
error_of(Connection *connection, const char *sql)
{
	g_autoptr(PGresult) result = NULL;
	GError *error = NULL;

	if (connection_query(connection, sql, 0, NULL, &result, &error))
		fail_msg("'%s' succeeded", sql);
	assert_null(result);
	return error;
}

#endif
