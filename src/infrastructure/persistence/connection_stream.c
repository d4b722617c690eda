#include "persistence/connection_private.h"

#include "base/error.h"

typedef struct Stream {
	Connection *connection;
	ConnectionRow row;
	gpointer data;
	bool any_row;
	bool copy;
	GError *error; /* the first one */
} Stream;

static void
stream_give(Stream *self, const PGresult *result)
{
	/* Rows that still come after a cancel are nobody's. */
	if (self->error != NULL || self->connection->stop != STOP_NONE)
		return;
	self->any_row = true;
	if (!self->row(result, self->data, &self->error))
		connection_stop(self->connection, STOP_UNWANTED);
}

static void
stream_take(Stream *self, const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_SINGLE_TUPLE) {
		stream_give(self, result);
	} else if (result_is_copy(result)) {
		self->copy = true;
		connection_refuse_copy(self->connection, result);
	} else if (self->error == NULL && !self->copy && PQstatus(self->connection->conn) == CONNECTION_OK) {
		if (connection_accept(self->connection, result, &self->error) && !self->any_row)
			stream_give(self, result);
	}
}

/* A deadline or a cancel that came too late for the server still took rows away. */
static bool
stream_finish(Stream *self, GError **error)
{
	if (self->error == NULL && self->copy)
		connection_set_copy_refused(&self->error);
	else if (self->error == NULL && self->connection->stop != STOP_NONE)
		connection_set_stopped(self->connection, &self->error);
	if (self->error == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&self->error));
	return false;
}

bool
connection_stream(Connection *self, const char *sql, int param_count, const char *const *params,
    ConnectionRow row, gpointer data, GError **error)
{
	Stream stream = { .connection = self, .row = row, .data = data };
	g_autoptr(PGresult) last = NULL;
	PGresult *result;

	if (!connection_begin_use(self, error) || !connection_send(self, sql, param_count, params, error))
		return false;
	PQsetSingleRowMode(self->conn);
	while ((result = connection_next_result(self)) != NULL) {
		stream_take(&stream, result);
		PQclear(last);
		last = result;
	}
	if (!connection_check_lost(self, last, stream.error == NULL ? error : NULL) && stream.error == NULL)
		return false;
	return stream_finish(&stream, error);
}
