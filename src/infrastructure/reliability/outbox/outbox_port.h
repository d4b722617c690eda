#ifndef SIGNALBOX_OUTBOX_OUTBOX_PORT_H
#define SIGNALBOX_OUTBOX_OUTBOX_PORT_H

#include "application/ports/outbox.h"
#include "persistence/connection.h"

/* What the operator does with outbox messages through `connection`, which outlives the port, inside the open
 * transaction. */
OutboxPort *outbox_port_new(Connection *connection);

/* Accepts NULL. */
void outbox_port_free(OutboxPort *self);

#endif
