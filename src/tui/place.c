#include "place.h"

void
place_free(Place *self)
{
	if (self == NULL)
		return;
	Screen *screen = self->own_screen;

	g_free(self->title);
	self->def->free(self);
	screen_free(screen);
}

void
place_choice_clear(PlaceChoice *self)
{
	g_clear_pointer(&self->owner, g_ptr_array_unref);
}
