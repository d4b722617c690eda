#include "text_draw.h"

#include <limits.h>
#include <string.h>
#include <wchar.h>

#include "base/text.h"

#define RUN_LENGTH 256

/* Characters on their way to curses; flushed when full, so that a row costs a few calls instead of one per
 * cell. */
typedef struct Run {
	WINDOW *window;
	wchar_t text[RUN_LENGTH];
	int length;
} Run;

static void
flush_run(Run *run)
{
	/* ERR is no failure here: curses says it, too, after drawing into the last cell of a window. */
	if (run->length > 0)
		(void)waddnwstr(run->window, run->text, run->length);
	run->length = 0;
}

static void
append_run(Run *run, wchar_t c)
{
	if (run->length == RUN_LENGTH)
		flush_run(run);
	run->text[run->length++] = c;
}

/* curses asks the locale how wide a character is, and asks it again for the bytes. */
static bool
can_be_shown(gunichar c, int width)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = { 0 };

	if (c < 0x7f)
		return c >= 0x20;
	return wcwidth((wchar_t)c) == width && wcrtomb(bytes, (wchar_t)c, &state) != (size_t)-1;
}

static void
draw_clean(WINDOW *window, const char *text)
{
	Run run = { .window = window };
	bool base = false;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);
		int width = text_char_width(c);
		bool shown = can_be_shown(c, width);

		/* A mark without its base would settle on the cell before, which is not ours. */
		if (width == 0) {
			if (base && shown)
				append_run(&run, (wchar_t)c);
			continue;
		}
		/* Marks of a run's last character must reach curses together with it. */
		if (run.length > RUN_LENGTH - 8)
			flush_run(&run);
		base = shown;
		append_run(&run, shown ? (wchar_t)c : L'?');
		for (int i = 1; i < width && !shown; i++)
			append_run(&run, L' ');
	}
	flush_run(&run);
}

/* The cells from x on that lie within the window. */
static int
clip(WINDOW *window, int y, int x, int cells)
{
	if (y < 0 || x < 0 || y >= getmaxy(window) || x >= getmaxx(window))
		return 0;
	return MIN(cells, getmaxx(window) - x);
}

static bool
start_at(WINDOW *window, int y, int x, Look look)
{
	return wmove(window, y, x) != ERR && wattr_set(window, look.attributes, look.pair, NULL) != ERR;
}

int
text_draw(WINDOW *window, const Theme *theme, int y, int x, int cells, const char *text, Look look)
{
	g_autofree char *sanitised = text_is_clean(text, -1) ? NULL : text_sanitised(text, TEXT_SINGLE_LINE);
	g_autoptr(GString) cut = g_string_new(NULL);
	int used;

	cells = clip(window, y, x, cells);
	if (cells < 1 || !start_at(window, y, x, look))
		return 0;
	used = text_cut(cut, sanitised != NULL ? sanitised : text, cells, theme_is_ascii(theme));
	draw_clean(window, cut->str);
	return used;
}

void
text_draw_padded(
    WINDOW *window, const Theme *theme, int y, int x, int cells, const char *text, bool right, Look look)
{
	g_autofree char *sanitised = text_is_clean(text, -1) ? NULL : text_sanitised(text, TEXT_SINGLE_LINE);
	g_autoptr(GString) padded = g_string_new(NULL);

	cells = clip(window, y, x, cells);
	if (cells < 1 || !start_at(window, y, x, look))
		return;
	text_pad(padded, sanitised != NULL ? sanitised : text, cells, right, theme_is_ascii(theme));
	draw_clean(window, padded->str);
}

void
text_draw_repeated(WINDOW *window, int y, int x, int cells, const char *glyph, Look look)
{
	g_autoptr(GString) line = g_string_new(NULL);

	cells = clip(window, y, x, cells);
	if (cells < 1 || !start_at(window, y, x, look))
		return;
	for (int i = 0; i < cells; i++)
		g_string_append(line, glyph);
	draw_clean(window, line->str);
}

void
text_draw_column(WINDOW *window, int y, int x, int height, const char *glyph, Look look)
{
	for (int row = y; row < y + height; row++)
		text_draw_repeated(window, row, x, 1, glyph, look);
}

void
text_draw_frame(WINDOW *window, const Theme *theme, Look look)
{
	int bottom = getmaxy(window) - 1, right = getmaxx(window) - 1;
	const char *horizontal = theme_glyph(theme, GLYPH_HORIZONTAL);
	const char *vertical = theme_glyph(theme, GLYPH_VERTICAL);

	if (bottom < 1 || right < 1)
		return;
	text_draw_repeated(window, 0, 1, right - 1, horizontal, look);
	text_draw_repeated(window, bottom, 1, right - 1, horizontal, look);
	text_draw_column(window, 1, 0, bottom - 1, vertical, look);
	text_draw_column(window, 1, right, bottom - 1, vertical, look);
	text_draw_repeated(window, 0, 0, 1, theme_glyph(theme, GLYPH_TOP_LEFT), look);
	text_draw_repeated(window, 0, right, 1, theme_glyph(theme, GLYPH_TOP_RIGHT), look);
	text_draw_repeated(window, bottom, 0, 1, theme_glyph(theme, GLYPH_BOTTOM_LEFT), look);
	text_draw_repeated(window, bottom, right, 1, theme_glyph(theme, GLYPH_BOTTOM_RIGHT), look);
}
