#ifndef SIGNALBOX_APPLICATION_COMMANDS_MIGRATION_SELECTION_H
#define SIGNALBOX_APPLICATION_COMMANDS_MIGRATION_SELECTION_H

#include "application/completion.h"
#include "application/ports/migrations.h"

#include <stddef.h>

/* What `plan` and `apply` have in common: which files. */
typedef struct MigrationSelectionArgs {
	char *name;
	char *to;
	bool all;
	char *folder;
} MigrationSelectionArgs;

extern const ArgDef migration_selection_args[];

/* USAGE when more than one of NAME, --to and --all is given. */
bool migration_selection_check(const MigrationSelectionArgs *args, GError **error);

MigrationSelection migration_selection_of(const MigrationSelectionArgs *args);

#endif
