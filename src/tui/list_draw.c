#include "list_draw.h"

#include "table.h"

#include "base/text.h"

#include <string.h>

#define ROWS_MIN 2
#define PANEL_FRAME (1 + TABLE_HEAD + 1) /* title, column titles, a blank line */

static ListPane *
focused(const ListPlace *self)
{
	return self->panes->pdata[self->focus];
}

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

/* Rows that are seen while the list cannot be read are old ones. */
static void
draw_failure(const ListPane *pane, const Canvas *canvas, int y)
{
	if (pane->failure != NULL && view_row_count(pane->view) > 0) {
		canvas_fill(canvas, y, 0, STYLE_ERROR);
		canvas_text(canvas, y, 1, canvas->width - 2, pane->failure, STYLE_ERROR);
	}
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
	if (view_is_clipped(pane->view))
		canvas_text(canvas, 0, 1, canvas->width - 2, "only the first 5,000 rows", STYLE_WARNING);
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

/* Lines for the rows of each panel from `first` on; what is missing is taken from the largest. False when not
 * even the least fits. */
static bool
share_lines(const ListPlace *self, guint first, int lines, int *rows)
{
	guint count = self->panes->len;
	int total = -1;

	for (guint i = first; i < count; i++) {
		rows[i] = list_pane_rows(self->panes->pdata[i]);
		total += rows[i] + PANEL_FRAME;
	}
	for (; total > lines; total--) {
		guint largest = first;

		for (guint i = first; i < count; i++)
			largest = rows[i] > rows[largest] ? i : largest;
		if (rows[largest] <= ROWS_MIN)
			return false;
		rows[largest]--;
	}
	rows[count - 1] += lines - total;
	return true;
}

static void
draw_panel(ListPane *pane, const Canvas *canvas, int y, int rows, bool has_focus)
{
	Canvas panel = *canvas;

	canvas_text(canvas, y, 1, canvas->width - 2, view_list(pane->view)->title,
	    has_focus ? STYLE_TITLE : STYLE_HINT_TEXT);
	draw_failure(pane, canvas, y);
	panel.y += y + 1;
	panel.height = MIN(rows + TABLE_HEAD, canvas->height - y - 1);
	pane->y = y + 1;
	pane->height = panel.height;
	list_pane_draw(pane, &panel, has_focus);
}

/* On a low screen the panels above the one with the focus go first, then those below it. */
static void
draw_panels(ListPlace *self, const Canvas *canvas)
{
	g_autofree int *rows = g_new0(int, self->panes->len);
	guint first = 0;
	int y = 0;

	while (!share_lines(self, first, canvas->height, rows) && first < self->focus)
		first++;
	for (guint i = 0; i < self->panes->len; i++) {
		ListPane *pane = self->panes->pdata[i];

		pane->height = 0;
		if (i < first || y + PANEL_FRAME - 1 >= canvas->height)
			continue;
		draw_panel(pane, canvas, y, rows[i], i == self->focus);
		y += rows[i] + PANEL_FRAME;
	}
}

void
list_place_draw(Place *place, const Canvas *canvas)
{
	ListPlace *self = (ListPlace *)place;

	if (self->panes->len == 1)
		draw_single(self, canvas);
	else
		draw_panels(self, canvas);
}
