#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_PORT_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_PORT_H

#include "application/ports/migrations.h"
#include "persistence/connection.h"

/* Both are borrowed. The port opens no transaction: it works in the one that is open. */
MigrationPort *migration_port_new(Connection *connection, const Context *context);

/* Accepts NULL. */
void migration_port_free(MigrationPort *port);

#endif
