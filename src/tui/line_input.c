#include "line_input.h"

#include "text_draw.h"

#include "base/text.h"

#include <string.h>

#define CONTROL(letter) ((KeyPress)(letter)&0x1f)

/* What is left of the sequence that ends a paste when its Escape came alone, over a slow line. */
#define PASTE_END_REST "[201~"

/* The text is kept as a person typed it; what is drawn is its sanitised form. */
struct LineInput {
	GString *text;
	size_t cursor; /* byte offset, between characters */
	int scroll;    /* cells of the drawn text that are left of the window */
	char *erased;  /* by C-k, C-u or C-w last */
	bool pasting;
	bool after_escape; /* while pasting */
	size_t escape;     /* where the cursor stood then */
};

LineInput *
line_input_new(const char *text)
{
	LineInput *self = g_new0(LineInput, 1);

	self->text = g_string_new(NULL);
	line_input_set(self, text != NULL ? text : "");
	return self;
}

void
line_input_free(LineInput *self)
{
	if (self == NULL)
		return;
	g_string_free(self->text, TRUE);
	g_free(self->erased);
	g_free(self);
}

const char *
line_input_text(const LineInput *self)
{
	return self->text->str;
}

size_t
line_input_cursor(const LineInput *self)
{
	return self->cursor;
}

bool
line_input_is_pasting(const LineInput *self)
{
	return self->pasting;
}

static void
insert_text(LineInput *self, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	g_string_insert(self->text, (gssize)self->cursor, valid);
	self->cursor += strlen(valid);
}

void
line_input_set(LineInput *self, const char *text)
{
	g_string_truncate(self->text, 0);
	self->cursor = 0;
	insert_text(self, text);
}

static void
erase_range(LineInput *self, size_t from, size_t to)
{
	g_string_erase(self->text, (gssize)from, (gssize)(to - from));
	self->cursor = from;
}

static void
take_out(LineInput *self, size_t from, size_t to)
{
	if (from < to) {
		g_free(self->erased);
		self->erased = g_strndup(self->text->str + from, to - from);
	}
	erase_range(self, from, to);
}

void
line_input_replace(LineInput *self, size_t start, const char *text)
{
	erase_range(self, MIN(start, self->cursor), self->cursor);
	insert_text(self, text);
}

static void
insert(LineInput *self, gunichar c)
{
	char bytes[8] = { 0 };

	g_unichar_to_utf8(c, bytes);
	insert_text(self, bytes);
}

/* Over a base character and the marks on it. */
static size_t
before(const LineInput *self, size_t at)
{
	const char *start = self->text->str;
	const char *place = start + at;

	do {
		if (place == start)
			return 0;
		place = g_utf8_prev_char(place);
	} while (g_unichar_iszerowidth(g_utf8_get_char(place)));
	return (size_t)(place - start);
}

static size_t
after(const LineInput *self, size_t at)
{
	const char *place = self->text->str + at;

	if (*place == '\0')
		return at;
	do
		place = g_utf8_next_char(place);
	while (*place != '\0' && g_unichar_iszerowidth(g_utf8_get_char(place)));
	return (size_t)(place - self->text->str);
}

/* The beginning of the word before the cursor: past blanks, then up to the next one. */
static size_t
word_before(const LineInput *self)
{
	size_t at = self->cursor;

	while (at > 0 && self->text->str[at - 1] == ' ')
		at--;
	while (at > 0 && self->text->str[at - 1] != ' ')
		at--;
	return at;
}

/* -- pasting -----------------------------------------------------------------------------------------------
 */

static bool
is_pasted_text(KeyPress press)
{
	return press >= 0x20 && press < PRESS_NONE && g_unichar_validate(press) &&
	    g_unichar_type(press) != G_UNICODE_CONTROL;
}

/* Without this a paste whose end came apart would keep every key for itself. */
static void
end_broken_paste(LineInput *self)
{
	size_t rest = strlen(PASTE_END_REST);

	if (self->cursor != self->escape + rest ||
	    strncmp(self->text->str + self->escape, PASTE_END_REST, rest) != 0)
		return;
	erase_range(self, self->escape, self->cursor);
	self->pasting = false;
}

static bool
take_paste(LineInput *self, KeyPress press)
{
	if (press == PRESS_PASTE_BEGIN || press == PRESS_PASTE_END) {
		self->pasting = press == PRESS_PASTE_BEGIN;
		self->after_escape = false;
		return true;
	}
	if (!self->pasting)
		return false;
	if (press == PRESS_ESCAPE) {
		self->after_escape = true;
		self->escape = self->cursor;
	} else if (press == PRESS_ENTER || press == '\n' || press == PRESS_TAB) {
		insert(self, ' ');
	} else if (is_pasted_text(press)) {
		insert(self, press);
	}
	if (self->after_escape)
		end_broken_paste(self);
	return true;
}

