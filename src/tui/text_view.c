#include "text_view.h"

#include "text_draw.h"

#include "base/text.h"

#include <limits.h>
#include <string.h>

#define CONTROL(letter) ((KeyPress)(letter)&0x1f)

/* Texts up to `end` (byte offset into the line) and behind the span before. */
typedef struct Span {
	size_t end;
	Style style;
} Span;

typedef struct TextLine {
	GString *text; /* sanitised */
	GArray *spans;
	int hang; /* cells */
} TextLine;

/* A line's part that is one row of the window. */
typedef struct TextRow {
	guint line;
	size_t from, to;
} TextRow;

struct TextView {
	char *title;
	GPtrArray *lines; /* of TextLine * */
	GArray *rows;     /* of TextRow, for `width` */
	bool rows_are_old;
	int width; /* 0: never drawn, lines are not wrapped */
	/* The place is kept in the text, not in rows: those change with the width. */
	guint line;
	size_t offset;
	guint top;  /* row that was drawn first */
	int height; /* as last drawn */
};

static void
line_free(void *data)
{
	TextLine *self = data;

	g_string_free(self->text, TRUE);
	g_array_unref(self->spans);
	g_free(self);
}

TextView *
text_view_new(const char *title)
{
	TextView *self = g_new0(TextView, 1);

	self->title = text_sanitised(title != NULL ? title : "", TEXT_SINGLE_LINE);
	self->lines = g_ptr_array_new_with_free_func(line_free);
	self->rows = g_array_new(FALSE, FALSE, sizeof(TextRow));
	return self;
}

void
text_view_free(TextView *self)
{
	if (self == NULL)
		return;
	g_free(self->title);
	g_ptr_array_unref(self->lines);
	g_array_unref(self->rows);
	g_free(self);
}

const char *
text_view_title(const TextView *self)
{
	return self->title;
}

void
text_view_clear(TextView *self)
{
	g_ptr_array_set_size(self->lines, 0);
	self->rows_are_old = true;
}

/* -- adding ------------------------------------------------------------------------------------------------
 */

void
text_view_line(TextView *self)
{
	TextLine *line = g_new0(TextLine, 1);

	line->text = g_string_new(NULL);
	line->spans = g_array_new(FALSE, FALSE, sizeof(Span));
	g_ptr_array_add(self->lines, line);
	self->rows_are_old = true;
}

static TextLine *
last_line(TextView *self)
{
	if (self->lines->len == 0)
		text_view_line(self);
	return self->lines->pdata[self->lines->len - 1];
}

void
text_view_add(TextView *self, Style style, const char *text)
{
	TextLine *line = last_line(self);
	Span span = { .style = style };

	text_sanitise(line->text, text, -1, TEXT_SINGLE_LINE);
	span.end = line->text->len;
	g_array_append_val(line->spans, span);
	self->rows_are_old = true;
}

void
text_view_hang(TextView *self)
{
	TextLine *line = last_line(self);

	line->hang = text_width(line->text->str);
	self->rows_are_old = true;
}

void
text_view_add_text(TextView *self, Style style, const char *text)
{
	/* Tabs know their places only while the text is whole. */
	g_autofree char *clean = text_sanitised(text, TEXT_MULTI_LINE);
	const char *rest = clean;

	do {
		size_t length = strcspn(rest, "\n");
		g_autofree char *one = g_strndup(rest, length);

		text_view_line(self);
		text_view_add(self, style, one);
		rest += length + (rest[length] == '\n');
	} while (*rest != '\0');
}

/* -- wrapping ----------------------------------------------------------------------------------------------
 */

static int
hang_of(const TextLine *line, int width)
{
	return line->hang * 2 <= width ? line->hang : 0;
}

/* Where the row that begins at `from` ends: between words, unless that left a third of it empty. A character
 * that is wider than the window has a row of its own. */
static size_t
row_end(const TextLine *line, size_t from, int cells)
{
	const char *start = line->text->str + from, *end = start, *blank = NULL;
	int used = 0, used_at_blank = 0;

	for (; *end != '\0'; end = g_utf8_next_char(end)) {
		int width = text_char_width(g_utf8_get_char(end));

		if (used + width > cells && end > start)
			break;
		used += width;
		if (*end == ' ') {
			blank = end;
			used_at_blank = used;
		}
	}
	/* The blank between two words belongs to the row before, where it is not seen. */
	if (*end == ' ')
		end++;
	else if (*end != '\0' && blank != NULL && used_at_blank > cells * 2 / 3)
		end = blank + 1;
	return (size_t)(end - line->text->str);
}

