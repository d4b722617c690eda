#ifndef SIGNALBOX_APPLICATION_RESOURCE_H
#define SIGNALBOX_APPLICATION_RESOURCE_H

#include "application/value.h"

#include <glib.h>

typedef enum FieldFlags {
	FIELD_KEY = 1 << 0, /* the resource's key; exactly one field of a built-in resource */
	FIELD_LISTED =
	    1 << 1, /* among the default columns of a list; the others only by --columns and in show */
	FIELD_SEARCHED = 1 << 2, /* a bare word of a filter looks here (by an index) */
	FIELD_NULLABLE = 1 << 3,
	FIELD_ALTERNATE_KEY = 1 << 4, /* show also finds by it: a slug, an email */
	FIELD_ORDERED = 1 << 5,       /* an index serves this order: --order may name it */
	FIELD_NOT_FILTERED = 1 << 6,  /* shown only; a filter on it is refused */
} FieldFlags;

typedef struct FieldDef {
	const char *name; /* as in filters, columns and json: `created_at` */
	const char *help;
	ValueType type;
	DataClass data_class;
	unsigned flags;             /* of FieldFlags */
	const char *const *choices; /* the values it can have, for completion and checking; or NULL */
} FieldDef;

/*
 * What a person can list, show and filter. The SQL behind it is a ListConfiguration in infrastructure, found
 * by the resource's name; a test holds both together. Built-in resources are const; `tables browse` makes one
 * from the catalog.
 */
typedef struct ResourceDef {
	const char *name;          /* "posts" */
	const char *singular;      /* "post" */
	const FieldDef *fields;    /* ended by an entry without a name */
	const char *default_order; /* "created_at:desc" */
} ResourceDef;

extern const ResourceDef users_resource;
extern const ResourceDef posts_resource;
extern const ResourceDef outbox_resource;
extern const ResourceDef idempotency_resource;
extern const ResourceDef audit_resource;
extern const ResourceDef tables_resource;

/* Borrowed from the resource; NULL when there is none of that name. */
const FieldDef *resource_field(const ResourceDef *self, const char *name);

/* The key field. */
const FieldDef *resource_key(const ResourceDef *self);

/* "id, email, …": for the error that names the known fields. Newly allocated. */
char *resource_field_names(const ResourceDef *self);

#endif
