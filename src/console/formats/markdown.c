#include "formats/format.h"

#include "base/text.h"

static bool
is_number(ValueType type)
{
	return type == VALUE_INTEGER || type == VALUE_NUMERIC;
}

static void
append_escaped(GString *out, const char *text)
{
	g_autofree char *clean = text_sanitised(text, TEXT_SINGLE_LINE);

	for (const char *c = clean; *c != '\0'; c++) {
		if (*c == '|' || *c == '\\')
			g_string_append_c(out, '\\');
		g_string_append_c(out, *c);
	}
}

static void
markdown_begin(FormatWriter *self, GString *out)
{
	if (!self->options->header)
		return;
	g_string_append_c(out, '|');
	for (size_t i = 0; i < self->column_count; i++) {
		g_string_append_c(out, ' ');
		append_escaped(out, self->columns[i].name);
		g_string_append(out, " |");
	}
	g_string_append(out, "\n|");
	for (size_t i = 0; i < self->column_count; i++)
		g_string_append(out, is_number(self->columns[i].type) ? " ---: |" : " --- |");
	g_string_append_c(out, '\n');
}

static void
markdown_row(FormatWriter *self, const Cell *cells, GString *out)
{
	g_string_append_c(out, '|');
	for (size_t i = 0; i < self->column_count; i++) {
		g_string_append_c(out, ' ');
		if (!cells[i].null)
			append_escaped(out, cells[i].text);
		g_string_append(out, cells[i].cut ? "… |" : " |");
	}
	g_string_append_c(out, '\n');
}

static void
nothing_more(FormatWriter *self, const ResultEnd *end, GString *out)
{
	(void)self;
	(void)end;
	(void)out;
}

const Format markdown_format = { "markdown", false, markdown_begin, markdown_row, nothing_more };
