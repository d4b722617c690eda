#include "persistence/reader/cells.h"

#include "base/error.h"
#include "persistence/reader/list_query.h"

#include <string.h>

struct CellReader {
	const GArray *fields;
	bool cut;
	ResultColumn *columns;
	int *positions;
	Cell *cells;
	GString **buffers; /* of converted or cut values */
};

CellReader *
cell_reader_new(const GArray *fields, bool cut)
{
	CellReader *self = g_new0(CellReader, 1);

	self->fields = fields;
	self->cut = cut;
	self->columns = g_new0(ResultColumn, fields->len + 1);
	self->positions = g_new0(int, fields->len + 1);
	self->cells = g_new0(Cell, fields->len + 1);
	self->buffers = g_new0(GString *, fields->len + 1);
	for (guint i = 0; i < fields->len; i++) {
		const FieldDef *field = g_array_index(fields, const FieldDef *, i);

		self->columns[i] = (ResultColumn){ field->name, field->type };
		self->buffers[i] = g_string_new(NULL);
	}
	return self;
}

void
cell_reader_free(CellReader *self)
{
	if (self == NULL)
		return;
	for (GString **buffer = self->buffers; *buffer != NULL; buffer++)
		g_string_free(*buffer, TRUE);
	g_free(self->buffers);
	g_free(self->cells);
	g_free(self->positions);
	g_free(self->columns);
	g_free(self);
}

const ResultColumn *
cell_reader_columns(const CellReader *self)
{
	return self->columns;
}

/* PQfnumber folds case unless the name is quoted, and names from a catalog may hold quotes. */
static int
column_position(const PGresult *result, const char *name)
{
	for (int i = 0; i < PQnfields(result); i++) {
		if (strcmp(PQfname(result, i), name) == 0)
			return i;
	}
	return -1;
}

bool
cell_reader_bind(CellReader *self, const PGresult *result, GError **error)
{
	for (guint i = 0; i < self->fields->len; i++) {
		self->positions[i] = column_position(result, self->columns[i].name);
		if (self->positions[i] < 0) {
			g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "the result has no column '%s'",
			    self->columns[i].name);
			return false;
		}
	}
	return true;
}

void
append_rfc3339(GString *out, const char *server_text)
{
	size_t length = strlen(server_text);
	const char *space = strchr(server_text, ' ');
	bool utc = length > 3 && strcmp(server_text + length - 3, "+00") == 0;

	/* `infinity` and years before Christ have no such form and stay. */
	if (space == NULL || !utc) {
		g_string_append(out, server_text);
		return;
	}
	g_string_append_len(out, server_text, space - server_text);
	g_string_append_c(out, 'T');
	g_string_append_len(out, space + 1, server_text + length - 3 - (space + 1));
	g_string_append_c(out, 'Z');
}

static void
use_buffer(Cell *cell, const GString *buffer)
{
	cell->text = buffer->str;
	cell->size = buffer->len;
}

static void
cut_cell(Cell *cell, GString *buffer)
{
	const char *end = cell->text;

	for (int i = 0; i < LIST_VALUE_LENGTH && *end != '\0'; i++)
		end = g_utf8_next_char(end);
	if (*end == '\0')
		return;
	g_string_append_len(buffer, cell->text, end - cell->text);
	use_buffer(cell, buffer);
	cell->cut = true;
}

const Cell *
cell_reader_row(CellReader *self, const PGresult *result, int row)
{
	for (guint i = 0; i < self->fields->len; i++) {
		int position = self->positions[i];
		Cell *cell = &self->cells[i];
		GString *buffer = self->buffers[i];

		*cell = (Cell){
			.text = PQgetvalue(result, row, position),
			.size = (size_t)PQgetlength(result, row, position),
			.null = PQgetisnull(result, row, position) != 0,
		};
		g_string_truncate(buffer, 0);
		if (self->columns[i].type == VALUE_TIME && !cell->null) {
			append_rfc3339(buffer, cell->text);
			use_buffer(cell, buffer);
		} else if (self->columns[i].type == VALUE_BOOLEAN && !cell->null) {
			cell->text = cell->text[0] == 't' ? "true" : "false";
			cell->size = strlen(cell->text);
		} else if (self->cut && cell->size > LIST_VALUE_LENGTH) {
			cut_cell(cell, buffer);
		}
	}
	return self->cells;
}
