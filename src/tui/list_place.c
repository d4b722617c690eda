#include "list_place.h"

#include "list_draw.h"
#include "list_order.h"
#include "table.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

static ListPlace *
self_of(Place *place)
{
	return (ListPlace *)place;
}

static ListPane *
focused(const ListPlace *self)
{
	return self->panes->pdata[self->focus];
}

static void
list_place_free(Place *place)
{
	ListPlace *self = self_of(place);

	g_ptr_array_unref(self->panes);
	g_free(self);
}

/* Somebody waits unless a list only grows or is refreshed. */
static void
note_waiting(ListPlace *self)
{
	self->place.waiting = false;
	for (guint i = 0; i < self->panes->len; i++) {
		const ListPane *pane = self->panes->pdata[i];
		ViewFetch fetching = view_fetching(pane->view);

		if (fetching == VIEW_FETCH_FIRST || fetching == VIEW_FETCH_LAST)
			self->place.waiting = true;
	}
}

static void
read_missing(ListPlace *self)
{
	for (guint i = 0; i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];
		g_autofree char *line = view_next_line(pane->view);

		if (line != NULL)
			pane->request = app_read(self->place.app, line, false);
	}
	note_waiting(self);
	app_redraw(self->place.app);
}

/* What is more urgent than the page under way does not wait for it. */
static void
want(ListPlace *self, ListPane *pane, ViewFetch fetch)
{
	if (view_want(pane->view, fetch) && fetch != VIEW_FETCH_REFRESH) {
		app_cancel_reading(self->place.app);
		for (guint i = 0; i < self->panes->len; i++)
			view_abandon(((ListPane *)self->panes->pdata[i])->view);
		view_want(pane->view, fetch);
	}
}

static void
resume(Place *place, bool anew)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; anew && i < self->panes->len; i++)
		view_want_again(((ListPane *)self->panes->pdata[i])->view);
	read_missing(self);
}

static void
leave(Place *place)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++) {
		View *view = ((ListPane *)self->panes->pdata[i])->view;
		ViewFetch fetching = view_fetching(view);

		if (fetching == VIEW_FETCH_FIRST || fetching == VIEW_FETCH_LAST) {
			view_abandon(view);
			view_want(view, fetching);
		} else {
			view_abandon(view);
		}
	}
}

/* A list that cannot be read says so once, until somebody does something or it can be read again. */
static void
note_outcome(ListPlace *self, const ListPane *pane, const LaneEvent *event)
{
	Place *place = &self->place;

	if (event->error == NULL || sb_error_is(event->error, SB_ERROR_CANCELLED))
		return;
	place->trouble =
	    sb_error_is(event->error, SB_ERROR_UNAVAILABLE) ? "disconnected" : "could not be read again";
	if (!self->told && view_row_count(pane->view) > 0)
		app_say_error(place->app, NULL, event->error);
	self->told = true;
}

static void
note_success(ListPlace *self, const ListPane *pane)
{
	self->place.read_at = g_get_monotonic_time();
	self->place.trouble = NULL;
	self->told = false;
	if (pane->failure != NULL)
		app_unsay(self->place.app, pane->failure);
}

static void
take_end(ListPlace *self, ListPane *pane)
{
	g_autoptr(GError) error = NULL;

	note_waiting(self);
	if (!list_pane_check(pane, self->place.screen->file, &error))
		app_say_error(self->place.app, NULL, error);
}

static bool
take(Place *place, LaneEvent *event)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];

		if (pane->request != event->request)
			continue;
		if (event->kind == LANE_EVENT_END)
			note_success(self, pane);
		list_pane_take(pane, event);
		if (event->kind == LANE_EVENT_ROWS && view_is_clipped(pane->view) &&
		    view_fetching(pane->view) == VIEW_FETCH_NONE)
			app_cancel_reading(place->app);
		if (event->kind == LANE_EVENT_END)
			take_end(self, pane);
		if (event->kind == LANE_EVENT_DONE) {
			note_outcome(self, pane, event);
			read_missing(self);
		}
		return true;
	}
	return false;
}

/* -- keys ---------------------------------------------------------------------------------------------------
 */

static void
order_by(ListPlace *self, char *order)
{
	g_autofree char *owned = order;
	ListPane *pane = focused(self);

	if (order == NULL || !view_takes_order(pane->view)) {
		app_say(self->place.app, NULL, "this list has one order only", NOTE_WARNING);
		return;
	}
	view_set_order(pane->view, order);
	want(self, pane, VIEW_FETCH_FIRST);
}

static bool
move_in(View *view, Action action)
{
	switch ((int)action) {
	case ACTION_UP: view_move(view, -1); return true;
	case ACTION_DOWN: view_move(view, 1); return true;
	case ACTION_PAGE_UP: view_page(view, -2); return true;
	case ACTION_PAGE_DOWN: view_page(view, 2); return true;
	case ACTION_HALF_UP: view_page(view, -1); return true;
	case ACTION_HALF_DOWN: view_page(view, 1); return true;
	case ACTION_LEFT: view_scroll_columns(view, -1); return true;
	case ACTION_RIGHT: view_scroll_columns(view, 1); return true;
	case ACTION_FIRST_COLUMN: view_scroll_columns(view, -G_MAXINT16); return true;
	case ACTION_LAST_COLUMN: view_scroll_columns(view, G_MAXINT16); return true;
	case ACTION_MARK: view_toggle_mark(view); return true;
	case ACTION_UNMARK: view_unmark(view); return true;
	default: return false;
	}
}

