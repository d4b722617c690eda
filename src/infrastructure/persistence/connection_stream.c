#include "persistence/connection_private.h"

#include "base/error.h"

typedef struct Stream {
	Connection *connection;
	ConnectionRow row;
	gpointer data;
	bool refused; /* `row` wants no more */
	bool copy;
	GError *error; /* the first one */
} Stream;

/* What still comes after a refusal, an error or a cancel is nobody's. */
static bool
stream_is_over(const Stream *self)
{
	return self->refused || self->copy || self->error != NULL;
}

static void
stream_take_row(Stream *self, const PGresult *result)
{
	if (stream_is_over(self) || self->connection->stop != STOP_NONE)
		return;
	self->refused = !self->row(result, self->data, &self->error);
	if (self->refused)
		connection_stop(self->connection, STOP_UNWANTED);
}

/* The empty result at the end, or an error. */
static void
stream_take_end(Stream *self, const PGresult *result)
{
	if (stream_is_over(self) || !connection_accept(self->connection, result, &self->error))
		return;
	/* A cancel that came too late for the server has taken rows away all the same. */
	if (self->connection->stop != STOP_NONE)
		connection_set_stopped(self->connection, &self->error);
	else
		self->refused = !self->row(result, self->data, &self->error);
}

static void
stream_take(Stream *self, const PGresult *result)
{
	if (PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
		stream_take_row(self, result);
	} else if (result_is_copy(result)) {
		self->copy = true;
		connection_refuse_copy(self->connection, result);
	} else {
		stream_take_end(self, result);
	}
}

bool
connection_stream(Connection *self, const char *sql, int param_count, const char *const *params,
    ConnectionRow row, gpointer data, GError **error)
{
	Stream stream = { .connection = self, .row = row, .data = data };
	g_autoptr(GError) lost = NULL;
	PGresult *result;

	if (!connection_begin_use(self, error) || !connection_send(self, sql, param_count, params, error))
		return false;
	PQsetSingleRowMode(self->conn);
	while ((result = connection_next_result(self)) != NULL) {
		stream_take(&stream, result);
		PQclear(result);
	}
	connection_check_lost(self, NULL, &lost);
	if (stream.error == NULL && stream.copy)
		connection_set_copy_refused(&stream.error);
	if (stream.error == NULL)
		stream.error = g_steal_pointer(&lost);
	if (stream.error == NULL)
		return true;
	g_propagate_error(error, stream.error);
	return false;
}
