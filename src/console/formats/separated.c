#include "formats/format.h"

#include "base/text.h"

#include <string.h>

/* RFC 4180: quoted only where it must be, quotes doubled. An empty text is quoted, a null is nothing. */
static void
append_csv(GString *out, const char *text, size_t size)
{
	if (size > 0 && memchr(text, '"', size) == NULL && text[strcspn(text, ",\r\n")] == '\0') {
		g_string_append_len(out, text, (gssize)size);
		return;
	}
	const char *end = text + size;
	const char *quote;

	g_string_append_c(out, '"');
	for (; (quote = memchr(text, '"', (size_t)(end - text))) != NULL; text = quote + 1) {
		g_string_append_len(out, text, quote - text);
		g_string_append_len(out, "\"\"", 2);
	}
	g_string_append_len(out, text, end - text);
	g_string_append_c(out, '"');
}

/* Tabs, line ends and backslashes as \t, \n, \r and \\; a null is \N, as COPY writes them. */
static void
append_tsv(GString *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		switch (text[i]) {
		case '\t': g_string_append_len(out, "\\t", 2); break;
		case '\n': g_string_append_len(out, "\\n", 2); break;
		case '\r': g_string_append_len(out, "\\r", 2); break;
		case '\\': g_string_append_len(out, "\\\\", 2); break;
		default: g_string_append_c(out, text[i]); break;
		}
	}
}

/* Data is data, but a terminal would run it. */
static void
put_csv(const FormatWriter *self, const char *text, size_t size, GString *out)
{
	g_autoptr(GString) clean = NULL;

	if (!self->options->out_terminal) {
		append_csv(out, text, size);
		return;
	}
	clean = g_string_new(NULL);
	text_sanitise(clean, text, (gssize)size, TEXT_MULTI_LINE);
	append_csv(out, clean->str, clean->len);
}

static void
put_tsv(const FormatWriter *self, const char *text, size_t size, GString *out)
{
	g_autoptr(GString) escaped = NULL;

	if (!self->options->out_terminal) {
		append_tsv(out, text, size);
		return;
	}
	escaped = g_string_new(NULL);
	append_tsv(escaped, text, size);
	text_sanitise(out, escaped->str, (gssize)escaped->len, TEXT_SINGLE_LINE);
}

static void
csv_begin(FormatWriter *self, GString *out)
{
	for (size_t i = 0; self->options->header && i < self->column_count; i++) {
		g_string_append(out, i > 0 ? "," : "");
		put_csv(self, self->columns[i].name, strlen(self->columns[i].name), out);
	}
	g_string_append(out, self->options->header ? "\n" : "");
}

static void
csv_row(FormatWriter *self, const Cell *cells, GString *out)
{
	for (size_t i = 0; i < self->column_count; i++) {
		if (i > 0)
			g_string_append_c(out, ',');
		if (!cells[i].null)
			put_csv(self, cells[i].text, cells[i].size, out);
	}
	g_string_append_c(out, '\n');
}

static void
tsv_begin(FormatWriter *self, GString *out)
{
	for (size_t i = 0; self->options->header && i < self->column_count; i++) {
		g_string_append(out, i > 0 ? "\t" : "");
		put_tsv(self, self->columns[i].name, strlen(self->columns[i].name), out);
	}
	g_string_append(out, self->options->header ? "\n" : "");
}

static void
tsv_row(FormatWriter *self, const Cell *cells, GString *out)
{
	for (size_t i = 0; i < self->column_count; i++) {
		if (i > 0)
			g_string_append_c(out, '\t');
		if (cells[i].null)
			g_string_append(out, "\\N");
		else
			put_tsv(self, cells[i].text, cells[i].size, out);
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

const Format csv_format = { "csv", true, csv_begin, csv_row, nothing_more };
const Format tsv_format = { "tsv", true, tsv_begin, tsv_row, nothing_more };