static void
wrap_line(const TextView *self, guint index, int width, GArray *rows)
{
	const TextLine *line = self->lines->pdata[index];
	TextRow row = { .line = index };
	int cells = width > 0 ? width : INT_MAX;

	do {
		row.to = row_end(line, row.from, cells);
		g_array_append_val(rows, row);
		row.from = row.to;
		cells = width > 0 ? width - hang_of(line, width) : INT_MAX;
	} while (row.from < line->text->len);
}

static guint
row_of_place(const TextView *self)
{
	guint low = 0, high = self->rows->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		const TextRow *row = &g_array_index(self->rows, TextRow, middle);

		if (row->line < self->line || (row->line == self->line && row->from <= self->offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? low - 1 : 0;
}

static guint
last_top(const TextView *self, int height)
{
	guint room = (guint)MAX(height, 1);

	return self->rows->len > room ? self->rows->len - room : 0;
}

/* The first row that is shown: what has been read stays, unless that left the end of the window empty. */
static void
lay_out(TextView *self, int width, int height)
{
	if (self->rows_are_old || width != self->width) {
		g_array_set_size(self->rows, 0);
		for (guint i = 0; i < self->lines->len; i++)
			wrap_line(self, i, width, self->rows);
		self->rows_are_old = false;
		self->width = width;
	}
	self->height = height;
	self->top = MIN(row_of_place(self), last_top(self, height));
}

int
text_view_rows(TextView *self, int width)
{
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(TextRow));

	for (guint i = 0; i < self->lines->len; i++)
		wrap_line(self, i, MAX(width, 1), rows);
	return (int)rows->len;
}

/* -- moving ------------------------------------------------------------------------------------------------
 */

static void
go_to(TextView *self, gint64 row)
{
	const TextRow *target;

	if (self->rows->len == 0)
		return;
	self->top = (guint)CLAMP(row, 0, (gint64)last_top(self, self->height));
	target = &g_array_index(self->rows, TextRow, self->top);
	self->line = target->line;
	self->offset = target->from;
}

/* How many rows a press moves by; 0: it is no such press. */
static int
rows_of_press(KeyPress press, int height)
{
	int page = MAX(height - 1, 1), half = MAX(height / 2, 1);

	if (press == PRESS_DOWN || press == 'j')
		return 1;
	if (press == PRESS_UP || press == 'k')
		return -1;
	if (press == PRESS_PAGE_DOWN || press == CONTROL('f'))
		return page;
	if (press == PRESS_PAGE_UP || press == CONTROL('b'))
		return -page;
	if (press == CONTROL('d'))
		return half;
	return press == CONTROL('u') ? -half : 0;
}

bool
text_view_press(TextView *self, KeyPress press, int height)
{
	int step = rows_of_press(press, height);

	lay_out(self, self->width, height);
	if (step != 0)
		go_to(self, (gint64)self->top + step);
	else if (press == PRESS_HOME || press == 'g')
		go_to(self, 0);
	else if (press == PRESS_END || press == 'G')
		go_to(self, G_MAXUINT);
	else
		return false;
	return true;
}

char *
text_view_place(const TextView *self)
{
	guint last = MIN(self->top + (guint)MAX(self->height, 0), self->rows->len);

	return g_strdup_printf("%u-%u of %u", MIN(self->top + 1, last), last, self->rows->len);
}

/* -- drawing -----------------------------------------------------------------------------------------------
 */

static void
draw_row(const TextView *self, WINDOW *window, const Theme *theme, int y, const TextRow *row)
{
	const TextLine *line = self->lines->pdata[row->line];
	int x = row->from > 0 ? hang_of(line, self->width) : 0;
	size_t at = row->from, to = row->to;

	/* A blank at the border of the window needs no cell. */
	if (to > at && line->text->str[to - 1] == ' ')
		to--;
	for (guint i = 0; i < line->spans->len && at < to; i++) {
		const Span *span = &g_array_index(line->spans, Span, i);
		size_t end = MIN(span->end, to);

		if (end <= at)
			continue;
		g_autofree char *text = g_strndup(line->text->str + at, end - at);

		x += text_draw(
		    window, theme, y, x, self->width - x, text, theme_look(theme, span->style, ROW_PLAIN));
		at = end;
	}
}

void
text_view_draw(TextView *self, WINDOW *window, const Theme *theme)
{
	int height = getmaxy(window);

	werase(window);
	lay_out(self, getmaxx(window), height);
	for (int y = 0; y < height && self->top + (guint)y < self->rows->len; y++)
		draw_row(self, window, theme, y, &g_array_index(self->rows, TextRow, self->top + (guint)y));
}
