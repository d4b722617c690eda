#include "base/text.h"

#include <string.h>

/* One code point of a sanitised text, which is valid UTF-8. */
static int
step(const char **cursor)
{
	unsigned char byte = (unsigned char)**cursor;

	if (byte < 0x80) {
		(*cursor)++;
		return 1;
	}
	gunichar c = g_utf8_get_char(*cursor);
	*cursor = g_utf8_next_char(*cursor);
	return text_char_width(c);
}

int
text_char_width(gunichar c)
{
	if (c < 0x300)
		return 1;
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

int
text_width(const char *text)
{
	int cells = 0;

	while (*text != '\0')
		cells += step(&text);
	return cells;
}

int
text_cut(GString *out, const char *text, int cells, bool ascii)
{
	const char *cursor = text;
	const char *kept = text;
	int width = 0, kept_width = 0;

	if (cells <= 0)
		return 0;
	while (*cursor != '\0') {
		width += step(&cursor);
		if (width > cells)
			break;
		/* The cell that the mark would need stays free; combining marks go with their base. */
		if (width < cells) {
			kept = cursor;
			kept_width = width;
		}
	}
	if (width <= cells) {
		g_string_append_len(out, text, cursor - text);
		return width;
	}
	g_string_append_len(out, text, kept - text);
	g_string_append(out, ascii ? "~" : "…");
	return kept_width + 1;
}

static void
append_spaces(GString *out, int count)
{
	for (; count > 0; count--)
		g_string_append_c(out, ' ');
}

void
text_pad(GString *out, const char *text, int cells, bool right, bool ascii)
{
	if (!right) {
		append_spaces(out, cells - text_cut(out, text, cells, ascii));
		return;
	}
	GString *cut = g_string_new(NULL);
	append_spaces(out, cells - text_cut(cut, text, cells, ascii));
	g_string_append_len(out, cut->str, (gssize)cut->len);
	g_string_free(cut, TRUE);
}

size_t
text_offset_of_cell(const char *text, int cell)
{
	const char *cursor = text;
	int start = 0;

	while (*cursor != '\0') {
		const char *next = cursor;
		int width = step(&next);

		/* A combining mark belongs to the cell before. */
		if (start >= cell && (width > 0 || cursor == text))
			break;
		start += width;
		cursor = next;
	}
	return (size_t)(cursor - text);
}