static void
go_to_end(ListPlace *self, bool end)
{
	ListPane *pane = focused(self);

	if (view_is_loaded(pane->view) && !view_has_more(pane->view, !end))
		view_move(
		    pane->view, end ? (int)view_row_count(pane->view) : -(int)view_row_count(pane->view));
	else
		want(self, pane, end ? VIEW_FETCH_LAST : VIEW_FETCH_FIRST);
}

static void
change_panel(ListPlace *self, int step)
{
	guint count = self->panes->len;

	self->focus = (self->focus + count + (guint)step) % count;
}

static bool
act_on_list(ListPlace *self, Action action)
{
	switch ((int)action) {
	case ACTION_HOME: go_to_end(self, false); return true;
	case ACTION_END: go_to_end(self, true); return true;
	case ACTION_PANEL: change_panel(self, 1); return true;
	case ACTION_PANEL_BEFORE: change_panel(self, -1); return true;
	case ACTION_SORT: order_by(self, list_order_next(focused(self)->view)); return true;
	case ACTION_INVERT: order_by(self, list_order_inverted(focused(self)->view)); return true;
	case ACTION_REFRESH: resume(&self->place, true); return true;
	default: return move_in(focused(self)->view, action);
	}
}

static bool
act(Place *place, Action action, int height)
{
	ListPlace *self = self_of(place);

	(void)height;
	self->told = false;
	if (!act_on_list(self, action))
		return false;
	read_missing(self);
	return true;
}

static bool
take_back(Place *place)
{
	ListPlace *self = self_of(place);
	ListPane *pane = focused(self);

	if (view_mark_count(pane->view) > 0) {
		view_unmark(pane->view);
		return true;
	}
	if (*view_filter(pane->view) == '\0' || strcmp(view_filter(pane->view), pane->first_filter) == 0)
		return false;
	view_set_filter(pane->view, pane->first_filter);
	want(self, pane, VIEW_FETCH_FIRST);
	read_missing(self);
	return true;
}

static void
give_up(Place *place)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++)
		view_give_up(((ListPane *)self->panes->pdata[i])->view);
	note_waiting(self);
}

static void
choose(Place *place, PlaceChoice *ret_choice)
{
	ListPane *pane = focused(self_of(place));
	GPtrArray *rows = view_chosen(pane->view);

	*ret_choice = (PlaceChoice){
		.list = view_list(pane->view),
		.rows = { view_columns(pane->view), (const Row *const *)rows->pdata, rows->len,
		    view_filter(pane->view) },
		.owner = rows,
	};
}

static View *
view_of(Place *place)
{
	return focused(self_of(place))->view;
}

static void
click(Place *place, int y)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++) {
		const ListPane *pane = self->panes->pdata[i];
		int line = y - pane->y - TABLE_HEAD;
		guint row = view_top(pane->view) + (guint)MAX(line, 0);

		if (y < pane->y || y >= pane->y + pane->height)
			continue;
		self->focus = i;
		if (line >= 0 && row < view_row_count(pane->view))
			view_move(pane->view, (int)row - (int)view_cursor(pane->view));
	}
	read_missing(self);
}

/* -- the place ---------------------------------------------------------------------------------------------
 */

static const PlaceDef list_place_def = {
	.free = list_place_free,
	.draw = list_place_draw,
	.act = act,
	.take = take,
	.resume = resume,
	.leave = leave,
	.choose = choose,
	.take_back = take_back,
	.view = view_of,
	.click = click,
	.give_up = give_up,
};

static ListPlace *
new_place(App *app, const Screen *screen, Screen *own)
{
	ListPlace *self = g_new0(ListPlace, 1);

	self->place = (Place){ .def = &list_place_def,
		.app = app,
		.screen = screen,
		.own_screen = own,
		.title = g_strdup(screen->title),
		.refresh = screen->refresh };
	self->panes = g_ptr_array_new_with_free_func((GDestroyNotify)list_pane_free);
	return self;
}

Place *
list_place_new(App *app, const Screen *screen, Screen *own, const char *filter)
{
	ListPlace *self = new_place(app, screen, own);

	if (filter != NULL && *filter != '\0') {
		g_free(self->place.title);
		self->place.title = g_strdup(filter);
	}
	for (guint i = 0; i < screen->lists->len; i++)
		g_ptr_array_add(self->panes, list_pane_new(view_new(screen->lists->pdata[i], filter)));
	return &self->place;
}

Place *
list_place_adopt(App *app, Screen *own, View *view, uint64_t request)
{
	ListPlace *self = new_place(app, own, own);
	ListPane *pane = list_pane_new(view);

	pane->request = request;
	g_ptr_array_add(self->panes, pane);
	return &self->place;
}
