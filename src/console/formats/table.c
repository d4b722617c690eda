#include "formats/format.h"
#include "formats/record.h"

#include "base/text.h"

/*
 * A table for people. Widths come from the first rows, which are held back until there are enough of them or
 * the result ends; later rows are cut to fit. So a stream of any length takes the memory of one window.
 */
#define WINDOW 1000
#define GAP "  "
#define NARROWEST 6

typedef struct TableState {
	GPtrArray *window; /* of char **: sanitised cells of the rows held back */
	int *widths;
	bool opened;
} TableState;

static bool
is_number(ValueType type)
{
	return type == VALUE_INTEGER || type == VALUE_NUMERIC;
}

static void
table_begin(FormatWriter *self, GString *out)
{
	TableState *state = g_new0(TableState, 1);

	(void)out;
	state->window = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	state->widths = g_new0(int, self->column_count + 1);
	self->state = state;
}

static char **
clean_row(const FormatWriter *self, const Cell *cells)
{
	char **texts = g_new0(char *, self->column_count + 1);

	for (size_t i = 0; i < self->column_count; i++) {
		g_autofree char *text = text_sanitised(cells[i].text, TEXT_SINGLE_LINE);

		texts[i] = cells[i].null ? g_strdup("–") : g_strconcat(text, cells[i].cut ? "…" : NULL, NULL);
	}
	return texts;
}

/* An id, a time or a number that is cut is worth nothing; a text is still understood. */
static bool
can_be_cut(ValueType type)
{
	return type == VALUE_TEXT || type == VALUE_JSON || type == VALUE_BYTES;
}

/* The widest column that may give way, or column_count. */
static size_t
widest_to_cut(const FormatWriter *self, const int *widths)
{
	size_t widest = self->column_count;

	for (size_t i = 0; i < self->column_count; i++) {
		if (can_be_cut(self->columns[i].type) && widths[i] > NARROWEST &&
		    (widest == self->column_count || widths[i] > widths[widest]))
			widest = i;
	}
	return widest;
}

/* Texts give way until the line fits; what does not fit then is for the terminal to wrap. */
static void
fit_widths(const FormatWriter *self, int *widths)
{
	int total = (int)(self->column_count - 1) * (int)(sizeof GAP - 1);

	for (size_t i = 0; i < self->column_count; i++)
		total += widths[i];
	while (self->options->width > 0 && total > self->options->width) {
		size_t widest = widest_to_cut(self, widths);

		if (widest == self->column_count)
			return;
		widths[widest]--;
		total--;
	}
}

static void
measure(const FormatWriter *self, TableState *state)
{
	for (size_t i = 0; i < self->column_count; i++) {
		g_autofree char *name = text_sanitised(self->columns[i].name, TEXT_SINGLE_LINE);

		state->widths[i] = self->options->header ? text_width(name) : 0;
		for (guint row = 0; row < state->window->len; row++)
			state->widths[i] =
			    MAX(state->widths[i], text_width(((char **)state->window->pdata[row])[i]));
	}
	if (self->column_count > 0)
		fit_widths(self, state->widths);
}

static void
trim_line(GString *out)
{
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void
append_line(const FormatWriter *self, const TableState *state, char *const *texts, GString *out)
{
	for (size_t i = 0; i < self->column_count; i++) {
		g_string_append(out, i > 0 ? GAP : "");
		text_pad(out, texts[i], state->widths[i], is_number(self->columns[i].type), false);
	}
	trim_line(out);
}

static void
append_header(const FormatWriter *self, const TableState *state, GString *out)
{
	g_auto(GStrv) names = g_new0(char *, self->column_count + 1);

	for (size_t i = 0; i < self->column_count; i++)
		names[i] = text_sanitised(self->columns[i].name, TEXT_SINGLE_LINE);
	g_string_append(out, self->options->colour ? "\033[1m" : "");
	append_line(self, state, names, out);
	if (self->options->colour)
		g_string_insert(out, (gssize)out->len - 1, "\033[0m");
}

static void
open_window(FormatWriter *self, TableState *state, GString *out)
{
	measure(self, state);
	if (self->options->header && self->column_count > 0)
		append_header(self, state, out);
	for (guint row = 0; row < state->window->len; row++)
		append_line(self, state, state->window->pdata[row], out);
	g_ptr_array_set_size(state->window, 0);
	state->opened = true;
}

static void
append_text_line(const Cell *cells, GString *out)
{
	text_sanitise(out, cells[0].text, (gssize)cells[0].size, TEXT_MULTI_LINE);
	g_string_append_c(out, '\n');
}

static void
table_row(FormatWriter *self, const Cell *cells, GString *out)
{
	TableState *state = self->state;

	if (self->kind == RESULT_RECORD) {
		append_record(self, cells, out);
		return;
	}
	if (self->kind == RESULT_TEXT) {
		append_text_line(cells, out);
		return;
	}
	if (!state->opened) {
		g_ptr_array_add(state->window, clean_row(self, cells));
		if (state->window->len == WINDOW)
			open_window(self, state, out);
		return;
	}
	g_auto(GStrv) texts = clean_row(self, cells);

	append_line(self, state, texts, out);
}

static void
table_end(FormatWriter *self, const ResultEnd *end, GString *out)
{
	TableState *state = self->state;

	(void)end;
	if (self->kind == RESULT_LIST && !state->opened)
		open_window(self, state, out);
	g_ptr_array_unref(state->window);
	g_free(state->widths);
	g_free(state);
}

const Format table_format = { "table", false, table_begin, table_row, table_end };