/* -- keys --------------------------------------------------------------------------------------------------
 */

static bool
take_movement(LineInput *self, KeyPress press)
{
	if (press == PRESS_LEFT || press == CONTROL('b'))
		self->cursor = before(self, self->cursor);
	else if (press == PRESS_RIGHT || press == CONTROL('f'))
		self->cursor = after(self, self->cursor);
	else if (press == PRESS_HOME || press == CONTROL('a'))
		self->cursor = 0;
	else if (press == PRESS_END || press == CONTROL('e'))
		self->cursor = self->text->len;
	else
		return false;
	return true;
}

static bool
take_erasure(LineInput *self, KeyPress press)
{
	if (press == PRESS_BACKSPACE || press == CONTROL('h'))
		erase_range(self, before(self, self->cursor), self->cursor);
	else if (press == PRESS_DELETE || press == CONTROL('d'))
		erase_range(self, self->cursor, after(self, self->cursor));
	else if (press == CONTROL('k'))
		take_out(self, self->cursor, self->text->len);
	else if (press == CONTROL('u'))
		take_out(self, 0, self->cursor);
	else if (press == CONTROL('w'))
		take_out(self, word_before(self), self->cursor);
	else
		return false;
	return true;
}

bool
line_input_press(LineInput *self, KeyPress press)
{
	if (take_paste(self, press) || take_movement(self, press) || take_erasure(self, press))
		return true;
	if (press == CONTROL('y'))
		insert_text(self, self->erased != NULL ? self->erased : "");
	else if (keypress_is_text(press))
		insert(self, press);
	else
		return false;
	return true;
}

/* -- drawing -----------------------------------------------------------------------------------------------
 */

static char *
shown_part(const char *text, size_t length)
{
	GString *shown = g_string_new(NULL);

	text_sanitise(shown, text, (gssize)length, TEXT_SINGLE_LINE);
	return g_string_free(shown, FALSE);
}

/* As little as keeps the cursor in sight and off the marks at either side; a text that fits is not scrolled.
 * The cell behind the text is the cursor's. */
static void
scroll_to(LineInput *self, int cursor, int width, int cells)
{
	int margin = cells > 4 ? 1 : 0;
	/* A wide character under the cursor is shown, too. */
	int right = cursor < width ? 2 * margin : 0;

	if (cursor - self->scroll >= cells - right)
		self->scroll = cursor - cells + 1 + right;
	self->scroll = MIN(self->scroll, MAX(width + 1 - cells, 0));
	if (cursor - self->scroll < margin)
		self->scroll = MAX(cursor - margin, 0);
}

/* What begins in the cell that is scrolled to; a wide character that begins before it is left out. */
static int
draw_text(const LineInput *self, WINDOW *window, const Theme *theme, int y, int x, int cells, const char *all)
{
	Look look = theme_look(theme, STYLE_COMMAND_LINE, ROW_PLAIN);
	bool marked = self->scroll > 0 && cells > 4;
	size_t offset = text_offset_of_cell(all, self->scroll + marked);
	g_autofree char *left = g_strndup(all, offset);
	int skipped = text_width(left) - self->scroll;
	int used = skipped;

	text_draw_repeated(window, y, x, cells, " ", look);
	used += text_draw(window, theme, y, x + skipped, cells - skipped, all + offset, look);
	if (marked)
		text_draw(window, theme, y, x, 1, theme_glyph(theme, GLYPH_ELLIPSIS),
		    theme_look(theme, STYLE_GREY, ROW_PLAIN));
	return used;
}

void
line_input_draw(
    LineInput *self, WINDOW *window, const Theme *theme, int y, int x, int cells, const char *suggestion)
{
	g_autofree char *all = shown_part(self->text->str, self->text->len);
	g_autofree char *left = shown_part(self->text->str, self->cursor);
	int cursor = text_width(left), used;

	if (cells < 1)
		return;
	scroll_to(self, cursor, text_width(all), cells);
	used = draw_text(self, window, theme, y, x, cells, all);
	if (suggestion != NULL)
		text_draw(window, theme, y, x + used, cells - used, suggestion,
		    theme_look(theme, STYLE_GREY, ROW_PLAIN));
	wmove(window, y, x + cursor - self->scroll);
}
