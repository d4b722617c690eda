#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_RUN_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_RUN_H

#include "persistence/connection.h"
#include "persistence/migrations/migration_script.h"

/*
 * Runs a file in the open transaction, one statement after the other, or whole where it was not understood,
 * and has its deferred constraints checked. The error is the server's, behind the file's name and line;
 * PARTIAL when a file that nobody understood ended the transaction.
 */
bool migration_run(Connection *connection, const MigrationScript *script, GError **error);

/* What a file set, prepared, locked or made for the session is undone: it must not reach what runs next. */
bool migration_leave_as_new(Connection *connection, GError **error);

#endif
