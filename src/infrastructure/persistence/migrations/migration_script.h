#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_SCRIPT_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_SCRIPT_H

#include "persistence/migrations/migration_files.h"
#include "persistence/migrations/sql_parser.h"

/* A file that was read and checked and may be run in one transaction. */
typedef struct MigrationScript {
	const MigrationFile *file; /* borrowed */
	SqlParse *parse;           /* an error in it: the file is sent whole, the server decides */
} MigrationScript;

/*
 * Reads a file with the parser and refuses, with line, what cannot be applied in one transaction: BEGIN,
 * COMMIT and ROLLBACK, psql's meta-commands, data for COPY … FROM stdin and statements that the server runs
 * in no transaction (CONFLICT), text that is no UTF-8 (VALIDATION). Sends nothing.
 */
bool migration_script_read(const MigrationFile *file, MigrationScript **ret_script, GError **error);

void migration_script_free(MigrationScript *self);

/* True when the parser did not understand the file. */
bool migration_script_is_whole(const MigrationScript *self);

/* How many statements the history counts: a file that is sent whole is one. */
unsigned migration_script_count(const MigrationScript *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigrationScript, migration_script_free)

#endif
