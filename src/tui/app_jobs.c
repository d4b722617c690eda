#include "app_private.h"

#include "list_line.h"
#include "list_place.h"
#include "screen_command.h"

#include "application/words.h"
#include "base/error.h"

#include <string.h>

bool
app_job_waits(const App *self, LaneName lane)
{
	for (guint i = 0; i < self->jobs->len; i++) {
		const Job *job = self->jobs->pdata[i];

		if (job->lane == lane && !job->has_result)
			return true;
	}
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
		g_autofree char *begun = g_strconcat(line, g_str_has_suffix(line, " ") ? "" : " ", NULL);

		app_open_line(self, ':', begun);
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
