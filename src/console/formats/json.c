#include "formats/format.h"

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

/* A character beyond ASCII at `text`; returns its bytes. */
static size_t
append_wide(GString *out, const char *text, size_t left)
{
	gunichar c = g_utf8_get_char_validated(text, (gssize)left);
	size_t length;

	if (c == (gunichar)-1 || c == (gunichar)-2) {
		g_string_append(out, "\xef\xbf\xbd");
		return 1;
	}
	length = (size_t)(g_utf8_next_char(text) - text);
	g_string_append_len(out, text, (gssize)length);
	return length;
}

void
append_json_string(GString *out, const char *text, size_t size)
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
			at += append_wide(out, text + at, size - at);
	}
	g_string_append_c(out, '"');
}

/* `NaN` and `Infinity` are numbers for PostgreSQL, not for json. */
static bool
is_json_number(const Cell *cell)
{
	return cell->size > 0 && cell->text[strspn(cell->text, "+-0123456789.eE")] == '\0';
}

void
append_json_cell(GString *out, const Cell *cell, ValueType type)
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
			g_string_append_len(out, cell->text, (gssize)cell->size);
			return;
		}
		break;
	case VALUE_TEXT:
	case VALUE_TIME:
	case VALUE_UUID:
	case VALUE_BYTES: break;
	}
	append_json_string(out, cell->text, cell->size);
}

/* `{"id":` and `,"title":` once for all rows. */
static void
prepare_keys(FormatWriter *self, GString *out)
{
	GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);

	(void)out;
	for (size_t i = 0; i < self->column_count; i++) {
		GString *key = g_string_new(i > 0 ? "," : "{");

		append_json_string(key, self->columns[i].name, strlen(self->columns[i].name));
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
		append_json_cell(out, &cells[i], self->columns[i].type);
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
