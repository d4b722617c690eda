#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_PREPARED_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_PREPARED_H

#include "persistence/migrations/migration_script.h"

/* What prepare leaves for apply: the plan's data. */
typedef struct PreparedRun {
	GPtrArray *files;   /* of MigrationFile *: the scripts borrow them */
	GPtrArray *scripts; /* of MigrationScript * */
	bool *elsewhere;    /* of each script: someone else applied it meanwhile */
	char *reason;
} PreparedRun;

#endif
