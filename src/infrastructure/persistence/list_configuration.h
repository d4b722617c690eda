#ifndef SIGNALBOX_PERSISTENCE_LIST_CONFIGURATION_H
#define SIGNALBOX_PERSISTENCE_LIST_CONFIGURATION_H

#include "application/resource.h"

#include <stdbool.h>

/* The SQL behind one field of a ResourceDef, of the same name. */
typedef struct ListField {
	const char *name;
	const char *expression; /* "p.created_at" */
	bool indexed;           /* an index finds rows by it: a filter on it need not scan */
	const char *lookup;     /* how `show` finds by it, with $1; NULL: `expression = $1` */
} ListField;

/*
 * The SQL behind a resource. Identifiers and expressions are static text of ours, or quoted names from the
 * catalog for `tables browse`; values are always parameters.
 */
typedef struct ListConfiguration {
	const char *resource;    /* the ResourceDef's name */
	const char *from;        /* "posts p JOIN users u ON u.id = p.author_id" */
	const char *table;       /* whose reltuples estimate the total: "posts"; NULL: not estimated */
	const ListField *fields; /* ended by one without a name */
	const char *const
	    *key; /* the key's fields in the order of its index; NULL: as the resource has them */
} ListConfiguration;

/* NULL-terminated. */
extern const ListConfiguration *const list_configurations[];

const ListConfiguration *list_configuration_of(const ResourceDef *resource);

/* The field's expression; a field that is not configured is our mistake. */
const char *list_expression(const ListConfiguration *self, const char *field);

/* How `show` finds by the field, or NULL for a plain comparison. */
const char *list_lookup(const ListConfiguration *self, const char *field);

#endif
