#include "app_private.h"

#include "header.h"
#include "help.h"
#include "table.h"

#include <string.h>

#define WHEEL_ROWS 3
#define LONG_WAIT (500 * DURATION_MILLISECOND)

void
app_quit(App *self, int exit_code)
{
	self->exit_code = exit_code;
	g_main_loop_quit(self->loop);
}

static void
ask_to_quit(App *self)
{
	bool busy = lane_is_busy(self->lanes[LANE_WRITE]);
	const char *lines[] = {
		busy ? "A command is still running: it is cancelled first." : "Nothing is running.", NULL
	};
	g_autofree char *title = g_strdup("Quit Signalbox?");
	LaneQuestion question = { .title = title, .lines = (char **)(guintptr)lines };

	if (self->dialog != NULL)
		return;
	self->dialog = dialog_new(&question, PRESS_NONE, g_get_monotonic_time());
	self->dialog_about = DIALOG_ABOUT_QUIT;
	self->dialog_is_typed = false;
}

/* -- the dialog ---------------------------------------------------------------------------------------------
 */

static void
press_dialog(App *self, KeyPress press)
{
	DialogOutcome outcome;
	bool yes;

	/* Ctrl-C is a no to any question. */
	dialog_press(self->dialog, press == 3 ? PRESS_ESCAPE : press, g_get_monotonic_time());
	outcome = dialog_outcome(self->dialog);
	if (outcome == DIALOG_OPEN)
		return;
	yes = outcome == DIALOG_YES;
	g_clear_pointer(&self->dialog, dialog_free);
	if (self->dialog_about == DIALOG_ABOUT_JOB)
		app_answer(self, yes ? ANSWER_YES : ANSWER_NO);
	else if (yes)
		app_quit(self, 0);
}

/* -- actions ------------------------------------------------------------------------------------------------
 */

static void
give_up_reading(App *self)
{
	Place *top = app_top(self);

	if (top->def->give_up != NULL)
		top->def->give_up(top);
}

static void
go_back(App *self)
{
	Place *top = app_top(self);
	bool waits = app_job_waits(self, LANE_READ) || top->waiting ||
	    lane_elapsed(self->lanes[LANE_READ]) > LONG_WAIT;

	if (waits && lane_is_busy(self->lanes[LANE_READ]) && !lane_is_cancelling(self->lanes[LANE_READ])) {
		app_cancel_reading(self);
		give_up_reading(self);
		app_say(self, NULL, "cancelled", NOTE_WARNING);
		return;
	}
	status_clear(&self->status);
	if (!top->def->take_back(top))
		app_pop(self);
}

static void
cancel_or_quit(App *self)
{
	bool cancelled = false;

	for (int name = 0; name < LANE_COUNT; name++) {
		Lane *lane = self->lanes[name];

		if (lane != NULL && lane_is_busy(lane) && !lane_is_cancelling(lane)) {
			lane_cancel(lane);
			cancelled = true;
			if (name == LANE_READ)
				give_up_reading(self);
		}
	}
	if (cancelled)
		app_say(self, NULL, APP_CANCEL_SENT, NOTE_WARNING);
	else
		ask_to_quit(self);
}

static void
close_place(App *self)
{
	if (app_pop(self))
		return;
	if (lane_is_busy(self->lanes[LANE_WRITE]))
		ask_to_quit(self);
	else
		app_quit(self, 0);
}

static void
open_filter(App *self)
{
	View *view = app_top(self)->def->view(app_top(self));

	if (view != NULL && view_takes_filter(view))
		app_open_line(self, '/', view_filter(view));
	else
		app_say(self, NULL, "this cannot be filtered", NOTE_WARNING);
}

static void
open_help(App *self)
{
	Place *top = app_top(self);
	g_auto(PlaceChoice) choice = { 0 };
	TextView *text = text_view_new("Help");

	top->def->choose(top, &choice);
	help_fill(text, top->screen, choice.list, self->settings->registry);
	app_push(self, document_place_of_text(self, "Help", text));
}

static void
step_tab(App *self, int step)
{
	guint count = self->tabs->len;

	app_open_tab(self, (self->tab + count + (guint)step) % count);
}

