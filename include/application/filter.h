#ifndef SIGNALBOX_APPLICATION_FILTER_H
#define SIGNALBOX_APPLICATION_FILTER_H

#include "application/resource.h"
#include "base/timestamp.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Filters as 02-commands.md writes them: `field=value`, `!=`, `<`, `<=`, `>`, `>=`, `field~text`,
 * `field=a,b,c`, `field=null`, `payload.order.id=42`, or a bare word. Terms are joined by AND.
 */
typedef enum FilterOperator {
	FILTER_EQUAL,
	FILTER_NOT_EQUAL,
	FILTER_LESS,
	FILTER_LESS_EQUAL,
	FILTER_GREATER,
	FILTER_GREATER_EQUAL,
	FILTER_CONTAINS,
	FILTER_SEARCH, /* a bare word over the searched fields; `field` is NULL */
} FilterOperator;

typedef struct FilterTerm {
	const FieldDef *field; /* borrowed from the resource; NULL for FILTER_SEARCH */
	FilterOperator op;
	char **path;   /* steps into a json field, or NULL */
	char **values; /* one, or several for `=a,b,c`; times are normalised to RFC 3339; empty for null */
	bool is_null;  /* `field=null` or `field!=null` */
} FilterTerm;

typedef struct Filter {
	GPtrArray *terms; /* of FilterTerm * */
	char *text;       /* as it was typed, quoted where needed: it may stand in a command line as it is */
} Filter;

/*
 * Parses and checks the words against the resource's fields: USAGE for an unknown field (names the known ones
 * and the nearest), an operator that the type does not have, a value that is no number, time or uuid, or none
 * of the field's choices (named). `now` anchors relative times. A day without a time is compared as a whole:
 * `created_at=2026-01-31` becomes two terms, `>` means after its end. A comma inside a value of `=` or `!=`
 * is written `\,`.
 */
bool filter_parse(const ResourceDef *resource, const char *const *words, Timestamp now, Filter **ret_filter,
    GError **error);

/*
 * The terms of a list or behind --where: one word that holds several terms, each of a known field
 * (`'state=Dead type~order'`), is split as a line is; everything else stays as it is. Newly allocated.
 */
char **filter_words(const ResourceDef *resource, const char *const *words);

/* Accepts NULL. */
void filter_free(Filter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Filter, filter_free)

typedef struct OrderTerm {
	const FieldDef *field;
	bool descending;
} OrderTerm;

/*
 * `field[:asc|:desc],…`. USAGE for an unknown field, one that no index serves (with the ones that are), or
 * mixed directions. Returns a GArray of OrderTerm, without the key that the reader appends.
 */
bool order_parse(const ResourceDef *resource, const char *text, GArray **ret_order, GError **error);

#endif
