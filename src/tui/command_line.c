#include "command_line.h"

#include "candidate_list.h"
#include "line_input.h"
#include "text_draw.h"

#include "base/text.h"

#include <string.h>

#define CONTROL(letter) ((KeyPress)(letter)&0x1f)

struct CommandLine {
	char *prefix;
	LineInput *input;
	const CommandHistory *history;
	char *typed;      /* what was typed before Up; NULL: no line of the history is shown */
	guint history_at; /* that line */
	char *asked;      /* the text up to the cursor for which candidates are wanted, or NULL */
	Completion *completion;
	int chosen; /* the candidate that stands in the text, or -1 */
	CommandLineOutcome outcome;
};

CommandLine *
command_line_new(const char *prefix, const char *text, const CommandHistory *history)
{
	CommandLine *self = g_new0(CommandLine, 1);

	self->prefix = g_strdup(prefix);
	self->input = line_input_new(text);
	self->history = history;
	self->chosen = -1;
	return self;
}

void
command_line_free(CommandLine *self)
{
	if (self == NULL)
		return;
	completion_free(self->completion);
	line_input_free(self->input);
	g_free(self->asked);
	g_free(self->typed);
	g_free(self->prefix);
	g_free(self);
}

CommandLineOutcome
command_line_outcome(const CommandLine *self)
{
	return self->outcome;
}

const char *
command_line_text(const CommandLine *self)
{
	return line_input_text(self->input);
}

size_t
command_line_cursor(const CommandLine *self)
{
	return line_input_cursor(self->input);
}

bool
command_line_wants_candidates(const CommandLine *self)
{
	return self->asked != NULL;
}

/* -- candidates --------------------------------------------------------------------------------------------
 */

static const GPtrArray *
candidates(const CommandLine *self)
{
	return self->completion != NULL ? self->completion->candidates : NULL;
}

static void
close_list(CommandLine *self)
{
	g_clear_pointer(&self->completion, completion_free);
	g_clear_pointer(&self->asked, g_free);
	self->chosen = -1;
}

static char *
text_up_to_cursor(const CommandLine *self)
{
	return g_strndup(command_line_text(self), command_line_cursor(self));
}

static void
ask_for_candidates(CommandLine *self)
{
	close_list(self);
	self->asked = text_up_to_cursor(self);
}

static void
put_candidate(CommandLine *self, const Candidate *candidate, bool finished)
{
	bool blank =
	    finished && !candidate->partial && command_line_text(self)[command_line_cursor(self)] != ' ';
	g_autofree char *text = g_strconcat(candidate->text, blank ? " " : NULL, NULL);

	line_input_replace(self->input, self->completion->word_start, text);
}

/* As much as is the same in all of them, unless that is less than what was typed. */
static void
put_common_start(CommandLine *self)
{
	g_autofree char *common = candidate_common_start(candidates(self));

	if (strlen(common) > command_line_cursor(self) - self->completion->word_start)
		line_input_replace(self->input, self->completion->word_start, common);
}

void
command_line_take(CommandLine *self, Completion *completion)
{
	g_autofree char *now = text_up_to_cursor(self);
	bool wanted = self->asked != NULL && strcmp(now, self->asked) == 0 && completion != NULL &&
	    completion->word_start <= strlen(now) && completion->candidates->len > 0;

	close_list(self);
	if (!wanted) {
		completion_free(completion);
		return;
	}
	self->completion = completion;
	if (completion->candidates->len > 1) {
		put_common_start(self);
		return;
	}
	put_candidate(self, completion->candidates->pdata[0], true);
	close_list(self);
}

static void
cycle(CommandLine *self, int step)
{
	int count = candidates(self) != NULL ? (int)candidates(self)->len : 0;

	if (count == 0 && step > 0)
		ask_for_candidates(self);
	if (count == 0)
		return;
	if (self->chosen < 0)
		self->chosen = step > 0 ? 0 : count - 1;
	else
		self->chosen = (self->chosen + step + count) % count;
	put_candidate(self, candidates(self)->pdata[self->chosen], false);
}

/* -- history -----------------------------------------------------------------------------------------------
 */

/* The next line that begins with what was typed and is not the one that is shown; past the newest one comes
 * what was typed. */
static bool
find_line(const CommandLine *self, const GPtrArray *lines, int step, guint *at)
{
	for (gint64 i = (gint64)*at + step; i >= 0 && i < (gint64)lines->len; i += step) {
		const char *line = lines->pdata[i];

		if (g_str_has_prefix(line, self->typed) && strcmp(line, command_line_text(self)) != 0) {
			*at = (guint)i;
			return true;
		}
	}
	*at = lines->len;
	return step > 0;
}

