#include "persistence/connection_private.h"

#include "base/error.h"
#include "persistence/error_mapping.h"

#include <string.h>

bool
connection_begin_use(Connection *self, GError **error)
{
	if (self->discarded && !connection_reopen(self, error))
		return false;
	self->stop = STOP_NONE;
	if (!connection_check_lost(self, NULL, error))
		return false;
	if (self->cancel != NULL && cancel_token_is_fired(self->cancel))
		self->stop = STOP_CANCELLED;
	else if (self->deadline != 0 && self->deadline <= g_get_monotonic_time())
		self->stop = STOP_DEADLINE;
	else
		return true;
	connection_set_stopped(self, error);
	return false;
}

void
connection_set_stopped(const Connection *self, GError **error)
{
	switch (self->stop) {
	case STOP_CANCELLED:
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "cancelled: nothing was done");
		return;
	case STOP_DEADLINE:
		g_set_error(error, SB_ERROR, SB_ERROR_TIMEOUT,
		    "the server at '%s' did not answer in time: nothing was done", self->name);
		return;
	case STOP_NONE:
	case STOP_UNWANTED: break;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "the statement ended without a result");
}

static bool
is_error(const PGresult *result)
{
	return result != NULL && PQresultStatus(result) == PGRES_FATAL_ERROR;
}

static void
set_lost(const Connection *self, const PGresult *result, GError **error)
{
	if (self->stop == STOP_CANCELLED)
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED,
		    "cancelled, but the server at '%s' did not confirm it: the connection was closed",
		    self->name);
	else if (self->stop == STOP_DEADLINE)
		g_set_error(error, SB_ERROR, SB_ERROR_TIMEOUT,
		    "the server at '%s' did not answer in time: the connection was closed", self->name);
	else if (self->farewell != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the server at '%s' ended the connection: %s", self->name, self->farewell);
	else if (is_error(result))
		error_from_result(error, result, self->conn, false);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the connection to the server at '%s' was lost", self->name);
}

bool
connection_check_lost(Connection *self, const PGresult *result, GError **error)
{
	const char *sqlstate = self->farewell_sqlstate;
	g_autoptr(GError) made = NULL;

	if (self->farewell == NULL && !self->lost && PQstatus(self->conn) == CONNECTION_OK)
		return true;
	if (sqlstate == NULL && is_error(result))
		sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	set_lost(self, result, &made);
	sb_error_set_origin(made, sqlstate != NULL ? sqlstate : SQLSTATE_CONNECTION_FAILURE, NULL);
	g_propagate_error(error, g_steal_pointer(&made));
	self->lost = true;
	g_clear_pointer(&self->conn, PQfinish);
	return false;
}

bool
connection_accept(Connection *self, const PGresult *result, GError **error)
{
	ExecStatusType status = PQresultStatus(result);
	g_autoptr(GError) made = NULL;

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
		return true;
	if (status == PGRES_EMPTY_QUERY) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "the statement is empty");
		return false;
	}
	error_from_result(&made, result, self->conn, self->stop == STOP_CANCELLED);
	/* To the server our deadline is a cancel like any other. */
	if (self->stop == STOP_DEADLINE && strcmp(sb_error_sqlstate(made), "57014") == 0) {
		g_clear_error(&made);
		connection_set_stopped(self, &made);
		sb_error_set_origin(made, "57014", NULL);
	}
	g_propagate_error(error, g_steal_pointer(&made));
	return false;
}

bool
connection_refuse_send(Connection *self, GError **error)
{
	if (connection_check_lost(self, NULL, error))
		error_from_result(error, NULL, self->conn, false);
	return false;
}
