#include "list_pane.h"

#include "table.h"

#include "base/error.h"

#include <string.h>

#define PANEL_ROWS 5

ListPane *
list_pane_new(View *view)
{
	ListPane *self = g_new0(ListPane, 1);

	self->view = view;
	self->first_filter = g_strdup(view_filter(view));
	return self;
}

void
list_pane_free(ListPane *self)
{
	view_free(self->view);
	row_columns_free(self->record);
	g_free(self->first_filter);
	g_free(self->failure);
	g_free(self);
}

/* A record becomes a list of its fields: name and value. */
static void
turn_columns(ListPane *self, LaneEvent *event)
{
	static const ResultColumn sideways[] = { { "field", VALUE_TEXT }, { "value", VALUE_TEXT } };

	g_clear_pointer(&self->record, row_columns_free);
	self->sideways = event->result == RESULT_RECORD;
	if (!self->sideways)
		return;
	self->record = g_steal_pointer(&event->columns);
	event->columns = row_columns_new(sideways, G_N_ELEMENTS(sideways));
}

static void
turn_rows(ListPane *self, LaneEvent *event)
{
	g_autoptr(GPtrArray) records = g_steal_pointer(&event->rows);

	event->rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
	for (guint i = 0; i < records->len; i++) {
		const Row *row = records->pdata[i];

		for (size_t column = 0; column < row->count; column++) {
			const char *name = self->record->names[column];
			Cell cells[] = { { .text = name, .size = strlen(name) }, row->cells[column] };

			g_ptr_array_add(event->rows, row_new(cells, G_N_ELEMENTS(cells)));
		}
	}
}

void
list_pane_take(ListPane *self, LaneEvent *event)
{
	if (event->kind == LANE_EVENT_BEGIN)
		turn_columns(self, event);
	if (event->kind == LANE_EVENT_ROWS && self->sideways)
		turn_rows(self, event);
	if (event->kind == LANE_EVENT_END)
		g_clear_pointer(&self->failure, g_free);
	/* A list that was cut short has what it needs. */
	if (event->kind == LANE_EVENT_DONE && event->error != NULL && !view_is_clipped(self->view) &&
	    (!view_is_loaded(self->view) || !sb_error_is(event->error, SB_ERROR_CANCELLED))) {
		g_free(self->failure);
		self->failure = g_strdup(event->error->message);
	}
	view_take(self->view, event);
}

static bool
check_name(const ListPane *self, const KeyFile *file, const char *name, int line, GError **error)
{
	const RowColumns *columns = view_columns(self->view);
	g_autofree char *known = NULL;

	if (row_columns_find(columns, name) >= 0)
		return true;
	known = g_strjoinv(", ", columns->names);
	return keyfile_fail(file, line, error, "the result has no column '%s': there are %s", name, known);
}

bool
list_pane_check(ListPane *self, const KeyFile *file, GError **error)
{
	const ScreenList *list = view_list(self->view);

	if (self->checked || file == NULL || view_columns(self->view) == NULL)
		return true;
	self->checked = true;
	for (guint i = 0; i < list->columns->len; i++) {
		const ScreenColumn *column = &g_array_index(list->columns, ScreenColumn, i);

		if (!check_name(self, file, column->name, column->line, error))
			return false;
	}
	for (guint i = 0; i < list->keys->len; i++) {
		const ScreenKey *key = &g_array_index(list->keys, ScreenKey, i);

		if (key->when.field != NULL && !check_name(self, file, key->when.field, key->line, error))
			return false;
	}
	return true;
}

int
list_pane_rows(const ListPane *self)
{
	int most = view_list(self->view)->rows > 0 ? view_list(self->view)->rows : PANEL_ROWS;
	int rows = (int)view_row_count(self->view);

	return view_is_loaded(self->view) ? CLAMP(rows, 1, most) : most;
}

static const char *
message_of(const ListPane *self)
{
	const char *empty = view_list(self->view)->empty;

	if (self->failure != NULL)
		return self->failure;
	if (!view_is_loaded(self->view))
		return "Reading …";
	if (*view_filter(self->view) != '\0')
		return "Nothing matches the filter. Esc takes it back.";
	return empty != NULL ? empty : "Nothing here.";
}

void
list_pane_draw(ListPane *self, const Canvas *canvas, bool focused)
{
	table_draw(canvas, self->view, focused, message_of(self),
	    self->failure != NULL ? STYLE_ERROR : STYLE_HINT_TEXT);
}
