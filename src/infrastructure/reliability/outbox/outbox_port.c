#include "reliability/outbox/outbox_port.h"

#include "reliability/outbox/outbox_internal.h"

/* Compiling the statement takes longer than it saves, and the planner can't see that. */
#define WALK_SETTINGS "SELECT set_config('jit', 'off', true)"

bool
outbox_begin_walk(Outbox *self, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	return connection_query(self->connection, WALK_SETTINGS, 0, NULL, &result, error);
}

OutboxPort *
outbox_port_new(Connection *connection)
{
	Outbox *self = g_new0(Outbox, 1);

	self->port.stats = outbox_stats;
	self->port.errors = outbox_errors;
	self->port.freeze_retry = outbox_freeze_retry;
	self->port.load_retry = outbox_load_retry;
	self->port.retry_batch = outbox_retry_batch;
	self->port.discard_plan = outbox_discard_plan;
	self->connection = connection;
	return &self->port;
}

void
outbox_port_free(OutboxPort *self)
{
	g_free(self);
}
