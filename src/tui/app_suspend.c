#include "app_private.h"

/* A lane that asks has no transaction open. */
static bool
is_writing(const App *self)
{
	bool asks = self->dialog != NULL && self->dialog_about == DIALOG_ABOUT_JOB;

	return lane_is_busy(self->lanes[LANE_WRITE]) && !asks;
}

/* What only looks can be given up; true while it has not yet ended. */
static bool
is_still_reading(App *self)
{
	Lane *completion = self->lanes[LANE_COMPLETION];
	bool reading = lane_is_busy(self->lanes[LANE_READ]);

	if (reading && !lane_is_cancelling(self->lanes[LANE_READ])) {
		app_top(self)->def->leave(app_top(self));
		app_cancel_reading(self);
	}
	if (completion != NULL && lane_is_busy(completion)) {
		lane_cancel(completion);
		reading = true;
	}
	return reading;
}

void
app_suspend(App *self)
{
	self->wants_to_suspend = false;
	if (is_writing(self)) {
		app_say(self, NULL,
		    "a command is still running: stopped, it would hold its locks; Ctrl-C cancels it",
		    NOTE_WARNING);
		return;
	}
	if (is_still_reading(self)) {
		self->wants_to_suspend = true;
		app_watch_progress(self);
		return;
	}
	tui_terminal_suspend(self->terminal);
	app_top(self)->def->resume(app_top(self), true);
	app_redraw(self);
}
