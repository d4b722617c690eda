#include "reliability/outbox/outbox_writer.h"

#include "domain/event.h"
#include "persistence/connection.h"

#include <jansson.h>
#include <stdlib.h>

#define INSERT_MESSAGE                                                                                       \
	"INSERT INTO outbox_messages (id, topic, type, ordering_key, aggregate_type, aggregate_id, "         \
	"payload, occurred_at)"                                                                              \
	" VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)"
#define WAKE_WORKERS "SELECT pg_notify('signalbox_outbox', '')"

static char *
payload_json(char *const *pairs)
{
	json_t *object = json_object();
	char *dumped;
	char *json;

	for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2)
		json_object_set_new(object, pairs[i], json_string(pairs[i + 1]));
	dumped = json_dumps(object, JSON_COMPACT);
	json = g_strdup(dumped);
	free(dumped);
	json_decref(object);
	return json;
}

static Statement *
message_statement(const DomainEvent *event)
{
	Uuid id = uuid_v7();
	g_autofree char *id_text = uuid_to_string(&id);
	g_autofree char *topic = domain_event_topic(event);
	g_autofree char *aggregate = uuid_to_string(&event->aggregate_id);
	g_autofree char *payload = payload_json(event->payload);
	g_autofree char *occurred_at = timestamp_format(event->occurred_at);
	g_autofree char *subject = g_strdup_printf("message '%s'", id_text);

	return statement_new(INSERT_MESSAGE, 8,
	    (const char *const[]){ id_text, topic, event->type, aggregate, event->aggregate_type, aggregate,
		payload, occurred_at },
	    1, subject);
}

void
outbox_write(const GPtrArray *events, GPtrArray *statements)
{
	for (guint i = 0; i < events->len; i++)
		g_ptr_array_add(statements, message_statement(g_ptr_array_index(events, i)));
	if (events->len > 0)
		g_ptr_array_add(statements, statement_new(WAKE_WORKERS, 0, NULL, -1, "notification"));
}
