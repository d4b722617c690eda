#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_SET_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_SET_H

#include "application/ports/migrations.h"
#include "persistence/migrations/migration_files.h"
#include "persistence/migrations/migration_history.h"

typedef enum MigrationState {
	MIGRATION_APPLIED,
	MIGRATION_PENDING,
	MIGRATION_OUT_OF_ORDER, /* pending, though a later name was applied */
	MIGRATION_MISSING_FILE,
	MIGRATION_CHANGED, /* applied with another text */
	MIGRATION_FAILED,
} MigrationState;

/* "applied", "out of order", … */
const char *migration_state_name(MigrationState state);

/* A file, a row of the history, or both under one name. */
typedef struct Migration {
	const char *name;
	const MigrationFile *file;     /* NULL when it is missing */
	const MigrationRecord *record; /* NULL when it is pending */
	MigrationState state;
} Migration;

/* Files and history side by side. */
typedef struct MigrationSet {
	GPtrArray *files;    /* of MigrationFile * */
	GHashTable *records; /* name -> MigrationRecord */
	GArray *migrations;  /* of Migration, in the bytewise order of their names */
} MigrationSet;

bool migration_set_read(Connection *connection, const char *folder, MigrationSet **ret_set, GError **error);

void migration_set_free(MigrationSet *self);

/* Borrowed; NULL when there is none of that name. */
const Migration *migration_set_find(const MigrationSet *self, const char *name);

/* It has a file and has not been applied: apply would run it. */
bool migration_is_due(const Migration *self);

/*
 * Those of the selected ones that are due, a GPtrArray of const Migration *, in order. NOT_FOUND for a name
 * that has neither a file nor, for `name`, a row; CONFLICT for a single one that changed since it was
 * applied.
 */
bool migration_set_select(
    const MigrationSet *self, const MigrationSelection *selection, GPtrArray **ret_due, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MigrationSet, migration_set_free)

#endif
