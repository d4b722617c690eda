#include "canvas.h"

#include "base/text.h"

#include <string.h>

/* Bytes of the words that fit into `cells`; at least one character, so that it always goes on. */
static size_t
bytes_of_line(const char *text, int cells)
{
	size_t end = text_offset_of_cell(text, cells);
	const char *blank = NULL;

	if (text_width(text) <= cells)
		return strlen(text);
	for (const char *c = text; c <= text + end; c++) {
		if (*c == ' ')
			blank = c;
	}
	if (blank != NULL && blank > text)
		return (size_t)(blank - text);
	return end > 0 ? end : (size_t)(g_utf8_next_char(text) - text);
}

void
canvas_paragraph(const Canvas *self, int y, int x, const char *text, Style style)
{
	g_autofree char *clean = text_sanitised(text, TEXT_SINGLE_LINE);
	int cells = self->width - x - 1;
	const char *rest = clean;

	for (; *rest != '\0' && y < self->height && cells > 1; y++) {
		size_t length = bytes_of_line(rest, cells);
		g_autofree char *line = g_strndup(rest, length);

		canvas_text(self, y, x, cells, line, style);
		rest += length;
		rest += strspn(rest, " ");
	}
}
