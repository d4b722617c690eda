#include "app_private.h"

/* Its end may be lost: Escape twice ends it, too. */
static bool
ends(AppPaste *self, KeyPress press)
{
	bool second = self->after_escape && press == PRESS_ESCAPE;

	self->after_escape = press == PRESS_ESCAPE && !second;
	return press == PRESS_PASTE_END || second;
}

/*
 * Text that is pasted where nothing takes it is no row of keys; and a question that comes up in the middle of
 * a paste is not answered by the rest of it.
 */
bool
app_is_stray_paste(App *self, KeyPress press)
{
	const void *taker = self->dialog != NULL ? (const void *)self->dialog : self->line;
	AppPaste *paste = &self->paste;
	bool stray;

	if (press == PRESS_PASTE_BEGIN)
		*paste = (AppPaste){ .going = true, .taker = taker };
	if (!paste->going)
		return press == PRESS_PASTE_END;
	stray = taker == NULL || taker != paste->taker;
	if (!ends(paste, press))
		return stray;
	paste->going = false;
	/* A line that a question hides, or that knows no other end, has to hear of it. */
	if (self->line != NULL && self->line == paste->taker)
		app_press_line(self, PRESS_PASTE_END);
	return stray || press == PRESS_ESCAPE;
}
