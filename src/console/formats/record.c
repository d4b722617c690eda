#include "formats/record.h"

#include "base/text.h"

static int
widest_name(const FormatWriter *writer)
{
	int widest = 0;

	for (size_t i = 0; i < writer->column_count; i++) {
		g_autofree char *name = text_sanitised(writer->columns[i].name, TEXT_SINGLE_LINE);

		widest = MAX(widest, text_width(name));
	}
	return widest;
}

static void
append_name(GString *out, const char *raw, int width, bool colour)
{
	g_autofree char *name = text_sanitised(raw, TEXT_SINGLE_LINE);

	g_string_append(out, colour ? "\033[1m" : "");
	text_pad(out, name, width, false, false);
	g_string_append(out, colour ? "\033[0m  " : "  ");
}

static void
append_value(GString *out, const Cell *cell, int indent)
{
	g_autofree char *value = text_sanitised(cell->text, TEXT_MULTI_LINE);
	g_auto(GStrv) lines = g_strsplit(value, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (line != lines)
			g_string_append_printf(out, "\n%*s", indent, "");
		g_string_append(out, *line);
	}
}

void
append_record(const FormatWriter *writer, const Cell *cells, GString *out)
{
	int width = widest_name(writer);
	bool colour = writer->options->colour;

	for (size_t i = 0; i < writer->column_count; i++) {
		append_name(out, writer->columns[i].name, width, colour);
		if (cells[i].null)
			g_string_append(out, colour ? "\033[2m–\033[0m" : "–");
		else
			append_value(out, &cells[i], width + 2);
		g_string_append_c(out, '\n');
	}
}
