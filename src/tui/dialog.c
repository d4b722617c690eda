#include "dialog.h"

#include "line_input.h"
#include "text_draw.h"
#include "text_view.h"

#include "base/text.h"
#include "base/timestamp.h"

#include <string.h>

/* Presses that come faster than a person can read are repeats of the one before. */
#define SETTLE_TIME (300 * DURATION_MILLISECOND)

#define WIDTH_MIN 42
#define MARGIN 2        /* cells on either side, the frame included */
#define TEXT_ROWS_MAX 3 /* of the title, and of what must be typed */

typedef enum Focus {
	FOCUS_NO,
	FOCUS_YES,
} Focus;

struct Dialog {
	TextView *title;
	TextView *body;
	TextView *prompt; /* where something must be typed */
	int width;        /* cells of the longest line, unwrapped */
	char *typed;
	LineInput *input;
	Focus focus;
	KeyPress started_by;
	gint64 opened;
	KeyPress last; /* press, and when it came */
	gint64 last_at;
	bool held; /* the key that led here has not been let go of */
	bool pasting;
	int body_rows; /* as last drawn */
	DialogOutcome outcome;
};

static void
add_body(Dialog *self, char *const *lines)
{
	for (; lines != NULL && *lines != NULL; lines++) {
		g_autofree char *clean = text_sanitised(*lines, TEXT_SINGLE_LINE);

		text_view_line(self->body);
		text_view_add(self->body, STYLE_ROW, clean);
		self->width = MAX(self->width, text_width(clean));
	}
}

static void
add_input(Dialog *self, const char *typed)
{
	self->typed = g_strdup(typed);
	self->input = line_input_new("");
	self->prompt = text_view_new(NULL);
	text_view_add(self->prompt, STYLE_ROW, "To confirm, type ");
	text_view_add(self->prompt, STYLE_WARNING, typed);
	text_view_add(self->prompt, STYLE_ROW, " and press Enter:");
}

Dialog *
dialog_new(const LaneQuestion *question, KeyPress started_by, gint64 now)
{
	Dialog *self = g_new0(Dialog, 1);
	g_autofree char *title = text_sanitised(question->title, TEXT_SINGLE_LINE);

	self->title = text_view_new(NULL);
	text_view_add(self->title, STYLE_TITLE, title);
	self->width = text_width(title);
	self->body = text_view_new(NULL);
	add_body(self, question->lines);
	/* Nothing cannot be typed: then it is a question for yes or no. */
	if (question->typed != NULL && *question->typed != '\0')
		add_input(self, question->typed);
	self->started_by = started_by;
	self->held = started_by != PRESS_NONE;
	self->last = started_by;
	self->opened = self->last_at = now;
	return self;
}

void
dialog_free(Dialog *self)
{
	if (self == NULL)
		return;
	text_view_free(self->title);
	text_view_free(self->body);
	text_view_free(self->prompt);
	g_free(self->typed);
	line_input_free(self->input);
	g_free(self);
}

DialogOutcome
dialog_outcome(const Dialog *self)
{
	return self->outcome;
}

/* -- presses -----------------------------------------------------------------------------------------------
 */

static bool
is_repeat(Dialog *self, KeyPress press, gint64 now)
{
	bool repeat = press == self->last && now - self->last_at < SETTLE_TIME;

	self->held = self->held && repeat;
	self->last = press;
	self->last_at = now;
	return repeat;
}

static bool
is_typed_right(const Dialog *self)
{
	return strcmp(line_input_text(self->input), self->typed) == 0;
}

/* Where something must be typed, that is what confirms, and Enter only ends it. */
static void
press_enter(Dialog *self)
{
	if (self->input != NULL) {
		if (is_typed_right(self))
			self->outcome = DIALOG_YES;
	} else if (self->focus == FOCUS_NO) {
		self->outcome = DIALOG_NO;
	} else if (self->started_by != PRESS_ENTER) {
		self->outcome = DIALOG_YES;
	}
}

static void
press_button(Dialog *self, KeyPress press, bool repeat)
{
	bool starter = press == self->started_by;

	if (press == PRESS_LEFT || press == PRESS_RIGHT || press == PRESS_TAB || press == PRESS_SHIFT_TAB)
		self->focus = self->focus == FOCUS_NO ? FOCUS_YES : FOCUS_NO;
	else if ((press == 'y' || press == 'Y') && !starter && !repeat)
		self->outcome = DIALOG_YES;
	else if ((press == 'n' || press == 'N' || press == 'q') && !repeat)
		self->outcome = DIALOG_NO;
}

/* A pasted text is no answer; it may be what has to be typed. */
static bool
take_paste(Dialog *self, KeyPress press)
{
	if (self->input != NULL) {
		bool pasting = line_input_is_pasting(self->input);

		if (!pasting && press != PRESS_PASTE_BEGIN)
			return false;
		line_input_press(self->input, press);
		return true;
	}
	if (press == PRESS_PASTE_BEGIN || press == PRESS_PASTE_END) {
		self->pasting = press == PRESS_PASTE_BEGIN;
		return true;
	}
	/* No is always safe to say, and a paste may never end. */
	return self->pasting && press != PRESS_ESCAPE;
}

