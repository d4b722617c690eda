#include "terminal_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>

#include <cmocka.h>

#define RIGHT_HALF UINT32_MAX

static int
colour_number(const VTermColor *colour)
{
	if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
		return TERMINAL_COLOUR_DEFAULT;
	if (VTERM_COLOR_IS_INDEXED(colour))
		return colour->indexed.idx;
	return TERMINAL_COLOUR_RGB + (colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue);
}

static void
cell_text(TerminalCell *cell, const VTermScreenCell *from)
{
	char *end = cell->text;

	cell->width = (unsigned char)from->width;
	if (from->chars[0] == RIGHT_HALF) {
		cell->width = 0;
	} else if (from->chars[0] == 0) {
		*end++ = ' ';
	} else {
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && from->chars[i] != 0; i++)
			end += g_unichar_to_utf8(from->chars[i], end);
	}
	*end = '\0';
}

TerminalCell
terminal_cell(Terminal *self, int row, int col)
{
	TerminalCell cell = { .width = 1 };
	VTermScreenCell from = { 0 };

	vterm_screen_get_cell(self->screen, (VTermPos){ .row = row, .col = col }, &from);
	cell_text(&cell, &from);
	cell.fg = colour_number(&from.fg);
	cell.bg = colour_number(&from.bg);
	cell.bold = from.attrs.bold;
	cell.dim = from.attrs.font == TERMINAL_DIM_FONT;
	cell.italic = from.attrs.italic;
	cell.underline = from.attrs.underline != 0;
	cell.blink = from.attrs.blink;
	cell.reverse = from.attrs.reverse;
	return cell;
}

void
terminal_size(const Terminal *self, int *ret_rows, int *ret_cols)
{
	vterm_get_size(self->vterm, ret_rows, ret_cols);
}

static void
append_row(Terminal *self, int row, GString *out)
{
	size_t start = out->len;
	int rows, cols;

	terminal_size(self, &rows, &cols);
	for (int col = 0; col < cols; col++)
		g_string_append(out, terminal_cell(self, row, col).text);
	while (out->len > start && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
}

char *
terminal_row_text(Terminal *self, int row)
{
	GString *text = g_string_new(NULL);

	append_row(self, row, text);
	return g_string_free(text, FALSE);
}

char *
terminal_screen_text(Terminal *self)
{
	GString *text = g_string_new(NULL);
	int rows, cols;

	terminal_size(self, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		append_row(self, row, text);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

/* The cell in which the byte at `offset` of the row's text stands. */
static int
cell_of_offset(Terminal *self, int row, size_t offset)
{
	int col = 0;

	for (size_t at = 0; at <= offset; col++)
		at += strlen(terminal_cell(self, row, col).text);
	return col - 1;
}

int
terminal_find(Terminal *self, const char *text, int *ret_col)
{
	int rows, cols;

	terminal_size(self, &rows, &cols);
	for (int row = 0; row < rows; row++) {
		g_autofree char *line = terminal_row_text(self, row);
		const char *found = strstr(line, text);

		if (found == NULL)
			continue;
		if (ret_col != NULL)
			*ret_col = cell_of_offset(self, row, (size_t)(found - line));
		return row;
	}
	return -1;
}

static void
append_colour(GString *out, const char *name, int colour)
{
	if (colour >= TERMINAL_COLOUR_RGB)
		g_string_append_printf(out, " %s=#%06x", name, (unsigned)(colour - TERMINAL_COLOUR_RGB));
	else if (colour != TERMINAL_COLOUR_DEFAULT)
		g_string_append_printf(out, " %s=%d", name, colour);
}

static void
describe(const TerminalCell *cell, GString *out)
{
	g_string_truncate(out, 0);
	g_string_append(out, cell->bold ? " bold" : "");
	g_string_append(out, cell->dim ? " dim" : "");
	g_string_append(out, cell->italic ? " italic" : "");
	g_string_append(out, cell->underline ? " underline" : "");
	g_string_append(out, cell->blink ? " blink" : "");
	g_string_append(out, cell->reverse ? " reverse" : "");
	append_colour(out, "fg", cell->fg);
	append_colour(out, "bg", cell->bg);
}

static void
append_attributes(Terminal *self, int row, int cols, GString *out)
{
	g_autoptr(GString) run = g_string_new(NULL);
	g_autoptr(GString) here = g_string_new(NULL);
	int first = 0;

	for (int col = 0; col <= cols; col++) {
		if (col < cols) {
			TerminalCell cell = terminal_cell(self, row, col);

			/* libvterm gives the right half of a wide cell no attributes of its own. */
			if (cell.width == 0)
				continue;
			describe(&cell, here);
		}
		if (col < cols && g_string_equal(run, here))
			continue;
		if (run->len > 0)
			g_string_append_printf(out, "%d: %d-%d%s\n", row, first, col - 1, run->str);
		g_string_assign(run, here->str);
		first = col;
	}
}

char *
terminal_attributes(Terminal *self)
{
	GString *out = g_string_new(NULL);
	int rows, cols;

	terminal_size(self, &rows, &cols);
	for (int row = 0; row < rows; row++)
		append_attributes(self, row, cols, out);
	return g_string_free(out, FALSE);
}

bool
terminal_cursor(Terminal *self, int *ret_row, int *ret_col)
{
	VTermPos position;

	vterm_state_get_cursorpos(vterm_obtain_state(self->vterm), &position);
	*ret_row = position.row;
	*ret_col = position.col;
	return self->cursor_visible;
}

bool
terminal_on_alternate_screen(const Terminal *self)
{
	return self->alternate;
}

bool
terminal_reports_mouse(const Terminal *self)
{
	return self->mouse;
}

bool
terminal_is_cooked(Terminal *self)
{
	struct termios modes;

	if (self->master < 0 || tcgetattr(self->master, &modes) != 0)
		return false;
	return (modes.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG) &&
	    (modes.c_oflag & OPOST) != 0;
}

const char *
terminal_bytes(const Terminal *self, size_t *ret_length)
{
	*ret_length = self->bytes->len;
	return (const char *)self->bytes->data;
}

void
terminal_print(Terminal *self, const char *why)
{
	g_autofree char *text = terminal_screen_text(self);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	int row, col;
	bool visible = terminal_cursor(self, &row, &col);

	print_error(
	    "%s\nthe cursor is %s at %d,%d; the screen is\n", why, visible ? "shown" : "hidden", row, col);
	for (size_t i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
		print_error("%3zu|%s\n", i, lines[i]);
}
