#ifndef SIGNALBOX_PERSISTENCE_READER_LIST_QUERY_H
#define SIGNALBOX_PERSISTENCE_READER_LIST_QUERY_H

#include "application/ports/reader.h"
#include "persistence/list_configuration.h"
#include "persistence/reader/cursor.h"

/* Characters of a long value that a list shows; one more is read to know that there are more. */
#define LIST_VALUE_LENGTH 256

/* The columns that the SELECT list adds for cursors are called this and a number. */
#define CURSOR_COLUMN_PREFIX ".c"

/*
 * A page of a list as SQL. Nullable order columns are read as two segments, values then nulls, so that an
 * index serves both; each segment is a statement of its own.
 */
typedef enum ListSegment {
	SEGMENT_VALUES, /* the first order column is not null, or cannot be */
	SEGMENT_NULLS,  /* it is null */
} ListSegment;

typedef struct ListQuery {
	const ListRequest *request;
	const ListConfiguration *configuration;
	GArray *fields;      /* of const FieldDef *: what is shown */
	GArray *order;       /* of OrderTerm, the key at its end */
	bool total_order;    /* the key is in it; without one there are no cursors */
	bool nullable_order; /* the first order column may be null: two segments */
	bool backward;       /* read towards the beginning; rows come in reverse */
	bool whole_values;
	Cursor *from; /* where to start, or NULL */
	char *scope;  /* of cursors */
} ListQuery;

/* Resolves fields, order and cursor of a request; USAGE for what does not fit. Borrows the request. */
bool list_query_new(const ListRequest *request, const ListConfiguration *configuration, bool whole_values,
    ListQuery **ret_query, GError **error);
void list_query_free(ListQuery *self);

/*
 * The statement for one segment with its parameters; `limit` 0 means all. `continues` says that the cursor
 * lies in this segment; otherwise the segment is read from its border.
 */
char *list_query_sql(
    const ListQuery *self, ListSegment segment, bool continues, int64_t limit, GPtrArray *ret_params);

/* `SELECT count(*)` over the same filter. */
char *list_query_count_sql(const ListQuery *self, GPtrArray *ret_params);

/* The segment in which the cursor lies; the first one to read without a cursor. */
ListSegment list_query_first_segment(const ListQuery *self);

/* True when a filter names no field that an index serves. */
bool list_query_scans(const ListQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListQuery, list_query_free)

#endif
