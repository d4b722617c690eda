#ifndef SIGNALBOX_PERSISTENCE_LIST_CONFIGURATION_H
#define SIGNALBOX_PERSISTENCE_LIST_CONFIGURATION_H

#include "application/resource.h"

#include <stdbool.h>

/* The SQL behind one field of a ResourceDef, of the same name. */
typedef struct ListField {
	const char *name;
	const char *expression; /* "p.created_at" */
	bool detail_only;       /* read by show alone: content, payload */
} ListField;

/*
 * The SQL behind a resource. Identifiers and expressions are static text of ours, or quoted names from the catalog for
 * `tables browse`; values are always parameters.
 */
typedef struct ListConfiguration {
	const char *resource; /* the ResourceDef's name */
	const char *from;     /* "posts p JOIN users u ON u.id = p.author_id" */
	const char *table;    /* whose reltuples estimate the total: "posts" */
	const ListField *fields; /* ended by one without a name */
} ListConfiguration;

/* NULL-terminated. */
extern const ListConfiguration *const list_configurations[];

const ListConfiguration *list_configuration_of(const ResourceDef *resource);
const char *list_expression(const ListConfiguration *self, const char *field);

#endif
