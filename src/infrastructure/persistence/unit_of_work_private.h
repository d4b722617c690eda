#ifndef SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_PRIVATE_H
#define SIGNALBOX_PERSISTENCE_UNIT_OF_WORK_PRIVATE_H

#include "persistence/unit_of_work.h"

/* Between unit_of_work.c, which finds, and unit_of_work_stage.c, which writes. */

typedef enum Stage {
	STAGE_FOUND, /* read, and so far as it was */
	STAGE_ADDED,
	STAGE_UPDATED,
	STAGE_REMOVED,
} Stage;

typedef struct Entry {
	const TableConfiguration *table;
	void *aggregate;
	void *before;      /* the record as it was found; NULL of an added one */
	char *row_version; /* xmin, NULL of an added one */
	Stage stage;
} Entry;

struct UnitOfWork {
	Connection *connection;
	GHashTable *by_key;       /* "posts 0190…" -> Entry, which it owns */
	GHashTable *by_aggregate; /* aggregate -> Entry */
	GPtrArray *staged;        /* of Entry, in the order of staging */
};

/* Takes the aggregate, the record (NULL: it has no row yet) and the key. */
Entry *unit_of_work_keep(
    UnitOfWork *self, const TableConfiguration *table, void *aggregate, void *before, char *key);

/* "posts 0190…", newly allocated. */
char *entry_key(const TableConfiguration *table, const void *record);

#endif
