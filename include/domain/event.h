#ifndef SIGNALBOX_DOMAIN_EVENT_H
#define SIGNALBOX_DOMAIN_EVENT_H

#include "base/timestamp.h"
#include "base/uuid.h"

#include <glib.h>

/*
 * Something that happened to an aggregate, named in the past tense with a version: `post.published.v1`. The
 * payload is minimal (ids, state, time), never the aggregate. Which verb raises which event:
 * docs/architecture.md.
 */
typedef struct DomainEvent {
	const char *type;           /* static */
	const char *aggregate_type; /* static: "post", "user" */
	Uuid aggregate_id;          /* also the ordering key */
	Timestamp occurred_at;
	char **payload; /* name, value, name, value, …, NULL; all values are json strings */
} DomainEvent;

/* Raises an event on an aggregate: appends it to `*events`, which is made on first use. Pairs end with NULL.
 */
void domain_event_raise(GPtrArray **events, const char *type, const char *aggregate_type,
    const Uuid *aggregate_id, Timestamp occurred_at, ...) G_GNUC_NULL_TERMINATED;

void domain_event_free(DomainEvent *self);

/* The first word of the type: "post". Newly allocated. */
char *domain_event_topic(const DomainEvent *self);

#endif
