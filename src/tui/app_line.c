#include "app_private.h"

#include "application/filter.h"
#include "application/words.h"
#include "base/error.h"

#include <string.h>

void
app_open_line(App *self, char prompt, const char *text)
{
	const char prefix[] = { prompt, '\0' };

	command_line_free(self->line);
	self->line = command_line_new(prefix, text, prompt == ':' ? self->history : NULL);
	self->prompt = prompt;
	self->completion_request = 0;
}

static void
close_line(App *self)
{
	/* A line that took a paste closes only after its end. */
	if (self->paste.taker == self->line)
		self->paste.going = false;
	g_clear_pointer(&self->line, command_line_free);
}

/* What a resource cannot check is checked for this much: a filter is no place for options. */
static bool
has_option(const GArray *words)
{
	for (guint i = 0; i < words->len; i++) {
		const Word *word = &g_array_index(words, Word, i);

		if (!word->literal && g_str_has_prefix(word->text, "--"))
			return true;
	}
	return false;
}

static bool
check_filter(const ScreenList *list, const char *text, char **ret_filter, GError **error)
{
	const ResourceDef *resource = list->def->resource;
	g_autoptr(GArray) words = NULL;
	g_autofree const char **texts = NULL;
	g_auto(GStrv) terms = NULL;
	g_autoptr(Filter) filter = NULL;

	if (words_split(text, &words) != WORDS_COMPLETE || has_option(words)) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "'%s' is no filter: write field=value or a word", text);
		return false;
	}
	texts = words_texts(words);
	if (resource == NULL || resource_key(resource) == NULL) {
		*ret_filter = g_strdup(text);
		return true;
	}
	terms = filter_words(resource, texts);
	if (!filter_parse(resource, (const char *const *)terms, timestamp_now(), &filter, error))
		return false;
	*ret_filter = g_strdup(text);
	return true;
}

static void
accept_filter(App *self, const char *text)
{
	View *view = app_top(self)->def->view(app_top(self));
	g_autoptr(GError) error = NULL;
	g_autofree char *filter = NULL;

	if (!check_filter(view_list(view), text, &filter, &error)) {
		app_say_error(self, NULL, error);
		app_open_line(self, '/', text);
		return;
	}
	status_clear(&self->status);
	app_top(self)->def->leave(app_top(self));
	app_cancel_reading(self);
	view_set_filter(view, filter);
	app_top(self)->def->resume(app_top(self), false);
}

static void
remember(App *self, const char *line)
{
	if (!console_line_is_secret(self->console, line))
		history_add(self->history, line);
}

static void
accept_line(App *self)
{
	g_autofree char *text = g_strstrip(g_strdup(command_line_text(self->line)));
	char prompt = self->prompt;

	close_line(self);
	if (prompt == '/') {
		accept_filter(self, text);
	} else if (*text != '\0') {
		remember(self, text);
		app_run_line(self, text, PRESS_ENTER);
	}
}

/* The list's line before a filter is not part of what is edited. */
static void
offer(App *self, Completion *completion)
{
	if (completion->word_start >= self->completion_offset) {
		completion->word_start -= self->completion_offset;
		command_line_take(self->line, completion);
	} else {
		completion_free(completion);
		command_line_take(self->line, NULL);
	}
}

/* What is known without the server is offered at once. */
static bool
offer_offline(App *self, const char *subject)
{
	size_t cursor = self->completion_offset + command_line_cursor(self->line);
	Completion *completion = console_complete(self->console, subject, cursor, false);

	if (completion->candidates->len == 0) {
		completion_free(completion);
		return false;
	}
	offer(self, completion);
	return true;
}

/* A filter is completed as the end of its list's command line. */
static void
ask_for_candidates(App *self)
{
	View *view = app_top(self)->def->view(app_top(self));
	g_autofree char *before = NULL;
	g_autofree char *subject = NULL;

	before = self->prompt == '/' && view != NULL ? g_strconcat(view_list(view)->line, " ", NULL)
						     : g_strdup("");
	subject = g_strconcat(before, command_line_text(self->line), NULL);
	self->completion_offset = strlen(before);
	if (offer_offline(self, subject))
		return;
	lane_cancel(app_completion_lane(self));
	self->completion_request = lane_complete(
	    app_completion_lane(self), subject, self->completion_offset + command_line_cursor(self->line));
	app_watch_progress(self);
}

void
app_take_completion(App *self, LaneEvent *event)
{
	if (self->line != NULL && event->kind == LANE_EVENT_COMPLETION &&
	    event->request == self->completion_request)
		offer(self, g_steal_pointer(&event->completion));
}

void
app_press_line(App *self, KeyPress press)
{
	command_line_press(self->line, press);
	switch (command_line_outcome(self->line)) {
	case COMMAND_LINE_OPEN:
		if (command_line_wants_candidates(self->line) && press == PRESS_TAB)
			ask_for_candidates(self);
		break;
	case COMMAND_LINE_CANCELLED: close_line(self); break;
	case COMMAND_LINE_ACCEPTED: accept_line(self); break;
	}
}
