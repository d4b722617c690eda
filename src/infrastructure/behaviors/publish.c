#include "behaviors/publish.h"

#include "base/log.h"
#include "behaviors/steps.h"
#include "domain/event.h"

/* No reaction is part of this version, so every event is one that nobody handled: counted, and named in the
 * log. */
void
publish_events(InfrastructureSession *self)
{
	g_autoptr(GPtrArray) events = g_steal_pointer(&self->events);

	for (guint i = 0; events != NULL && i < events->len; i++) {
		const DomainEvent *event = g_ptr_array_index(events, i);

		self->events_without_reaction++;
		log_event("debug", "event.without_reaction", "type", event->type, NULL);
	}
}

bool
publish_after(CommandRun *run, GError **error)
{
	(void)error;
	if (run->session != NULL && run->committed)
		publish_events(infrastructure_session(run->session));
	return true;
}
