#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_LOCK_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_LOCK_H

#include "persistence/connection.h"

/*
 * Takes the lock of the history for the open transaction, and makes the history first where there is none. It
 * is asked for again and again, never waited for inside a statement, which would hold a snapshot. TIMEOUT
 * after `patience`, or at the connection's deadline, names who holds it.
 */
bool migration_lock_take(Connection *connection, Duration patience, GError **error);

#endif
