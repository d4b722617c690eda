#include "list_place.h"

#include "list_pane.h"
#include "table.h"

#include "base/text.h"

#include <string.h>

typedef struct ListPlace {
	Place place;      /* first */
	GPtrArray *panes; /* of ListPane * */
	guint focus;
} ListPlace;

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

static bool
is_single(const ListPlace *self)
{
	return self->panes->len == 1;
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

	for (guint i = 0; anew && i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];

		if (view_fetching(pane->view) == VIEW_FETCH_NONE)
			view_want(
			    pane->view, view_is_loaded(pane->view) ? VIEW_FETCH_REFRESH : VIEW_FETCH_FIRST);
	}
	read_missing(self);
}

static void
leave(Place *place)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++) {
		View *view = ((ListPane *)self->panes->pdata[i])->view;

		if (!view_is_loaded(view) && view_fetching(view) != VIEW_FETCH_NONE) {
			ViewFetch fetching = view_fetching(view);

			view_abandon(view);
			view_want(view, fetching);
		} else {
			view_abandon(view);
		}
	}
}

static bool
take(Place *place, LaneEvent *event)
{
	ListPlace *self = self_of(place);

	for (guint i = 0; i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];

		if (pane->request != event->request)
			continue;
		list_pane_take(pane, event);
		if (event->kind == LANE_EVENT_END)
			place->read_at = g_get_monotonic_time();
		if (event->kind == LANE_EVENT_DONE)
			read_missing(self);
		return true;
	}
	return false;
}

/* -- keys ---------------------------------------------------------------------------------------------------
 */

/* The next column of the list that an index serves, behind the one that it is ordered by. */
static char *
next_order(View *view)
{
	const ResourceDef *resource = view_list(view)->def->resource;
	const char *order = view_order(view);
	const RowColumns *columns = view_columns(view);
	const FieldDef *first = NULL, *chosen = NULL;
	bool passed = false;

	for (size_t i = 0; columns != NULL && resource != NULL && i < columns->count; i++) {
		const FieldDef *field = resource_field(resource, columns->names[i]);
		size_t length = field != NULL ? strlen(field->name) : 0;

		if (field == NULL || !(field->flags & FIELD_ORDERED))
			continue;
		first = first == NULL ? field : first;
		if (passed && chosen == NULL)
			chosen = field;
		if (order != NULL && strncmp(order, field->name, length) == 0 &&
		    strchr(":,", order[length]) != NULL)
			passed = true;
	}
	chosen = chosen != NULL ? chosen : first;
	if (chosen == NULL)
		return NULL;
	return g_strconcat(chosen->name, chosen->type == VALUE_TIME ? ":desc" : ":asc", NULL);
}

static char *
inverted_order(View *view)
{
	const char *order = view_order(view);
	g_auto(GStrv) terms = order != NULL ? g_strsplit(order, ",", -1) : NULL;

	for (char **term = terms; term != NULL && *term != NULL; term++) {
		bool descending = g_str_has_suffix(*term, ":desc");
		char *colon = strchr(*term, ':');
		char *field = colon != NULL ? g_strndup(*term, (gsize)(colon - *term)) : g_strdup(*term);

		g_free(*term);
		*term = g_strconcat(field, descending ? ":asc" : ":desc", NULL);
		g_free(field);
	}
	return terms != NULL ? g_strjoinv(",", terms) : NULL;
}

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
	case ACTION_SORT: order_by(self, next_order(focused(self)->view)); return true;
	case ACTION_INVERT: order_by(self, inverted_order(focused(self)->view)); return true;
	case ACTION_REFRESH: resume(&self->place, true); return true;
	default: return move_in(focused(self)->view, action);
	}
}

static bool
act(Place *place, Action action, int height)
{
	ListPlace *self = self_of(place);

	(void)height;
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

/* -- drawing ------------------------------------------------------------------------------------------------
 */

static void
draw_order(const Canvas *canvas, View *view)
{
	const char *order = view_order(view);
	g_auto(GStrv) terms = order != NULL ? g_strsplit(order, ",", -1) : NULL;
	bool descending = order != NULL && g_str_has_suffix(order, ":desc");
	g_autofree char *text = NULL;
	int width;

	if (terms == NULL || *terms == NULL)
		return;
	for (char **term = terms; *term != NULL; term++)
		(*term)[strcspn(*term, ":")] = '\0';
	text = g_strjoinv(", ", terms);
	width = text_width(text) + 9;
	canvas_text(canvas, 0, canvas->width - width - 1, 7, "order: ", STYLE_HINT_TEXT);
	canvas_text(canvas, 0, canvas->width - width + 6, width - 9, text, STYLE_FILTER);
	canvas_text(canvas, 0, canvas->width - 2, 1,
	    theme_glyph(canvas->theme, descending ? GLYPH_DESCENDING : GLYPH_ASCENDING), STYLE_FILTER);
}

static void
draw_single(ListPlace *self, const Canvas *canvas)
{
	ListPane *pane = focused(self);
	Canvas table = *canvas;
	const char *filter = view_filter(pane->view);

	if (*filter != '\0')
		canvas_text(canvas, 0, 1, canvas->width * 2 / 3, filter, STYLE_FILTER);
	else if (view_takes_filter(pane->view))
		canvas_text(canvas, 0, 1, canvas->width / 2, "all", STYLE_HINT_TEXT);
	if (view_lost_row(pane->view))
		canvas_text(
		    canvas, 0, canvas->width / 2 - 12, 30, "the row you were on has gone", STYLE_WARNING);
	draw_order(canvas, pane->view);
	table.y++;
	table.height--;
	pane->y = 1;
	pane->height = table.height;
	list_pane_draw(pane, &table, true);
}

static void
draw_panels(ListPlace *self, const Canvas *canvas)
{
	int y = 0;

	for (guint i = 0; i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];
		bool has_focus = i == self->focus, last = i + 1 == self->panes->len;
		Canvas panel = *canvas;

		canvas_text(canvas, y, 1, canvas->width - 2, view_list(pane->view)->title,
		    has_focus ? STYLE_TITLE : STYLE_HINT_TEXT);
		panel.y += y + 1;
		panel.height = last ? canvas->height - y - 1 : list_pane_height(pane);
		panel.height = MIN(panel.height, canvas->height - y - 1);
		if (panel.height <= TABLE_HEAD)
			return;
		pane->y = y + 1;
		pane->height = panel.height;
		list_pane_draw(pane, &panel, has_focus);
		y += panel.height + 2;
	}
}

static void
draw(Place *place, const Canvas *canvas)
{
	ListPlace *self = self_of(place);

	if (is_single(self))
		draw_single(self, canvas);
	else
		draw_panels(self, canvas);
}

static const PlaceDef list_place_def = {
	.free = list_place_free,
	.draw = draw,
	.act = act,
	.take = take,
	.resume = resume,
	.leave = leave,
	.choose = choose,
	.take_back = take_back,
	.view = view_of,
	.click = click,
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
