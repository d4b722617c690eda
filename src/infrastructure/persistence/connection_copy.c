#include "persistence/connection_private.h"

#include "base/error.h"

bool
result_is_copy(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

static void
drain_copy(Connection *self)
{
	char *data = NULL;
	int got;

	connection_stop(self, STOP_UNWANTED);
	while (!self->lost && (got = PQgetCopyData(self->conn, &data, true)) >= 0) {
		if (got > 0)
			PQfreemem(data);
		else if (!connection_pause(self, PQflush(self->conn) > 0))
			return;
	}
}

void
connection_refuse_copy(Connection *self, const PGresult *result)
{
	if (PQresultStatus(result) == PGRES_COPY_OUT)
		drain_copy(self);
	else if (PQresultStatus(result) == PGRES_COPY_BOTH ||
	    PQputCopyEnd(self->conn, "COPY with the console is refused") != 1)
		self->lost = true;
}

void
connection_set_copy_refused(GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_REFUSED,
	    "COPY from or to the console is refused: a list with --all --format csv exports rows");
}
