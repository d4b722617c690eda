#include "dialog.h"

#include "line_input.h"
#include "text_draw.h"

#include "base/text.h"

#include <string.h>

/* Presses that come faster than a person can read are repeats of the one before. */
#define SETTLE_TIME (300 * DURATION_MILLISECOND)

#define FRAME 4 /* cells that frame and margin take on both sides */

typedef enum Focus {
	FOCUS_NO,
	FOCUS_YES,
} Focus;

struct Dialog {
	char *title;
	char **lines;
	char *typed;
	LineInput *input; /* where something must be typed */
	Focus focus;
	KeyPress started_by;
	gint64 quiet_since; /* the last press that did not count, or the opening */
	guint top;          /* first line that is shown */
	DialogOutcome outcome;
};

Dialog *
dialog_new(const LaneQuestion *question, KeyPress started_by, gint64 now)
{
	Dialog *self = g_new0(Dialog, 1);

	self->title = text_sanitised(question->title, TEXT_SINGLE_LINE);
	self->lines = g_strdupv(question->lines != NULL ? question->lines : (char *[]){ NULL });
	self->typed = g_strdup(question->typed);
	if (self->typed != NULL)
		self->input = line_input_new("");
	self->started_by = started_by;
	self->quiet_since = now;
	return self;
}

void
dialog_free(Dialog *self)
{
	if (self == NULL)
		return;
	g_free(self->title);
	g_strfreev(self->lines);
	g_free(self->typed);
	line_input_free(self->input);
	g_free(self);
}

DialogOutcome
dialog_outcome(const Dialog *self)
{
	return self->outcome;
}

/* Too early, or the key that led here: it does not confirm, and the wait begins anew while it repeats. */
static bool
is_accident(Dialog *self, KeyPress press, gint64 now)
{
	bool early = now - self->quiet_since < SETTLE_TIME;

	if (early)
		self->quiet_since = now;
	return early || press == self->started_by;
}

static bool
is_typed_right(const Dialog *self)
{
	return self->typed == NULL || strcmp(line_input_text(self->input), self->typed) == 0;
}

static void
accept_yes(Dialog *self, KeyPress press, gint64 now)
{
	if (!is_accident(self, press, now) && is_typed_right(self))
		self->outcome = DIALOG_YES;
}

static void
press_enter(Dialog *self, gint64 now)
{
	if (self->input != NULL && is_typed_right(self))
		accept_yes(self, PRESS_ENTER, now);
	else if (self->focus == FOCUS_YES)
		accept_yes(self, PRESS_ENTER, now);
	else if (self->input == NULL && !is_accident(self, PRESS_ENTER, now))
		self->outcome = DIALOG_NO;
}

static bool
press_scroll(Dialog *self, KeyPress press)
{
	guint count = g_strv_length(self->lines);

	if (press == PRESS_DOWN && self->top + 1 < count)
		self->top++;
	else if (press == PRESS_UP && self->top > 0)
		self->top--;
	else
		return press == PRESS_DOWN || press == PRESS_UP;
	return true;
}

bool
dialog_press(Dialog *self, KeyPress press, gint64 now)
{
	if (press == PRESS_ESCAPE) {
		self->outcome = DIALOG_NO;
	} else if (press == PRESS_ENTER) {
		press_enter(self, now);
	} else if (press_scroll(self, press)) {
		return true;
	} else if (self->input != NULL) {
		line_input_press(self->input, press);
	} else if (press == 'y' || press == 'Y') {
		accept_yes(self, press, now);
	} else if (press == 'n' || press == 'N' || press == 'q') {
		self->outcome = DIALOG_NO;
	} else if (press == PRESS_LEFT || press == PRESS_RIGHT || press == PRESS_TAB ||
	    press == PRESS_SHIFT_TAB) {
		self->focus = self->focus == FOCUS_NO ? FOCUS_YES : FOCUS_NO;
	}
	return true;
}

/* Rows beside the lines: frame, title and its blank, blank and the buttons or the input. */
static int
rows_around(void)
{
	return 6;
}

void
dialog_size(const Dialog *self, int max_height, int max_width, int *ret_height, int *ret_width)
{
	int width = MAX(text_width(self->title), 36);

	for (char **line = self->lines; *line != NULL; line++) {
		g_autofree char *clean = text_sanitised(*line, TEXT_SINGLE_LINE);

		width = MAX(width, text_width(clean));
	}
	*ret_width = MIN(width + FRAME + 2, max_width);
	*ret_height = MIN((int)g_strv_length(self->lines) + rows_around(), max_height);
}

static void
draw_lines(const Dialog *self, WINDOW *window, const Theme *theme, int height, int width)
{
	int shown = height - rows_around();
	guint count = g_strv_length(self->lines);
	Look look = theme_look(theme, STYLE_ROW, ROW_PLAIN);

	for (int i = 0; i < shown && self->top + (guint)i < count; i++)
		text_draw(
		    window, theme, 3 + i, 3, width - FRAME - 2, self->lines[self->top + (guint)i], look);
	if (shown > 0 && self->top + (guint)shown < count)
		text_draw(window, theme, 2 + shown, width - 3, 1, theme_glyph(theme, GLYPH_DESCENDING),
		    theme_look(theme, STYLE_HINT_TEXT, ROW_PLAIN));
}

static void
draw_button(WINDOW *window, const Theme *theme, int y, int x, const char *label, bool focused)
{
	Look look = theme_look(theme, STYLE_ROW, focused ? ROW_CURSOR : ROW_PLAIN);
	g_autofree char *text = g_strdup_printf(focused ? "[ %s ]" : "  %s  ", label);

	text_draw(window, theme, y, x, text_width(text), text, look);
}

static void
draw_answer(Dialog *self, WINDOW *window, const Theme *theme, int y, int width)
{
	if (self->input == NULL) {
		draw_button(window, theme, y, 3, "Cancel", self->focus == FOCUS_NO);
		draw_button(window, theme, y, 15, "y Yes", self->focus == FOCUS_YES);
		curs_set(0);
		return;
	}
	g_autofree char *clean = text_sanitised(self->typed, TEXT_SINGLE_LINE);
	g_autofree char *prompt = g_strdup_printf("Type %s, then Enter: ", clean);
	int used = text_draw(
	    window, theme, y, 3, width - FRAME - 2, prompt, theme_look(theme, STYLE_WARNING, ROW_PLAIN));

	curs_set(1);
	line_input_draw(self->input, window, theme, y, 3 + used, width - FRAME - 2 - used, NULL);
}

void
dialog_draw(Dialog *self, WINDOW *window, const Theme *theme)
{
	int height = getmaxy(window);
	int width = getmaxx(window);

	werase(window);
	text_draw_frame(window, theme, theme_look(theme, STYLE_BORDER, ROW_PLAIN));
	text_draw(
	    window, theme, 1, 3, width - FRAME - 2, self->title, theme_look(theme, STYLE_TITLE, ROW_PLAIN));
	draw_lines(self, window, theme, height, width);
	draw_answer(self, window, theme, height - 2, width);
}