/* OSC 52: works through ssh, and does nothing where the terminal does not allow it. */
static void
yank(App *self)
{
	Place *top = app_top(self);
	g_auto(PlaceChoice) choice = { 0 };
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *base64 = NULL;
	g_autofree char *sequence = NULL;

	top->def->choose(top, &choice);
	for (size_t i = 0; i < choice.rows.count; i++) {
		int column = row_columns_find(choice.rows.columns, "id");
		const Cell *cell = row_cell(choice.rows.rows[i], MAX(column, 0));

		g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", cell != NULL ? cell->text : "");
	}
	if (text->len == 0)
		return;
	base64 = g_base64_encode((const guchar *)text->str, text->len);
	sequence = g_strconcat("\033]52;c;", base64, "\a", NULL);
	tui_terminal_write(self->terminal, sequence, strlen(sequence));
	app_say(
	    self, NULL, choice.rows.count == 1 ? "copied the row's key" : "copied the rows' keys", NOTE_INFO);
}

static void
redraw(App *self)
{
	clearok(curscr, TRUE);
	app_redraw(self);
}

static void
act(App *self, Action action)
{
	Place *top = app_top(self);

	switch ((int)action) {
	case ACTION_BACK: go_back(self); return;
	case ACTION_FILTER: open_filter(self); return;
	case ACTION_COMMAND: app_open_line(self, ':', ""); return;
	case ACTION_HELP: open_help(self); return;
	case ACTION_TAB_BEFORE: step_tab(self, -1); return;
	case ACTION_TAB_AFTER: step_tab(self, 1); return;
	case ACTION_PREVIOUS: app_open_tab(self, self->previous_tab); return;
	case ACTION_YANK: yank(self); return;
	case ACTION_CANCEL: cancel_or_quit(self); return;
	case ACTION_REDRAW: redraw(self); return;
	case ACTION_SUSPEND: app_suspend(self); return;
	case ACTION_CLOSE: close_place(self); return;
	default: top->def->act(top, action, app_body_height(self)); return;
	}
}

/* -- the mouse ----------------------------------------------------------------------------------------------
 */

static void
click(App *self, int y, int x)
{
	const Screen *tab = y == 1 ? tabs_at(screen_set_tabs(self->screens), x) : NULL;
	Place *top = app_top(self);

	for (guint i = 0; tab != NULL && i < self->tabs->len; i++) {
		if (g_array_index(self->tabs, AppTab, i).screen == tab) {
			app_open_tab(self, i);
			return;
		}
	}
	if (top->def->click != NULL && y >= 2 && y < 2 + app_body_height(self))
		top->def->click(top, y - 2);
}

static void
press_mouse(App *self)
{
	Place *top = app_top(self);
	MEVENT event;

	if (getmouse(&event) != OK || self->dialog != NULL || self->line != NULL)
		return;
	if (event.bstate & (BUTTON4_PRESSED | BUTTON5_PRESSED)) {
		Action action = event.bstate & BUTTON4_PRESSED ? ACTION_UP : ACTION_DOWN;

		for (int i = 0; i < WHEEL_ROWS; i++)
			top->def->act(top, action, app_body_height(self));
	} else if (event.bstate & BUTTON1_PRESSED) {
		click(self, event.y, event.x);
	}
}

/* -- dispatch -----------------------------------------------------------------------------------------------
 */

/* What is not seen is not acted upon. */
static void
press_unseen(App *self, KeyPress press)
{
	bool busy = lane_is_busy(self->lanes[LANE_WRITE]);

	if (self->paste.going)
		return;
	if (action_of_press(press) == ACTION_CANCEL && busy)
		lane_cancel(self->lanes[LANE_WRITE]);
	else if ((press == 'q' || action_of_press(press) == ACTION_CANCEL) && !busy)
		app_quit(self, 0);
	else if (action_of_press(press) == ACTION_SUSPEND)
		app_suspend(self);
}

static void
press_place(App *self, KeyPress press)
{
	Place *top = app_top(self);
	g_auto(PlaceChoice) choice = { 0 };
	const ScreenKey *key;

	top->def->choose(top, &choice);
	key = choice.list != NULL ? screen_list_key(choice.list, press) : NULL;
	if (key != NULL)
		app_run_key(self, key);
	else if (press == PRESS_ENTER)
		app_run_detail(self, press);
	else
		act(self, action_of_press(press));
}

void
app_press(App *self, KeyPress press)
{
	if (app_is_stray_paste(self, press))
		return;
	if (tui_terminal_is_too_small())
		press_unseen(self, press);
	else if (press == PRESS_MOUSE)
		press_mouse(self);
	else if (self->dialog != NULL)
		press_dialog(self, press);
	else if (self->line != NULL)
		app_press_line(self, press);
	else
		press_place(self, press);
	app_redraw(self);
}
