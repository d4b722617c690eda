#include "document_place.h"

#include "detail.h"

#include "base/timestamp.h"

#include <string.h>

/* A text is shown as it comes, but only so much of it: more belongs into a file. */
#define LINES_MAX 20000

typedef struct DocumentPlace {
	Place place; /* first */
	char *line;
	uint64_t request;
	TextView *text;
	bool begun; /* the request under way has begun to answer */
	ResultKind kind;
	RowColumns *columns; /* of the result that is coming */
	guint lines;
	DocumentOrigin origin;
	RowColumns *record_columns; /* of the first record */
	Row *record;
} DocumentPlace;

static DocumentPlace *
self_of(Place *place)
{
	return (DocumentPlace *)place;
}

void
document_origin_clear(DocumentOrigin *self)
{
	g_clear_pointer(&self->columns, row_columns_free);
	g_clear_pointer(&self->row, row_free);
}

static void
document_place_free(Place *place)
{
	DocumentPlace *self = self_of(place);

	g_free(self->line);
	text_view_free(self->text);
	row_columns_free(self->columns);
	row_columns_free(self->record_columns);
	row_free(self->record);
	document_origin_clear(&self->origin);
	g_free(self);
}

/* -- what comes ---------------------------------------------------------------------------------------------
 */

static void
take_begin(DocumentPlace *self, LaneEvent *event)
{
	if (self->text == NULL)
		self->text = text_view_new(self->place.title);
	if (self->begun)
		text_view_line(self->text);
	else
		text_view_clear(self->text);
	self->begun = true;
	self->kind = event->result;
	row_columns_free(self->columns);
	self->columns = g_steal_pointer(&event->columns);
	if (event->result == RESULT_LIST && event->title != NULL) {
		text_view_line(self->text);
		text_view_add(self->text, STYLE_TITLE, event->title);
	}
}

static void
add_cells(DocumentPlace *self, const Row *row)
{
	text_view_line(self->text);
	for (size_t i = 0; i < row->count; i++) {
		const Cell *cell = &row->cells[i];

		text_view_add(self->text, STYLE_ROW, i > 0 ? "  " : "");
		text_view_add(self->text, cell->null ? STYLE_NULL : STYLE_ROW, cell->null ? "–" : cell->text);
	}
}

static void
take_record(DocumentPlace *self, const Row *row)
{
	detail_fill(self->text, self->columns, row, timestamp_now());
	row_columns_free(self->record_columns);
	row_free(self->record);
	self->record_columns = row_columns_copy(self->columns);
	self->record = row_copy(row);
}

static void
take_row(DocumentPlace *self, const Row *row)
{
	if (self->lines++ > LINES_MAX)
		return;
	switch (self->kind) {
	case RESULT_RECORD: take_record(self, row); break;
	case RESULT_LIST: add_cells(self, row); break;
	case RESULT_TEXT:
		text_view_add_text(self->text, STYLE_ROW, row->count > 0 ? row->cells[0].text : "");
		break;
	}
}

static void
take_done(DocumentPlace *self, const LaneEvent *event)
{
	if (event->error != NULL)
		app_say_error(self->place.app, self->line, event->error);
	self->place.waiting = self->begun = false;
	self->place.read_at = g_get_monotonic_time();
	self->request = 0;
	self->lines = 0;
}

static bool
take(Place *place, LaneEvent *event)
{
	DocumentPlace *self = self_of(place);

	if (self->request == 0 || event->request != self->request)
		return false;
	if (event->kind == LANE_EVENT_BEGIN)
		take_begin(self, event);
	/* What is seen is not waited for. */
	place->waiting = place->waiting && event->kind != LANE_EVENT_ROWS;
	for (guint i = 0; event->kind == LANE_EVENT_ROWS && i < event->rows->len; i++)
		take_row(self, event->rows->pdata[i]);
	if (event->kind == LANE_EVENT_DONE)
		take_done(self, event);
	app_redraw(place->app);
	return true;
}

static void
resume(Place *place, bool anew)
{
	DocumentPlace *self = self_of(place);

	if (anew && self->line != NULL && self->request == 0)
		self->request = app_read(place->app, self->line, true);
}

static void
leave(Place *place)
{
	DocumentPlace *self = self_of(place);

	self->request = 0;
	self->begun = false;
}

/* -- keys and drawing ---------------------------------------------------------------------------------------
 */

static KeyPress
press_of(Action action)
{
	for (const ActionKey *key = action_keys; key->action != ACTION_NONE; key++)
		if (key->action == action)
			return key->press;
	return PRESS_NONE;
}

static bool
act(Place *place, Action action, int height)
{
	DocumentPlace *self = self_of(place);

	if (action == ACTION_REFRESH) {
		resume(place, true);
		return true;
	}
	return self->text != NULL && text_view_press(self->text, press_of(action), height - 1);
}

/* The record's own columns where it has them all, else the row it was opened from. */
static void
choose(Place *place, PlaceChoice *ret_choice)
{
	DocumentPlace *self = self_of(place);
	bool own = self->record != NULL;
	const RowColumns *columns = own ? self->record_columns : self->origin.columns;
	const Row *row = own ? self->record : self->origin.row;
	GPtrArray *rows = g_ptr_array_new();

	if (row != NULL)
		g_ptr_array_add(rows, (gpointer)(guintptr)row);
	*ret_choice = (PlaceChoice){
		.list = self->origin.list,
		.rows = { columns, (const Row *const *)rows->pdata, rows->len, NULL },
		.owner = rows,
	};
}

static bool
take_back(Place *place)
{
	(void)place;
	return false;
}

static View *
view_of(Place *place)
{
	(void)place;
	return NULL;
}

static void
draw(Place *place, const Canvas *canvas)
{
	DocumentPlace *self = self_of(place);
	g_autofree char *where = NULL;
	WINDOW *window;

	canvas_text(canvas, 0, 1, canvas->width - 20, place->title, STYLE_TITLE);
	if (self->text == NULL)
		return;
	window = derwin(canvas->window, canvas->height - 1, canvas->width, canvas->y + 1, 0);
	if (window == NULL)
		return;
	text_view_draw(self->text, window, canvas->theme);
	delwin(window);
	where = text_view_place(self->text);
	canvas_text(
	    canvas, 0, canvas->width - (int)strlen(where) - 1, (int)strlen(where), where, STYLE_HINT_TEXT);
}

static const PlaceDef document_place_def = {
	.free = document_place_free,
	.draw = draw,
	.act = act,
	.take = take,
	.resume = resume,
	.leave = leave,
	.choose = choose,
	.take_back = take_back,
	.view = view_of,
};

static DocumentPlace *
new_place(App *app, const char *title)
{
	DocumentPlace *self = g_new0(DocumentPlace, 1);

	self->place = (Place){ .def = &document_place_def, .app = app, .title = g_strdup(title) };
	return self;
}

Place *
document_place_new(App *app, const char *title, const char *line, uint64_t request, DocumentOrigin *origin)
{
	DocumentPlace *self = new_place(app, title);

	self->line = g_strdup(line);
	self->request = request;
	self->place.waiting = true;
	if (origin != NULL) {
		self->origin = *origin;
		self->place.screen = origin->screen;
		*origin = (DocumentOrigin){ 0 };
	}
	return &self->place;
}

Place *
document_place_of_text(App *app, const char *title, TextView *text)
{
	DocumentPlace *self = new_place(app, title);

	self->text = text;
	return &self->place;
}
