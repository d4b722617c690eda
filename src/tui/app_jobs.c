#include "app_private.h"

#include "list_line.h"
#include "list_place.h"
#include "screen_command.h"

#include "application/words.h"
#include "base/error.h"

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

bool
app_job_waits(const App *self, LaneName lane)
{
	for (guint i = 0; i < self->jobs->len; i++)
		if (((const Job *)self->jobs->pdata[i])->lane == lane)
			return true;
	return false;
}

void
app_forget_place(App *self, const Place *place)
{
	for (guint i = 0; i < self->jobs->len; i++) {
		Job *job = self->jobs->pdata[i];

		if (job->place == place)
			job->place = NULL;
	}
}

void
app_cancel_reading(App *self)
{
	lane_cancel(self->lanes[LANE_READ]);
	for (guint i = self->jobs->len; i > 0; i--) {
		if (((const Job *)self->jobs->pdata[i - 1])->lane == LANE_READ)
			g_ptr_array_remove_index(self->jobs, i - 1);
	}
}

uint64_t
app_read(App *self, const char *line, bool whole)
{
	uint64_t request = lane_run(self->lanes[LANE_READ], line, whole);

	app_watch_progress(self);
	return request;
}

/* -- starting -----------------------------------------------------------------------------------------------
 */

/* Takes the job. The page that a reading job's view names is a page of its list; other lines stay as they
 * are. */
void
app_run_job(App *self, Job *job)
{
	Place *top = app_top(self);
	g_autofree char *line = view_next_line(job->view);
	bool whole = !list_is_paged(view_list(job->view));

	status_begin(&self->status, job->line);
	if (job->lane == LANE_READ) {
		top->def->leave(top);
		app_cancel_reading(self);
	}
	job->request = lane_run(self->lanes[job->lane], line, whole);
	g_ptr_array_add(self->jobs, job);
	app_watch_progress(self);
	app_redraw(self);
}

/* What follows the screen's own line, when it can only be a filter; else NULL. */
static const char *
filter_behind(const Screen *screen, const CommandDef *def, const char *line)
{
	const ScreenList *list = screen->lists->pdata[0];
	size_t length = strlen(list->line);

	if (screen->lists->len != 1 || list->def != def || !command_has(def, "term") ||
	    strncmp(line, list->line, length) != 0 || strstr(line, "--") != NULL ||
	    (line[length] != ' ' && line[length] != '\0'))
		return NULL;
	return line + length + strspn(line + length, " ");
}

/* A list that a screen shows is shown by it, with its columns and keys. */
static bool
open_as_screen(App *self, const char *line, const CommandDef *def)
{
	const GPtrArray *all = screen_set_all(self->screens);

	for (guint i = 0; i < all->len; i++) {
		const Screen *screen = all->pdata[i];
		const char *filter = filter_behind(screen, def, line);

		if (filter != NULL)
			return app_open_screen(self, screen->name, filter, NULL);
	}
	return false;
}

static void
run_parsed(App *self, const char *line, const Arguments *arguments, KeyPress press, DocumentOrigin *origin)
{
	g_autoptr(GError) error = NULL;
	Job *job;

	if (screen_command_is(arguments->def)) {
		g_autofree char *filter = screen_command_filter(arguments->values);

		status_begin(&self->status, line);
		if (!app_open_screen(self, screen_command_name(arguments->values), filter, &error))
			app_say_error(self, line, error);
		return;
	}
	if (open_as_screen(self, line, arguments->def)) {
		status_begin(&self->status, line);
		return;
	}
	job = job_new(line, arguments->def, press);
	if (origin != NULL) {
		job->origin = *origin;
		*origin = (DocumentOrigin){ 0 };
	}
	app_run_job(self, job);
}

static void
run_line(App *self, const char *line, KeyPress press, DocumentOrigin *origin)
{
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(GError) error = NULL;

	if (!console_parse_line(self->console, line, &arguments, &error))
		app_say_error(self, line, error);
	else if (arguments != NULL)
		run_parsed(self, line, arguments, press, origin);
	app_redraw(self);
}

void
app_run_line(App *self, const char *line, KeyPress press)
{
	run_line(self, line, press, NULL);
}

static DocumentOrigin
origin_of(const App *self, const PlaceChoice *choice)
{
	DocumentOrigin origin = { .list = choice->list, .screen = app_top(self)->screen };

	/* A screen that belongs to its place alone may go before the document does. */
	if (app_top(self)->own_screen != NULL)
		return (DocumentOrigin){ 0 };
	if (choice->rows.count == 1) {
		origin.columns = row_columns_copy(choice->rows.columns);
		origin.row = row_copy(choice->rows.rows[0]);
	}
	return origin;
}

static char *
why_not(const ScreenKey *key)
{
	g_autofree char *values = g_strjoinv(",", key->when.values);

	return g_strdup_printf("%s is for rows with %s%s%s", key->label != NULL ? key->label : "this key",
	    key->when.field, key->when.differs ? "!=" : "=", values);
}

static void
run_template(App *self, const char *template, const ScreenKey *key, KeyPress press)
{
	Place *top = app_top(self);
	g_auto(PlaceChoice) choice = { 0 };
	g_auto(DocumentOrigin) origin = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *line = NULL;

	top->def->choose(top, &choice);
	if (key != NULL && !screen_when_holds(&key->when, &choice.rows)) {
		g_autofree char *why = choice.rows.count > 0 ? why_not(key) : g_strdup("no row is chosen");

		app_say(self, template, why, NOTE_WARNING);
		return;
	}
	if (!key_template_fill(template, &choice.rows, &line, &error)) {
		app_say_error(self, template, error);
		return;
	}
	if (key != NULL && key->kind == SCREEN_KEY_PREFILL) {
		app_open_line(self, ':', line);
		return;
	}
	origin = origin_of(self, &choice);
	run_line(self, line, press, &origin);
}

void
app_run_detail(App *self, KeyPress press)
{
	Place *top = app_top(self);
	g_auto(PlaceChoice) choice = { 0 };

	top->def->choose(top, &choice);
	if (top->def->view(top) != NULL && choice.list != NULL && choice.list->detail != NULL &&
	    choice.rows.count > 0)
		run_template(self, choice.list->detail, NULL, press);
}

void
app_run_key(App *self, const ScreenKey *key)
{
	if (key->kind == SCREEN_KEY_DETAIL)
		app_run_detail(self, key->press);
	else
		run_template(self, key->template, key, key->press);
}

/* -- what comes ---------------------------------------------------------------------------------------------
 */

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
