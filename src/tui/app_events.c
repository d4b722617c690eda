#include "app_private.h"

#include "list_place.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

static Job *
find_job(const App *self, LaneName lane, uint64_t request)
{
	for (guint i = 0; i < self->jobs->len; i++) {
		Job *job = self->jobs->pdata[i];

		if (job->lane == lane && job->request == request)
			return job;
	}
	return NULL;
}

static Place *
place_for(App *self, Job *job, const LaneEvent *event)
{
	g_autofree char *title = g_strdup(job->line);

	if (event->result == RESULT_LIST) {
		Place *place = list_place_adopt(
		    self, g_steal_pointer(&job->screen), g_steal_pointer(&job->view), job->request);

		place->refresh = job->refresh;
		return place;
	}
	return document_place_new(
	    self, title, job->lane == LANE_READ ? job->line : NULL, job->request, &job->origin);
}

/* The first result opens a place, which takes what follows. Writes and local commands are heard out by the
 * job as well. */
static void
take_result(App *self, Job *job, LaneEvent *event)
{
	if (event->kind == LANE_EVENT_BEGIN && !job->has_result) {
		job->has_result = true;
		job->place = place_for(self, job, event);
		app_push(self, job->place);
	}
	if (job->place != NULL)
		job->place->def->take(job->place, event);
}

static void
wish(App *self, const LaneEvent *event)
{
	if (event->quit)
		app_quit(self, 0);
	if (event->use != NULL)
		app_use(self, event->use);
	if (event->watch_line != NULL && event->watch_interval > 0) {
		g_autoptr(Arguments) arguments = NULL;

		if (console_parse_line(self->console, event->watch_line, &arguments, NULL) &&
		    arguments != NULL) {
			Job *job = job_new(event->watch_line, arguments->def, PRESS_NONE);

			job->refresh = event->watch_interval;
			app_run_job(self, job);
		}
	}
}

/* What a write changed may be in sight. */
static void
show_changes(App *self, const Job *job, bool done)
{
	Place *top = app_top(self);
	View *view = top->def->view(top);

	if (job->lane != LANE_WRITE || job->place != NULL)
		return;
	if (done && view != NULL)
		view_unmark(view);
	top->def->resume(top, true);
}

static void
finish(App *self, Job *job, const LaneEvent *event)
{
	if (job->declined)
		app_say(self, job->line, "not confirmed: nothing was done", NOTE_HINT);
	else if (event->error != NULL)
		app_say_error(self, job->line, event->error);
	else if (job->notes->len > 0)
		app_say(self, job->line, job->notes->str, job->worst);
	else if (!job->has_result)
		app_say(self, job->line, "done", NOTE_INFO);
	if (job->place != NULL)
		job->place->def->take(job->place, (LaneEvent *)(guintptr)event);
	show_changes(self, job, event->error == NULL);
	wish(self, event);
}

static void
take_done(App *self, Job *job, const LaneEvent *event)
{
	guint index = 0;

	g_ptr_array_find(self->jobs, job, &index);
	g_ptr_array_steal_index(self->jobs, index);
	finish(self, job, event);
	/* A list that was cut short by a job which then failed goes on reading. */
	if (job->lane == LANE_READ && job->place == NULL) {
		Place *top = app_top(self);

		top->def->resume(top, false);
	}
	job_free(job);
}

static void
ask(App *self, const Job *job, const LaneEvent *event)
{
	g_clear_pointer(&self->dialog, dialog_free);
	self->dialog =
	    dialog_new(&event->question, job != NULL ? job->press : PRESS_NONE, g_get_monotonic_time());
	self->dialog_about = DIALOG_ABOUT_JOB;
	self->dialog_request = event->request;
	self->dialog_is_typed = event->question.typed != NULL;
}

void
app_answer(App *self, Answer answer)
{
	Job *job = find_job(self, LANE_WRITE, self->dialog_request);

	if (job != NULL)
		job->declined = answer == ANSWER_NO;
	lane_answer(self->lanes[LANE_WRITE], self->dialog_request, answer);
}

static void
take_job_event(App *self, Job *job, LaneEvent *event)
{
	switch (event->kind) {
	case LANE_EVENT_BEGIN:
	case LANE_EVENT_ROWS:
	case LANE_EVENT_END: take_result(self, job, event); break;
	case LANE_EVENT_NOTE: job_note(job, event->note, event->text); break;
	case LANE_EVENT_CREATED: {
		g_autofree char *text = g_strconcat("created ", event->text, NULL);

		job_note(job, NOTE_INFO, text);
		break;
	}
	case LANE_EVENT_PROGRESS: status_progress(&self->status, event->text, &event->progress); break;
	case LANE_EVENT_ASK: ask(self, job, event); break;
	case LANE_EVENT_DONE: take_done(self, job, event); break;
	case LANE_EVENT_COMPLETION:
	case LANE_EVENT_SERVER: break;
	}
}

static void
take_server(App *self, LaneEvent *event)
{
	/* What a lane says of the context before must not stand under the name of this one. */
	if (event->server.context != self->context)
		return;
	lane_server_clear(&self->server);
	self->server = event->server;
	event->server = (LaneServer){ 0 };
}

static void
take_place_event(App *self, LaneEvent *event)
{
	Place *top = app_top(self);

	if (event->lane == LANE_READ && top != NULL && top->def->take(top, event) &&
	    event->kind == LANE_EVENT_NOTE && event->note == NOTE_WARNING)
		app_say(self, NULL, event->text, event->note);
}

static void
note_cancelled(App *self)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (self->lanes[lane] != NULL && lane_is_cancelling(self->lanes[lane]))
			return;
	}
	if (g_strcmp0(self->status.outcome, APP_CANCEL_SENT) == 0)
		app_say(self, NULL, "cancelled", NOTE_WARNING);
}

void
app_take_event(App *self, LaneEvent *event)
{
	Job *job = find_job(self, event->lane, event->request);

	if (event->kind == LANE_EVENT_SERVER)
		take_server(self, event);
	else if (event->lane == LANE_COMPLETION)
		app_take_completion(self, event);
	else if (job != NULL)
		take_job_event(self, job, event);
	else
		take_place_event(self, event);
	if (event->kind == LANE_EVENT_DONE)
		note_cancelled(self);
	app_redraw(self);
}

/* -- saying -------------------------------------------------------------------------------------------------
 */

void
app_say(App *self, const char *line, const char *outcome, NoteKind kind)
{
	status_say(&self->status, line, outcome, kind);
	app_redraw(self);
}

void
app_say_error(App *self, const char *line, const GError *error)
{
	if (sb_error_is(error, SB_ERROR_CANCELLED))
		status_say(&self->status, line, error->message, NOTE_WARNING);
	else
		status_fail(&self->status, line, error->message);
	app_redraw(self);
}

void
app_unsay(App *self, const char *error)
{
	g_autofree char *text = text_sanitised(error, TEXT_SINGLE_LINE);

	if (self->status.failed && g_strcmp0(self->status.outcome, text) == 0)
		status_clear(&self->status);
}

void
app_use(App *self, const Context *context)
{
	self->context = context;
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (self->lanes[lane] != NULL)
			lane_use(self->lanes[lane], context);
	}
	console_use(self->console, context);
	lane_server_clear(&self->server);
	app_cancel_reading(self);
	app_close_places(self);
	app_open_tab(self, self->tab);
}
