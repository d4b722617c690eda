#include "domain/event.h"

#include <stdarg.h>
#include <string.h>

static void
event_destroy(gpointer event)
{
	domain_event_free(event);
}

static char **
payload_new(va_list pairs)
{
	g_autoptr(GPtrArray) payload = g_ptr_array_new();
	const char *name;

	while ((name = va_arg(pairs, const char *)) != NULL) {
		const char *value = va_arg(pairs, const char *);

		g_assert(value != NULL);
		g_ptr_array_add(payload, g_strdup(name));
		g_ptr_array_add(payload, g_strdup(value));
	}
	g_ptr_array_add(payload, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&payload), FALSE);
}

void
domain_event_raise(GPtrArray **events, const char *type, const char *aggregate_type, const Uuid *aggregate_id,
    Timestamp occurred_at, ...)
{
	DomainEvent *event = g_new0(DomainEvent, 1);
	va_list pairs;

	event->type = type;
	event->aggregate_type = aggregate_type;
	event->aggregate_id = *aggregate_id;
	event->occurred_at = occurred_at;
	va_start(pairs, occurred_at);
	event->payload = payload_new(pairs);
	va_end(pairs);

	if (*events == NULL)
		*events = g_ptr_array_new_with_free_func(event_destroy);
	g_ptr_array_add(*events, event);
}

void
domain_event_free(DomainEvent *self)
{
	if (self == NULL)
		return;
	g_strfreev(self->payload);
	g_free(self);
}

char *
domain_event_topic(const DomainEvent *self)
{
	return g_strndup(self->type, strcspn(self->type, "."));
}
