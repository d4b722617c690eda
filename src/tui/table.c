#include "table.h"

#include "columns.h"

#include "base/text.h"

#include <string.h>

/* Cells before the first column: cursor and mark. */
#define MARGIN 3

typedef struct Table {
	const Canvas *canvas;
	View *view;
	GArray *laid; /* of LaidColumn */
	Timestamp now;
	bool focused;
} Table;

static const char *
null_text(const Table *self)
{
	return theme_is_ascii(self->canvas->theme) ? "-" : "–";
}

static const LaidColumn *
column_at(const Table *self, guint index)
{
	return &g_array_index(self->laid, LaidColumn, index);
}

static char *
text_of(const Table *self, const Row *row, int column)
{
	const RowColumns *columns = view_columns(self->view);
	const ScreenColumn *def = screen_list_column(view_list(self->view), columns->names[column]);

	return cell_text(row_cell(row, column), columns->types[column], def, self->now, null_text(self));
}

static guint
row_lines(const Table *self)
{
	return self->canvas->height > TABLE_HEAD ? (guint)(self->canvas->height - TABLE_HEAD) : 0;
}

static void
measure(Table *self)
{
	int *widths = view_widths(self->view);
	const RowColumns *columns = view_columns(self->view);
	guint top = view_top(self->view);

	for (guint line = 0; line < row_lines(self); line++) {
		const Row *row = view_row(self->view, top + line);

		for (size_t i = 0; row != NULL && i < columns->count; i++) {
			g_autofree char *text = text_of(self, row, (int)i);

			widths[i] = MAX(widths[i], text_width(text));
		}
	}
}

/* `created_at` of `created_at:desc`, and which way. */
static bool
is_sorted(const Table *self, const LaidColumn *column, bool *ret_descending)
{
	const char *order = view_order(self->view);
	const char *name = view_columns(self->view)->names[column->column];
	size_t length = strlen(name);

	if (order == NULL || strncmp(order, name, length) != 0 || strchr(":,", order[length]) == NULL)
		return false;
	*ret_descending = g_str_has_prefix(order + length, ":desc");
	return true;
}

static void
draw_titles(const Table *self)
{
	const Theme *theme = self->canvas->theme;

	for (guint i = 0; i < self->laid->len; i++) {
		const LaidColumn *column = column_at(self, i);
		bool descending = false, sorted = is_sorted(self, column, &descending);
		Style style = sorted ? STYLE_COLUMN_TITLE_SORTED : STYLE_COLUMN_TITLE;

		text_draw_padded(self->canvas->window, theme, self->canvas->y, MARGIN + column->x,
		    column->width, column->title, column->right, theme_look(theme, style, ROW_PLAIN));
	}
}

static bool
colour_style(const ScreenColumn *def, const Cell *cell, Style *ret_style)
{
	for (guint i = 0; def != NULL && i < def->colours->len; i++) {
		const ColumnColour *colour = &g_array_index(def->colours, ColumnColour, i);

		if (!cell->null && strcmp(colour->value, cell->text) == 0)
			return theme_style_of_colour(colour->colour, false, ret_style);
	}
	return false;
}

static void
draw_cell(const Table *self, int y, const Row *row, const LaidColumn *column, RowLook look, bool gone)
{
	const Cell *cell = row_cell(row, column->column);
	g_autofree char *text = text_of(self, row, column->column);
	Style style = cell->null ? STYLE_NULL : STYLE_ROW;

	if (gone)
		style = STYLE_GREY;
	else
		colour_style(column->def, cell, &style);
	text_draw_padded(self->canvas->window, self->canvas->theme, y, MARGIN + column->x, column->width,
	    text, column->right, theme_look(self->canvas->theme, style, look));
}

static RowLook
look_of(bool current, bool marked)
{
	if (current)
		return marked ? ROW_CURSOR_MARKED : ROW_CURSOR;
	return marked ? ROW_MARKED : ROW_PLAIN;
}

static void
draw_row(const Table *self, int y, guint index)
{
	const Theme *theme = self->canvas->theme;
	const Row *row = view_row(self->view, index);
	bool marked = view_is_marked(self->view, index);
	bool current = self->focused && index == view_cursor(self->view);
	bool gone = view_lost_row(self->view) && index == view_cursor(self->view);
	RowLook look = look_of(current, marked);
	Look plain = theme_look(theme, STYLE_ROW, look);

	text_draw_repeated(self->canvas->window, y, 0, self->canvas->width, " ", plain);
	if (current)
		text_draw(self->canvas->window, theme, y, 1, 1, theme_glyph(theme, GLYPH_CURSOR), plain);
	if (gone)
		text_draw(self->canvas->window, theme, y, 2, 1, theme_glyph(theme, GLYPH_NO), plain);
	else if (marked)
		text_draw(self->canvas->window, theme, y, current ? 2 : 1, 1, theme_glyph(theme, GLYPH_MARK),
		    plain);
	for (guint i = 0; i < self->laid->len; i++)
		draw_cell(self, y, row, column_at(self, i), look, gone);
}

void
table_draw(const Canvas *canvas, View *view, bool focused, const char *message, Style style)
{
	Table self = { .canvas = canvas, .view = view, .now = timestamp_now(), .focused = focused };

	view_set_height(view, MAX(canvas->height - TABLE_HEAD, 1));
	if (view_columns(view) == NULL) {
		canvas_paragraph(canvas, TABLE_HEAD + (canvas->height > 4), MARGIN, message, style);
		return;
	}
	measure(&self);
	self.laid = columns_lay_out(view_list(view), view_columns(view), view_widths(view),
	    view_first_column(view), canvas->width - MARGIN - 1);
	if (canvas->height >= TABLE_HEAD)
		draw_titles(&self);
	for (guint line = 0; line < row_lines(&self) && view_top(view) + line < view_row_count(view); line++)
		draw_row(&self, canvas->y + TABLE_HEAD + (int)line, view_top(view) + line);
	if (view_row_count(view) == 0)
		canvas_paragraph(canvas, TABLE_HEAD + (canvas->height > 4), MARGIN, message, style);
	g_array_unref(self.laid);
}