static bool
scrolls(KeyPress press)
{
	return press == PRESS_UP || press == PRESS_DOWN || press == PRESS_PAGE_UP || press == PRESS_PAGE_DOWN;
}

bool
dialog_press(Dialog *self, KeyPress press, gint64 now)
{
	bool early = now - self->opened < SETTLE_TIME;

	if (take_paste(self, press))
		return true;

	bool repeat = is_repeat(self, press, now);

	if (press == PRESS_ESCAPE)
		self->outcome = DIALOG_NO;
	else if (early || self->held)
		return true;
	else if (press == PRESS_ENTER && !repeat)
		press_enter(self);
	else if (scrolls(press))
		text_view_press(self->body, press, self->body_rows);
	else if (self->input != NULL)
		line_input_press(self->input, press);
	else
		press_button(self, press, repeat);
	return true;
}

/* -- drawing -----------------------------------------------------------------------------------------------
 */

/* Rows within the frame, from above. Where there are too few, blanks go first, then the body scrolls. */
typedef struct Layout {
	int cells;
	int title, body, prompt;
	int body_y, answer_y;
} Layout;

static int
text_rows(TextView *view, int cells)
{
	return view != NULL ? MIN(text_view_rows(view, cells), TEXT_ROWS_MAX) : 0;
}

static Layout
lay_out(const Dialog *self, int height, int width)
{
	Layout layout = { .cells = MAX(width - 2 * MARGIN, 1) };
	int left, blanks;

	layout.title = text_rows(self->title, layout.cells);
	layout.prompt = text_rows(self->prompt, layout.cells);
	left = MAX(height - 2 - layout.title - layout.prompt - 1, 0);
	layout.body = MIN(text_view_rows(self->body, layout.cells), left);
	blanks = left - layout.body;
	layout.body_y = 1 + layout.title + (blanks > 1);
	layout.answer_y = height - 2 - layout.prompt;
	return layout;
}

void
dialog_size(const Dialog *self, int max_height, int max_width, int *ret_height, int *ret_width)
{
	int width = MIN(MAX(self->width + 2 * MARGIN, WIDTH_MIN), max_width);
	Layout layout = lay_out(self, G_MAXSHORT, width);
	int blanks = layout.body > 0 ? 2 : 1;

	*ret_width = width;
	*ret_height = MIN(2 + layout.title + layout.body + layout.prompt + 1 + blanks, max_height);
}

static void
draw_part(TextView *view, WINDOW *window, const Theme *theme, int y, int rows, int cells)
{
	WINDOW *part = rows > 0 ? derwin(window, rows, cells, y, MARGIN) : NULL;

	if (part == NULL)
		return;
	text_view_draw(view, part, theme);
	delwin(part);
}

/* On the frame: which of its lines are in sight. */
static void
draw_place(const Dialog *self, WINDOW *window, const Theme *theme, const Layout *layout)
{
	if (text_view_rows(self->body, layout->cells) <= layout->body)
		return;
	g_autofree char *place = text_view_place(self->body);
	g_autofree char *text = g_strdup_printf(" %s ", place);

	text_draw(window, theme, getmaxy(window) - 1, getmaxx(window) - text_width(text) - MARGIN,
	    text_width(text), text, theme_look(theme, STYLE_WARNING, ROW_PLAIN));
}

static void
draw_button(WINDOW *window, const Theme *theme, int y, int x, const char *label, bool focused)
{
	Look look = theme_look(theme, STYLE_ROW, focused ? ROW_CURSOR : ROW_PLAIN);
	g_autofree char *text = g_strdup_printf(focused ? "[ %s ]" : "  %s  ", label);

	text_draw(window, theme, y, x, text_width(text), text, look);
}

static void
draw_buttons(const Dialog *self, WINDOW *window, const Theme *theme, int y)
{
	draw_button(window, theme, y, MARGIN, "n Cancel", self->focus == FOCUS_NO);
	draw_button(window, theme, y, MARGIN + 14, "y Yes", self->focus == FOCUS_YES);
	curs_set(0);
}

static void
draw_input(const Dialog *self, WINDOW *window, const Theme *theme, const Layout *layout)
{
	int y = layout->answer_y + layout->prompt, cells = layout->cells - 2;

	draw_part(self->prompt, window, theme, layout->answer_y, layout->prompt, layout->cells);
	if (is_typed_right(self))
		text_draw(window, theme, y, MARGIN + cells + 1, 1, theme_glyph(theme, GLYPH_YES),
		    theme_look(theme, STYLE_GREEN, ROW_PLAIN));
	curs_set(1);
	line_input_draw(self->input, window, theme, y, MARGIN, cells, NULL);
}

void
dialog_draw(Dialog *self, WINDOW *window, const Theme *theme)
{
	Layout layout = lay_out(self, getmaxy(window), getmaxx(window));

	werase(window);
	text_draw_frame(window, theme, theme_look(theme, STYLE_BORDER, ROW_PLAIN));
	self->body_rows = layout.body;
	draw_part(self->title, window, theme, 1, layout.title, layout.cells);
	draw_part(self->body, window, theme, layout.body_y, layout.body, layout.cells);
	draw_place(self, window, theme, &layout);
	if (self->input != NULL)
		draw_input(self, window, theme, &layout);
	else
		draw_buttons(self, window, theme, layout.answer_y);
}
