#include "formats/format.h"

#include "base/text.h"

#include <string.h>

/* Bytes that a json string cannot hold as they are; everything from 0x80 on is checked as UTF-8. */
static bool
is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte != '"' && byte != '\\' && byte < 0x7f;
}

static void
append_escaped(GString *out, unsigned char byte)
{
	switch (byte) {
	case '"': g_string_append_len(out, "\\\"", 2); break;
	case '\\': g_string_append_len(out, "\\\\", 2); break;
	case '\n': g_string_append_len(out, "\\n", 2); break;
	case '\r': g_string_append_len(out, "\\r", 2); break;
	case '\t': g_string_append_len(out, "\\t", 2); break;
	default: g_string_append_printf(out, "\\u%04x", byte); break;
	}
}

static void
append_unicode_escape(GString *out, gunichar c)
{
	if (c < 0x10000) {
		g_string_append_printf(out, "\\u%04x", c);
		return;
	}
	g_string_append_printf(
	    out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
}

/* A character beyond ASCII at `text`; returns its bytes. What a terminal would not just print is escaped
 * there. */
static size_t
append_wide(GString *out, const char *text, size_t left, bool terminal)
{
	gunichar c = g_utf8_get_char_validated(text, (gssize)left);
	size_t length;

	if (c == (gunichar)-1 || c == (gunichar)-2) {
		g_string_append(out, "\xef\xbf\xbd");
		return 1;
	}
	length = (size_t)(g_utf8_next_char(text) - text);
	if (terminal && !text_is_clean(text, (gssize)length))
		append_unicode_escape(out, c);
	else
		g_string_append_len(out, text, (gssize)length);
	return length;
}

static void
append_json_string(GString *out, const char *text, size_t size, bool terminal)
{
	size_t at = 0;

	g_string_append_c(out, '"');
	while (at < size) {
		size_t run = at;

		while (run < size && is_plain((unsigned char)text[run]))
			run++;
		g_string_append_len(out, text + at, (gssize)(run - at));
		at = run;
		if (at == size)
			break;
		if ((unsigned char)text[at] < 0x80)
			append_escaped(out, (unsigned char)text[at++]);
		else
			at += append_wide(out, text + at, size - at, terminal);
	}
	g_string_append_c(out, '"');
}

/*
 * Json as the server has it. Line ends and tabs can only stand between its parts, where a blank does as well:
 * in jsonl a row is one line. Everything else that is not plain can only stand in its strings.
 */
static void
append_json(GString *out, const char *text, size_t size, bool terminal)
{
	size_t at = 0;

	while (at < size) {
		unsigned char byte = (unsigned char)text[at];

		if (byte >= 0x80) {
			at += append_wide(out, text + at, size - at, terminal);
			continue;
		}
		if (byte == '\n' || byte == '\r' || byte == '\t')
			g_string_append_c(out, ' ');
		else if (byte < 0x20 || byte == 0x7f)
			append_unicode_escape(out, byte);
		else
			g_string_append_c(out, (char)byte);
		at++;
	}
}

/* `NaN` and `Infinity` are numbers for PostgreSQL, not for json. */
static bool
is_json_number(const Cell *cell)
{
	return cell->size > 0 && cell->text[strspn(cell->text, "+-0123456789.eE")] == '\0';
}

static void
append_json_cell(GString *out, const Cell *cell, ValueType type, bool terminal)
{
	if (cell->null) {
		g_string_append_len(out, "null", 4);
		return;
	}
	switch (type) {
	case VALUE_INTEGER:
	case VALUE_NUMERIC:
		if (is_json_number(cell)) {
			g_string_append_len(out, cell->text, (gssize)cell->size);
			return;
		}
		break;
	case VALUE_BOOLEAN:
	case VALUE_JSON:
		if (!cell->cut) {
			append_json(out, cell->text, cell->size, terminal);
			return;
		}
		break;
	case VALUE_TEXT:
	case VALUE_TIME:
	case VALUE_UUID:
	case VALUE_BYTES: break;
	}
	append_json_string(out, cell->text, cell->size, terminal);
}

/* `{"id":` and `,"title":` once for all rows. */
static void
prepare_keys(FormatWriter *self, GString *out)
{
	GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);

	(void)out;
	for (size_t i = 0; i < self->column_count; i++) {
		GString *key = g_string_new(i > 0 ? "," : "{");

		append_json_string(
		    key, self->columns[i].name, strlen(self->columns[i].name), self->options->out_terminal);
		g_ptr_array_add(keys, g_string_free(g_string_append_c(key, ':'), FALSE));
	}
	self->state = keys;
}

static void
append_object(FormatWriter *self, const Cell *cells, GString *out)
{
	const GPtrArray *keys = self->state;

	for (size_t i = 0; i < self->column_count; i++) {
		g_string_append(out, keys->pdata[i]);
		append_json_cell(out, &cells[i], self->columns[i].type, self->options->out_terminal);
	}
	g_string_append(out, self->column_count > 0 ? "}" : "{}");
}

static void
json_row(FormatWriter *self, const Cell *cells, GString *out)
{
	g_string_append(out, self->rows == 0 ? "[\n " : ",\n ");
	append_object(self, cells, out);
}

static void
json_end(FormatWriter *self, const ResultEnd *end, GString *out)
{
	(void)end;
	g_string_append(out, self->rows == 0 ? "[]\n" : "\n]\n");
	g_ptr_array_unref(self->state);
}

static void
jsonl_row(FormatWriter *self, const Cell *cells, GString *out)
{
	append_object(self, cells, out);
	g_string_append_c(out, '\n');
}

static void
jsonl_end(FormatWriter *self, const ResultEnd *end, GString *out)
{
	(void)end;
	(void)out;
	g_ptr_array_unref(self->state);
}

const Format json_format = { "json", true, prepare_keys, json_row, json_end };
const Format jsonl_format = { "jsonl", true, prepare_keys, jsonl_row, jsonl_end };
