#ifndef SIGNALBOX_LOGGING_AUDIT_PORT_H
#define SIGNALBOX_LOGGING_AUDIT_PORT_H

#include "application/ports/audit.h"
#include "persistence/connection.h"

/* The audit chain as `connection`, which outlives the port, reads it: in batches by position, inside the open
 * transaction. */
AuditPort *audit_port_new(Connection *connection);

/* Accepts NULL. */
void audit_port_free(AuditPort *self);

#endif
