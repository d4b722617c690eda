#include "reliability/outbox/outbox_port.h"

#include "reliability/outbox/outbox_internal.h"

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
