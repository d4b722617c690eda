#include "domain/event.h"

#include <stdarg.h>
#include <string.h>

static void
event_destroy(gpointer event)
{
	domain_event_free(event);
}

void
domain_event_raise(GPtrArray **events, const char *type, const char *aggregate_type, const Uuid *aggregate_id,
    Timestamp occurred_at, ...)
{
	g_autoptr(GPtrArray) payload = g_ptr_array_new();
	DomainEvent *event = g_new0(DomainEvent, 1);
	const char *text;
	va_list pairs;

	va_start(pairs, occurred_at);
	while ((text = va_arg(pairs, const char *)) != NULL)
		g_ptr_array_add(payload, g_strdup(text));
	va_end(pairs);
	g_assert(payload->len % 2 == 0);
	g_ptr_array_add(payload, NULL);

	event->type = type;
	event->aggregate_type = aggregate_type;
	event->aggregate_id = *aggregate_id;
	event->occurred_at = occurred_at;
	event->payload = (char **)g_ptr_array_free(g_steal_pointer(&payload), FALSE);
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
