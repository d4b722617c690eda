#include "app_private.h"

#include "header.h"
#include "hints.h"

#define HEAD_LINES 2 /* header and tabs */

/* A prompt leaves room for what is wrong with what was typed, and for nothing else. */
static bool
shows_status(const App *self)
{
	return self->line == NULL || self->status.failed;
}

static int
foot_lines(const App *self)
{
	return 1 + (self->line != NULL) + (shows_status(self) ? status_height(&self->status, COLS) : 0);
}

int
app_body_height(const App *self)
{
	return MAX(LINES - HEAD_LINES - foot_lines(self), 1);
}

static Canvas
canvas_at(const App *self, int y, int height)
{
	return (Canvas){ stdscr, self->theme, y, height, COLS };
}

/* Nothing while a question is open: what waits then waits for the person. */
static Duration
elapsed(const App *self, bool *ret_cancelling)
{
	Duration longest = 0;

	*ret_cancelling = false;
	if (self->dialog != NULL && self->dialog_about == DIALOG_ABOUT_JOB)
		return 0;
	for (int lane = 0; lane < LANE_COMPLETION; lane++) {
		longest = MAX(longest, lane_elapsed(self->lanes[lane]));
		*ret_cancelling |= lane_is_cancelling(self->lanes[lane]);
	}
	return longest;
}

static void
draw_head(App *self)
{
	Place *top = app_top(self);
	View *view = top->def->view(top);
	Canvas first = canvas_at(self, 0, 1), second = canvas_at(self, 1, 1);
	g_autofree char *trail = app_trail(self);
	Header header = {
		.context = self->context,
		.server = &self->server,
		.read_only = self->settings->read_only || self->context->read_only,
		.total = -1,
		.refresh = top->refresh,
		.read_at = top->read_at,
		.trouble = top->trouble,
		.now = g_get_monotonic_time(),
	};

	header.elapsed = elapsed(self, &header.cancelling);
	if (view != NULL && view_is_loaded(view) && top->screen->lists->len == 1)
		header.total = view_total(view, &header.total_is_estimate);
	header_draw(&header, &first);
	tabs_draw(&second, screen_set_tabs(self->screens), app_current_screen(self), trail);
}

/* The terminal's cursor goes where a window inside the screen has its own. */
static void
follow_cursor(WINDOW *window)
{
	int y, x, begin_y, begin_x;

	getyx(window, y, x);
	getbegyx(window, begin_y, begin_x);
	wmove(stdscr, begin_y + y, begin_x + x);
}

static void
draw_line(App *self)
{
	int height = MIN(command_line_list_height(self->line), app_body_height(self));
	WINDOW *line = derwin(stdscr, 1, COLS, LINES - 2, 0);
	WINDOW *list = height > 0 ? derwin(stdscr, height, COLS, LINES - 2 - height, 0) : NULL;

	if (list != NULL)
		werase(list);
	if (line != NULL) {
		command_line_draw(self->line, line, list, self->theme);
		follow_cursor(line);
		delwin(line);
	}
	if (list != NULL)
		delwin(list);
}

static void
draw_foot(App *self)
{
	static const char *const line_hints[] = { "Enter", "run", "Tab", "complete", "Up", "earlier lines",
		"Esc", "give up", NULL };
	static const char *const filter_hints[] = { "Enter", "filter", "Tab", "complete", "Esc", "give up",
		NULL };
	static const char *const dialog_hints[] = { "Tab", "other button", "Esc", "cancel", NULL };
	Place *top = app_top(self);
	View *view = top->def->view(top);
	Canvas last = canvas_at(self, LINES - 1, 1);
	Canvas status =
	    canvas_at(self, LINES - foot_lines(self), foot_lines(self) - 1 - (self->line != NULL));
	g_auto(PlaceChoice) choice = { 0 };

	if (shows_status(self))
		status_draw(&self->status, &status, view != NULL ? view_mark_count(view) : 0);
	top->def->choose(top, &choice);
	if (self->dialog != NULL)
		hints_draw_pairs(&last, dialog_hints);
	else if (self->line != NULL)
		hints_draw_pairs(&last, self->prompt == '/' ? filter_hints : line_hints);
	else
		hints_draw(&last, choice.list, &choice.rows, view != NULL);
}

static void
draw_dialog(App *self)
{
	int height = 0, width = 0;
	WINDOW *window;

	dialog_size(self->dialog, LINES - 2, COLS - 2, &height, &width);
	window = derwin(stdscr, height, width, MAX((LINES - height) / 2, 0), MAX((COLS - width) / 2, 0));
	if (window == NULL)
		return;
	werase(window);
	dialog_draw(self->dialog, window, self->theme);
	follow_cursor(window);
	delwin(window);
}

static void
draw_too_small(App *self)
{
	Canvas canvas = canvas_at(self, 0, LINES);
	g_autofree char *text =
	    g_strdup_printf("Signalbox needs a terminal of %d by %d cells; this one has %d by %d. q quits.",
		TUI_TERMINAL_COLS_MIN, TUI_TERMINAL_ROWS_MIN, COLS, LINES);

	canvas_paragraph(&canvas, 0, 0, text, STYLE_ROW);
}

static void
draw_all(App *self)
{
	Place *top = app_top(self);
	Canvas body = canvas_at(self, HEAD_LINES, app_body_height(self));

	draw_head(self);
	top->def->draw(top, &body);
	draw_foot(self);
	if (self->line != NULL)
		draw_line(self);
	if (self->dialog != NULL)
		draw_dialog(self);
}

void
app_draw(App *self)
{
	bool typing = self->line != NULL || (self->dialog != NULL && self->dialog_is_typed);

	erase();
	if (tui_terminal_is_too_small())
		draw_too_small(self);
	else
		draw_all(self);
	curs_set(typing && !tui_terminal_is_too_small() ? 1 : 0);
	refresh();
}