static void
go_in_history(CommandLine *self, int step)
{
	const GPtrArray *lines = self->history != NULL ? history_lines(self->history) : NULL;
	guint at;

	close_list(self);
	if (lines == NULL || (self->typed == NULL && step > 0))
		return;
	if (self->typed == NULL) {
		self->typed = g_strdup(command_line_text(self));
		self->history_at = lines->len;
	}
	at = MIN(self->history_at, lines->len);
	if (find_line(self, lines, step, &at)) {
		self->history_at = at;
		line_input_set(self->input, at < lines->len ? lines->pdata[at] : self->typed);
	}
	if (self->history_at == lines->len)
		g_clear_pointer(&self->typed, g_free);
}

static bool
is_at_end(const CommandLine *self)
{
	return command_line_text(self)[command_line_cursor(self)] == '\0';
}

/* How the newest line that begins with the text goes on; borrowed, or NULL. */
static const char *
suggestion(const CommandLine *self)
{
	const char *text = command_line_text(self);
	size_t length = strlen(text);

	if (self->history == NULL || self->typed != NULL || length == 0 || !is_at_end(self))
		return NULL;
	const GPtrArray *lines = history_lines(self->history);

	for (guint i = lines->len; i > 0; i--) {
		const char *line = lines->pdata[i - 1];

		if (g_str_has_prefix(line, text) && line[length] != '\0')
			return line + length;
	}
	return NULL;
}

static bool
take_suggestion(CommandLine *self, KeyPress press)
{
	const char *rest;

	if (press != PRESS_RIGHT && press != PRESS_END && press != CONTROL('f') && press != CONTROL('e'))
		return false;
	rest = suggestion(self);
	if (rest == NULL)
		return false;
	close_list(self);
	line_input_replace(self->input, command_line_cursor(self), rest);
	return true;
}

/* -- presses -----------------------------------------------------------------------------------------------
 */

static bool
edit(CommandLine *self, KeyPress press)
{
	g_autofree char *before = g_strdup(command_line_text(self));
	size_t cursor = command_line_cursor(self);

	if (!line_input_press(self->input, press))
		return false;
	if (strcmp(before, command_line_text(self)) != 0) {
		close_list(self);
		g_clear_pointer(&self->typed, g_free);
	} else if (cursor != command_line_cursor(self)) {
		close_list(self);
	}
	return true;
}

static bool
press_ending(CommandLine *self, KeyPress press)
{
	bool erases = press == PRESS_BACKSPACE || press == CONTROL('h');

	if (press == PRESS_ENTER)
		self->outcome = COMMAND_LINE_ACCEPTED;
	else if (press == PRESS_ESCAPE && (self->completion != NULL || self->asked != NULL))
		close_list(self);
	else if (press == PRESS_ESCAPE || (erases && *command_line_text(self) == '\0'))
		self->outcome = COMMAND_LINE_CANCELLED;
	else
		return false;
	return true;
}

bool
command_line_press(CommandLine *self, KeyPress press)
{
	/* What is pasted is text, whatever the keys would do. */
	if (line_input_is_pasting(self->input))
		return edit(self, press);
	if (press == PRESS_TAB)
		cycle(self, 1);
	else if (press == PRESS_SHIFT_TAB)
		cycle(self, -1);
	else if (press == PRESS_UP || press == CONTROL('p'))
		go_in_history(self, -1);
	else if (press == PRESS_DOWN || press == CONTROL('n'))
		go_in_history(self, 1);
	else
		return press_ending(self, press) || take_suggestion(self, press) || edit(self, press);
	return true;
}

/* -- drawing -----------------------------------------------------------------------------------------------
 */

int
command_line_list_height(const CommandLine *self)
{
	return candidates(self) != NULL ? candidate_list_height(candidates(self)) : 0;
}

void
command_line_draw(CommandLine *self, WINDOW *line, WINDOW *list, const Theme *theme)
{
	int used;

	if (list != NULL && candidates(self) != NULL)
		candidate_list_draw(candidates(self), self->chosen, list, theme);
	werase(line);
	used = text_draw(
	    line, theme, 0, 0, getmaxx(line), self->prefix, theme_look(theme, STYLE_HINT_KEY, ROW_PLAIN));
	line_input_draw(self->input, line, theme, 0, used, getmaxx(line) - used, suggestion(self));
}
