#ifndef SIGNALBOX_MIGRATIONS_MIGRATION_INTERNAL_H
#define SIGNALBOX_MIGRATIONS_MIGRATION_INTERNAL_H

#include "persistence/connection.h"
#include "persistence/migrations/migration_port.h"

#include <string.h>

typedef struct MigrationEngine {
	MigrationPort port;
	Connection *connection;
	const Context *context;
} MigrationEngine;

/* A cell of a text that outlives the call it is shown by; NULL is null. */
static inline Cell
cell_of(const char *text)
{
	if (text == NULL)
		return (Cell){ .text = "", .null = true };
	return (Cell){ .text = text, .size = strlen(text) };
}

bool migrations_status(MigrationPort *port, const char *folder, Frontend *frontend, GError **error);
bool migrations_show(
    MigrationPort *port, const char *folder, const char *name, Frontend *frontend, GError **error);
bool
migrations_plan(MigrationPort *port, const MigrationSelection *selection, Frontend *frontend, GError **error);
bool migrations_prepare(MigrationPort *port, const MigrationSelection *selection, const char *reason,
    BulkPlan *plan, GError **error);
bool
migrations_apply(MigrationPort *port, BulkPlan *plan, unsigned index, GPtrArray *ret_notes, GError **error);

#endif
