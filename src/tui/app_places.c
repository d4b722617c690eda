#include "app_private.h"

#include "list_place.h"
#include "list_line.h"

#include "base/error.h"

#include <string.h>

static AppTab *
current_tab(const App *self)
{
	return &g_array_index(self->tabs, AppTab, self->tab);
}

Place *
app_top(const App *self)
{
	const GPtrArray *places = current_tab(self)->places;

	return places->len > 0 ? places->pdata[places->len - 1] : NULL;
}

guint
app_depth(const App *self)
{
	return current_tab(self)->places->len;
}

static void
leave_top(App *self)
{
	Place *top = app_top(self);

	if (top != NULL)
		top->def->leave(top);
}

static void
resume_top(App *self, bool anew)
{
	Place *top = app_top(self);

	if (top != NULL)
		top->def->resume(top, anew);
	app_redraw(self);
}

/* What was typed goes on, and shows its result wherever one is then; a list that nobody sees does not. */
static void
leave_reading(App *self)
{
	if (!app_job_waits(self, LANE_READ))
		app_cancel_reading(self);
}

void
app_push(App *self, Place *place)
{
	leave_top(self);
	g_ptr_array_add(current_tab(self)->places, place);
	resume_top(self, false);
}

bool
app_pop(App *self)
{
	GPtrArray *places = current_tab(self)->places;

	if (places->len < 2)
		return false;
	leave_top(self);
	leave_reading(self);
	app_forget_place(self, app_top(self));
	g_ptr_array_set_size(places, (gint)places->len - 1);
	resume_top(self, true);
	return true;
}

void
app_open_tab(App *self, guint index)
{
	AppTab *tab;
	bool anew;

	leave_top(self);
	leave_reading(self);
	if (index != self->tab)
		self->previous_tab = self->tab;
	/* What came of something there says nothing here. */
	if (index != self->tab && self->status.outcome != NULL)
		status_clear(&self->status);
	self->tab = index;
	tab = current_tab(self);
	anew = tab->places->len > 0;
	if (!anew)
		g_ptr_array_add(tab->places, list_place_new(self, tab->screen, NULL, NULL));
	resume_top(self, anew);
}

static bool
tab_of_screen(const App *self, const Screen *screen, guint *ret_index)
{
	for (guint i = 0; i < self->tabs->len; i++) {
		if (g_array_index(self->tabs, AppTab, i).screen == screen) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static bool
find_screen(const App *self, const char *name, const Screen **ret_screen, GError **error)
{
	const GPtrArray *all = screen_set_all(self->screens);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *known = NULL;

	*ret_screen = screen_set_find(self->screens, name);
	if (*ret_screen != NULL)
		return true;
	for (guint i = 0; i < all->len; i++)
		g_ptr_array_add(names, ((const Screen *)all->pdata[i])->name);
	g_ptr_array_add(names, NULL);
	known = g_strjoinv(", ", (char **)names->pdata);
	g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND, "no screen '%s': there are %s", name, known);
	return false;
}

static bool
check_filter(const Screen *screen, const char *filter, GError **error)
{
	const ScreenList *list = screen->lists->pdata[0];

	if (filter == NULL || *filter == '\0' || screen->lists->len == 1)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "the screen '%s' has several lists and takes no filter: '%s' is one of them", screen->name,
	    list->line);
	return false;
}

/* A filtered list lies above what was there, so that Esc leads back; a tab is gone to. */
bool
app_open_screen(App *self, const char *name, const char *filter, GError **error)
{
	const Screen *screen = NULL;
	guint index;

	if (!find_screen(self, name, &screen, error) || !check_filter(screen, filter, error))
		return false;
	if ((filter == NULL || *filter == '\0') && tab_of_screen(self, screen, &index)) {
		app_open_tab(self, index);
		return true;
	}
	leave_reading(self);
	app_push(self, list_place_new(self, screen, NULL, filter));
	return true;
}

void
app_close_places(App *self)
{
	for (guint i = 0; i < self->tabs->len; i++) {
		GPtrArray *places = g_array_index(self->tabs, AppTab, i).places;

		for (guint place = 0; place < places->len; place++)
			app_forget_place(self, places->pdata[place]);
		g_ptr_array_set_size(places, 0);
	}
}

/* The screen of the uppermost place that belongs to a tab. */
const Screen *
app_current_screen(const App *self)
{
	const GPtrArray *places = current_tab(self)->places;
	guint index;

	for (guint i = places->len; i > 0; i--) {
		const Place *place = places->pdata[i - 1];

		if (place->screen != NULL && tab_of_screen(self, place->screen, &index))
			return place->screen;
	}
	return current_tab(self)->screen;
}

char *
app_trail(const App *self)
{
	const GPtrArray *places = current_tab(self)->places;
	const char *arrow = theme_is_ascii(self->theme) ? " > " : " › ";
	GString *trail;

	if (places->len < 2)
		return NULL;
	trail = g_string_new(NULL);
	for (guint i = 0; i < places->len; i++)
		g_string_append_printf(
		    trail, "%s%s", i > 0 ? arrow : "", ((const Place *)places->pdata[i])->title);
	return g_string_free(trail, FALSE);
}
