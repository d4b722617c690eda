#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_HISTORY_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_HISTORY_H

#include "base/timestamp.h"
#include "persistence/connection.h"

/* The name in every message and statement; it is there whatever a file does to search_path. */
#define MIGRATION_HISTORY "public.signalbox_migrations"

/* A row of the history, without the one that is the lock. Numbers are the server's text; NULL for null. */
typedef struct MigrationRecord {
	char *name;
	char *checksum;
	char *state; /* Applied, Failed, Partial, Baseline */
	char *statements_done;
	char *applied_at; /* RFC 3339; NULL while it is not finished */
	char *duration_ms;
	char *applied_by;
} MigrationRecord;

/* Every row by its name (borrowed from the MigrationRecord that the table owns); empty while there is no
 * table. */
bool migration_history_read(Connection *connection, GHashTable **ret_records, GError **error);

/* Applied or taken over by a baseline: not to be run again. */
bool migration_record_stands(const MigrationRecord *self);

/* What apply writes once a file has run. */
typedef struct MigrationEntry {
	const char *name;
	const char *checksum;
	unsigned statements;
	Timestamp started; /* on the server's clock */
	Duration duration;
	const char *applied_by;
	const char *reason; /* may be NULL */
} MigrationEntry;

/* Writes it as Applied, over a row of a run that failed; finished is now, by the server's clock. */
bool migration_history_write(Connection *connection, const MigrationEntry *entry, GError **error);

#endif
