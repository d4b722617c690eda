#ifndef SIGNALBOX_PERSISTENCE_TABLE_CONFIGURATION_H
#define SIGNALBOX_PERSISTENCE_TABLE_CONFIGURATION_H

#include "application/value.h"
#include "base/timestamp.h"
#include "base/uuid.h"

#include <glib.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

/* The C type that a column has in the record at its offset. */
typedef enum ColumnType {
	COLUMN_UUID,      /* Uuid */
	COLUMN_TEXT,      /* char *, owned by the record; NULL: null */
	COLUMN_TIMESTAMP, /* Timestamp; 0: null */
	COLUMN_INTEGER,   /* int64_t */
	COLUMN_BOOLEAN,   /* bool */
} ColumnType;

typedef enum ColumnFlags {
	COLUMN_KEY = 1 << 0,
	COLUMN_NULLABLE = 1 << 1,
	COLUMN_WRITE_ONLY = 1 << 2, /* never selected; written only when it is set */
	COLUMN_SERVER = 1 << 3,     /* read, never written */
	COLUMN_PERSONAL = 1 << 4,   /* an email or a name: the audit chain holds only its salted hash */
} ColumnFlags;

typedef struct ColumnDef {
	const char *name;
	ColumnType type;
	unsigned flags;
	DataClass data_class;
	int max_length;         /* characters; 0: no limit */
	size_t offset;          /* into the record */
	const char *expression; /* of a COLUMN_SERVER column: the SQL that gives it; NULL: its name */
} ColumnDef;

/*
 * One aggregate's table: explicit names, types and places in a flat record that stands between row and
 * aggregate. The SELECT list, INSERT, UPDATE and DELETE and the row-to-record reader (by column name) all
 * come from it.
 */
typedef struct TableConfiguration {
	const char *table;
	const char *noun;         /* "post" */
	const ColumnDef *columns; /* ended by one without a name */
	size_t record_size;
	/* Builds an aggregate; CORRUPT for an impossible combination. */
	bool (*from_record)(const void *record, void **ret_aggregate, GError **error);
	/* Fills a zeroed record with newly allocated texts. */
	void (*to_record)(const void *aggregate, void *record);
	void (*free_aggregate)(void *aggregate);
	/* The aggregate's events, or NULL; taken and cleared by the save behaviour. */
	GPtrArray *(*take_events)(void *aggregate);
	/*
	 * Adds the statements (of Statement *) for what the aggregate keeps in other tables, so that it goes
	 * from `before` (a record; NULL: newly added) to `after`. They run after all aggregates. NULL: there
	 * is nothing.
	 */
	void (*write_parts)(const void *before, const void *after, GPtrArray *statements);
} TableConfiguration;

extern const TableConfiguration users_table;
extern const TableConfiguration posts_table;

/* NULL-terminated. */
extern const TableConfiguration *const configured_tables[];

/* By the table's name; NULL for an unknown one. */
const TableConfiguration *table_configuration_find(const char *table);

const ColumnDef *table_key(const TableConfiguration *self);

/* NULL for an unknown one. */
const ColumnDef *table_column(const TableConfiguration *self, const char *name);

/* "id, author_id, …, xmin::text AS row_version", newly allocated. */
char *table_select_list(const TableConfiguration *self);

/* Reads row `row` into a zeroed record, by column name. INTERNAL for a missing column, CORRUPT for an
 * unexpected NULL or a malformed value, each with the column's name. */
bool table_read_record(
    const TableConfiguration *self, const PGresult *result, int row, void *record, GError **error);

/* The column's value as parameter text, newly allocated; NULL for null. */
char *column_text(const ColumnDef *self, const void *record);

void table_clear_record(const TableConfiguration *self, void *record);

#endif
