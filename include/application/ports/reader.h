#ifndef SIGNALBOX_APPLICATION_PORTS_READER_H
#define SIGNALBOX_APPLICATION_PORTS_READER_H

#include "application/filter.h"
#include "application/frontend.h"
#include "application/resource.h"

#include <glib.h>
#include <stdbool.h>

#define LIST_LIMIT_DEFAULT 50
#define LIST_LIMIT_MAXIMUM 1000

/* What a list asks for. Everything is borrowed for the time of the call. */
typedef struct ListRequest {
	const ResourceDef *resource;
	const Filter *filter;       /* NULL: everything */
	const GArray *order;        /* of OrderTerm; NULL: the resource's default */
	const char *const *columns; /* field names; NULL: the listed ones */
	int64_t limit;
	const char *after;  /* a cursor that an earlier ResultEnd gave, or NULL */
	const char *before; /* likewise; at most one of the two */
	bool from_end;      /* the last page */
	bool all;           /* stream everything, in single-row mode */
	bool count;         /* an exact total */
} ListRequest;

/*
 * Reads for lists and details; never loads aggregates. Pages are by keyset, rows go to the front end as they
 * come. A cursor is opaque, printable and safe in a shell; one of another resource or order is a USAGE error.
 */
typedef struct Reader Reader;
struct Reader {
	bool (*list)(Reader *self, const ListRequest *request, Frontend *frontend, GError **error);
	/* One record with all its fields, by its key or an alternate key; NOT_FOUND names it. */
	bool (*show)(
	    Reader *self, const ResourceDef *resource, const char *key, Frontend *frontend, GError **error);
	/* Inside a transaction, as everything here: distinct first values of a field that begin with
	 * `prefix`; adds newly allocated strings, at most `limit`. */
	bool (*values)(Reader *self, const ResourceDef *resource, const char *field, const char *prefix,
	    int limit, GPtrArray *ret_values, GError **error);
	/* Any table or view, `schema.table` or a name on the search path, as a resource that list and show
	 * take. Owned by the session, until the same table is asked for again. */
	bool (*table)(Reader *self, const char *name, const ResourceDef **ret_resource, GError **error);
	/* Columns, indexes, constraints and size of a table. */
	bool (*describe_table)(Reader *self, const char *name, Frontend *frontend, GError **error);
	/* A statement of the operator's own, READ ONLY, at most `limit` rows (0: all). */
	bool (*sql)(Reader *self, const char *sql, int64_t limit, Frontend *frontend, GError **error);
};

#endif
