#ifndef SIGNALBOX_APPLICATION_PORTS_MIGRATIONS_H
#define SIGNALBOX_APPLICATION_PORTS_MIGRATIONS_H

#include "application/bulk.h"
#include "application/frontend.h"

#include <glib.h>
#include <stdbool.h>

/* Which files: the embedded ones when `folder` is NULL. */
typedef struct MigrationSelection {
	const char *folder;
	const char *name; /* exactly this one */
	const char *to;   /* pending ones up to and with this one */
	bool all;         /* every pending one */
} MigrationSelection;

/* The migration engine: identity is the whole file stem, order is bytewise (06-migrations.md). */
typedef struct MigrationPort MigrationPort;
struct MigrationPort {
	/* Every file and every history row with its state: applied, pending, out of order, missing file,
	 * changed, failed. */
	bool (*status)(MigrationPort *self, const char *folder, Frontend *frontend, GError **error);
	/* One file: its history and its SQL. */
	bool (*show)(
	    MigrationPort *self, const char *folder, const char *name, Frontend *frontend, GError **error);
	/* The pending statements in the order in which apply would run them. */
	bool (*plan)(
	    MigrationPort *self, const MigrationSelection *selection, Frontend *frontend, GError **error);
	/* Reads, checks and orders the selected pending files before anything runs; a batch is a file. */
	bool (*prepare)(MigrationPort *self, const MigrationSelection *selection, const char *reason,
	    BulkPlan *plan, GError **error);
	/*
	 * Takes the lock, reads the history again, runs the file and writes its row; all in the open
	 * transaction. A file that someone else applied meanwhile is taken out of the plan's total. Adds to
	 * `ret_notes`, newly allocated, what the server said (raw) and what is worth knowing once the
	 * transaction stands.
	 */
	bool (*apply)(
	    MigrationPort *self, BulkPlan *plan, unsigned index, GPtrArray *ret_notes, GError **error);
	/* Names for completion: adds newly allocated strings. Embedded files are listed without a connection.
	 */
	void (*names)(MigrationPort *self, const char *folder, const char *prefix, GPtrArray *ret_names);
};

/* A stem that `migrations new` may make: {YYYYMMDD}_{PascalCase}. VALIDATION says what is wrong. */
bool migration_name_check(const char *stem, GError **error);

#endif
