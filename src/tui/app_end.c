#include "app_private.h"

#include "base/text.h"

#include <stdio.h>
#include <unistd.h>

/* A vanished terminal ends the program within a second, whatever the server does. */
#define END_PATIENCE (500 * DURATION_MILLISECOND)

/* All at once: each of them may have to wait for the same frozen server. */
static bool
end_lanes(App *self)
{
	gint64 deadline = g_get_monotonic_time() + END_PATIENCE;
	bool ended = true;

	for (int lane = 0; lane < LANE_COUNT; lane++)
		lane_stop(self->lanes[lane]);
	for (int lane = 0; lane < LANE_COUNT; lane++)
		ended = lane_end(self->lanes[lane], deadline) && ended;
	return ended;
}

static const Job *
unfinished_write(const App *self)
{
	for (guint i = 0; i < self->jobs->len; i++) {
		const Job *job = self->jobs->pdata[i];

		if (job->lane == LANE_WRITE && !job->declined)
			return job;
	}
	return NULL;
}

/* How it ended while nobody looked any more; NULL when it has not. */
static LaneEvent *
take_last_event(App *self, const Job *job)
{
	LaneEvent *event;

	while ((event = mailbox_take(self->events)) != NULL) {
		if (event->kind == LANE_EVENT_DONE && event->lane == job->lane &&
		    event->request == job->request)
			return event;
		lane_event_free(event);
	}
	return NULL;
}

/* Whoever quits in the middle of a write has to know what became of it. */
static void
tell_unfinished(App *self)
{
	const Job *job = unfinished_write(self);
	g_autoptr(LaneEvent) event = job != NULL ? take_last_event(self, job) : NULL;
	g_autofree char *line = job != NULL ? text_sanitised(job->line, TEXT_SINGLE_LINE) : NULL;
	g_autofree char *why = NULL;

	if (job == NULL)
		return;
	if (event != NULL && event->error != NULL)
		why = text_sanitised(event->error->message, TEXT_SINGLE_LINE);
	else
		why = g_strdup(event != NULL ? "done"
					     : "the server has not answered: its outcome is not known here, "
					       "'signalbox audit list' tells it later");
	fprintf(stderr, "%s: %s\n", line, why);
}

void
app_end(App *self)
{
	bool ended = end_lanes(self);

	tell_unfinished(self);
	if (!ended) {
		/* Its thread still uses what would be freed from here on. */
		fflush(NULL);
		_exit(self->exit_code);
	}
	mailbox_free(self->events);
}
