#include "line_input.h"

#include "text_draw.h"

#include "base/text.h"

#include <string.h>

/* The text is kept as a person typed it; what is drawn is its sanitised form. */
struct LineInput {
	GString *text;
	size_t cursor; /* byte offset, between characters */
	int scroll;    /* cells of the drawn text that are left of the window */
	bool pasting;
};

static KeyPress
control(char letter)
{
	return (KeyPress)(letter - 'a' + 1);
}

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

void
line_input_set(LineInput *self, const char *text)
{
	g_string_assign(self->text, text);
	self->cursor = self->text->len;
}

static void
erase_range(LineInput *self, size_t from, size_t to)
{
	g_string_erase(self->text, (gssize)from, (gssize)(to - from));
	self->cursor = from;
}

void
line_input_replace(LineInput *self, size_t start, const char *text)
{
	erase_range(self, MIN(start, self->cursor), self->cursor);
	g_string_insert(self->text, (gssize)self->cursor, text);
	self->cursor += strlen(text);
}

static void
insert(LineInput *self, gunichar c)
{
	char bytes[6];
	int length = g_unichar_to_utf8(c, bytes);

	g_string_insert_len(self->text, (gssize)self->cursor, bytes, length);
	self->cursor += (size_t)length;
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

static bool
take_paste(LineInput *self, KeyPress press)
{
	if (press == PRESS_PASTE_BEGIN || press == PRESS_PASTE_END) {
		self->pasting = press == PRESS_PASTE_BEGIN;
		return true;
	}
	if (!self->pasting)
		return false;
	if (press == PRESS_ENTER || press == '\n' || press == PRESS_TAB)
		insert(self, ' ');
	else if (keypress_is_text(press))
		insert(self, press);
	return true;
}

static bool
take_movement(LineInput *self, KeyPress press)
{
	if (press == PRESS_LEFT || press == control('b'))
		self->cursor = before(self, self->cursor);
	else if (press == PRESS_RIGHT || press == control('f'))
		self->cursor = after(self, self->cursor);
	else if (press == PRESS_HOME || press == control('a'))
		self->cursor = 0;
	else if (press == PRESS_END || press == control('e'))
		self->cursor = self->text->len;
	else
		return false;
	return true;
}

static bool
take_erasure(LineInput *self, KeyPress press)
{
	if (press == PRESS_BACKSPACE || press == control('h') || press == 127)
		erase_range(self, before(self, self->cursor), self->cursor);
	else if (press == PRESS_DELETE || press == control('d'))
		erase_range(self, self->cursor, after(self, self->cursor));
	else if (press == control('k'))
		g_string_truncate(self->text, self->cursor);
	else if (press == control('u'))
		erase_range(self, 0, self->cursor);
	else if (press == control('w'))
		erase_range(self, word_before(self), self->cursor);
	else
		return false;
	return true;
}

bool
line_input_press(LineInput *self, KeyPress press)
{
	if (take_paste(self, press) || take_movement(self, press) || take_erasure(self, press))
		return true;
	if (!keypress_is_text(press))
		return false;
	insert(self, press);
	return true;
}

static char *
shown_part(const char *text, size_t length)
{
	GString *shown = g_string_new(NULL);

	text_sanitise(shown, text, (gssize)length, TEXT_SINGLE_LINE);
	return g_string_free(shown, FALSE);
}

void
line_input_draw(
    LineInput *self, WINDOW *window, const Theme *theme, int y, int x, int cells, const char *suggestion)
{
	g_autofree char *all = shown_part(self->text->str, self->text->len);
	g_autofree char *left = shown_part(self->text->str, self->cursor);
	int cursor = text_width(left);
	Look look = theme_look(theme, STYLE_COMMAND_LINE, ROW_PLAIN);
	int used;

	if (cells < 1)
		return;
	if (cursor < self->scroll)
		self->scroll = cursor;
	if (cursor - self->scroll >= cells)
		self->scroll = cursor - cells + 1;
	used = text_draw(window, theme, y, x, cells, all + text_offset_of_cell(all, self->scroll), look);
	if (suggestion != NULL && used < cells)
		used += text_draw(window, theme, y, x + used, cells - used, suggestion,
		    theme_look(theme, STYLE_GREY, ROW_PLAIN));
	text_draw_repeated(window, y, x + used, cells - used, " ", look);
	wmove(window, y, x + cursor - self->scroll);
}
