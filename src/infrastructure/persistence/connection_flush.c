#include "persistence/connection_private.h"

#include "base/error.h"

typedef struct Flush {
	Connection *connection;
	const GPtrArray *statements;
	GError *error; /* the first one */
} Flush;

static bool
flush_send(Flush *self)
{
	PGconn *conn = self->connection->conn;

	for (guint i = 0; i < self->statements->len; i++) {
		const Statement *statement = g_ptr_array_index(self->statements, i);

		if (!connection_send(self->connection, statement->sql, statement->param_count,
			(const char *const *)statement->params, &self->error))
			return false;
	}
	return PQpipelineSync(conn) != 0 || connection_refuse_send(self->connection, &self->error);
}

static bool
has_succeeded(const PGresult *result)
{
	return PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
}

static void
flush_check_rows(Flush *self, const Statement *statement, PGresult *result)
{
	gint64 rows = g_ascii_strtoll(PQcmdTuples(result), NULL, 10);
	const char *subject = statement->subject != NULL ? statement->subject : "a row";

	if (statement->expected_rows < 0 || rows == statement->expected_rows)
		return;
	if (rows < statement->expected_rows)
		g_set_error(&self->error, SB_ERROR, SB_ERROR_CONCURRENCY,
		    "%s was changed or removed by someone else since it was read: read it again", subject);
	else
		g_set_error(&self->error, SB_ERROR, SB_ERROR_INTERNAL,
		    "%s: %" G_GINT64_FORMAT " rows were changed instead of %d", subject, rows,
		    statement->expected_rows);
}

/* What follows an error is PGRES_PIPELINE_ABORTED up to the sync and says nothing new. */
static void
flush_take(Flush *self, Statement *statement, PGresult *result)
{
	if (result_is_copy(result)) {
		/* The protocol has no way out of a COPY inside a pipeline. */
		connection_set_copy_refused(self->error == NULL ? &self->error : NULL);
		self->connection->lost = true;
	} else if (self->error == NULL && connection_accept(self->connection, result, &self->error)) {
		flush_check_rows(self, statement, result);
	}
	/* A COMMIT that was answered has happened, whatever came before it. */
	if (statement->keep_result && has_succeeded(result)) {
		PQclear(statement->result);
		statement->result = g_steal_pointer(&result);
	}
	PQclear(result);
}

/* Each statement gives its result and a NULL, the sync a result of its own. */
static void
flush_receive(Flush *self)
{
	PGresult *result;

	for (guint i = 0; i < self->statements->len && !self->connection->lost; i++) {
		while ((result = connection_next_result(self->connection)) != NULL)
			flush_take(self, g_ptr_array_index(self->statements, i), result);
	}
	PQclear(connection_next_result(self->connection));
	connection_check_lost(self->connection, NULL, self->error == NULL ? &self->error : NULL);
	if (self->connection->lost || PQexitPipelineMode(self->connection->conn))
		return;
	connection_refuse_send(self->connection, self->error == NULL ? &self->error : NULL);
	/* No ROLLBACK would be answered in pipeline mode. */
	if (!self->connection->lost)
		connection_discard(self->connection);
}

bool
connection_flush(Connection *self, const GPtrArray *statements, GError **error)
{
	Flush flush = { .connection = self, .statements = statements };

	if (statements->len == 0)
		return true;
	if (!connection_begin_use(self, error))
		return false;
	if (!PQenterPipelineMode(self->conn))
		return connection_refuse_send(self, error);
	/* What was sent before a refusal cannot be taken back but by closing. */
	if (flush_send(&flush))
		flush_receive(&flush);
	else if (!self->lost)
		connection_discard(self);
	if (flush.error == NULL)
		return true;
	g_propagate_error(error, flush.error);
	return false;
}
