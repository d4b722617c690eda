#include "row.h"

#include <string.h>

RowColumns *
row_columns_new(const ResultColumn *columns, size_t count)
{
	RowColumns *self = g_new0(RowColumns, 1);

	self->count = count;
	self->names = g_new0(char *, count + 1);
	self->types = g_new0(ValueType, count);
	for (size_t i = 0; i < count; i++) {
		self->names[i] = g_strdup(columns[i].name);
		self->types[i] = columns[i].type;
	}
	return self;
}

RowColumns *
row_columns_copy(const RowColumns *self)
{
	RowColumns *copy = g_new0(RowColumns, 1);

	copy->count = self->count;
	copy->names = g_strdupv(self->names);
	copy->types = g_memdup2(self->types, self->count * sizeof(ValueType));
	return copy;
}

void
row_columns_free(RowColumns *self)
{
	if (self == NULL)
		return;
	g_strfreev(self->names);
	g_free(self->types);
	g_free(self);
}

int
row_columns_find(const RowColumns *self, const char *name)
{
	for (size_t i = 0; i < self->count; i++)
		if (strcmp(self->names[i], name) == 0)
			return (int)i;
	return -1;
}

bool
row_columns_equal(const RowColumns *self, const RowColumns *other)
{
	return g_strv_equal((const char *const *)self->names, (const char *const *)other->names);
}

Row *
row_new(const Cell *cells, size_t count)
{
	size_t head = sizeof(Row) + count * sizeof(Cell), size = head;
	Row *self;
	char *text;

	for (size_t i = 0; i < count; i++)
		size += cells[i].size + 1;
	self = g_malloc(size);
	self->count = count;
	text = (char *)self + head;
	for (size_t i = 0; i < count; i++) {
		self->cells[i] = cells[i];
		self->cells[i].text = text;
		memcpy(text, cells[i].text, cells[i].size);
		text[cells[i].size] = '\0';
		text += cells[i].size + 1;
	}
	return self;
}

Row *
row_copy(const Row *self)
{
	return row_new(self->cells, self->count);
}

void
row_free(Row *self)
{
	g_free(self);
}

const Cell *
row_cell(const Row *self, int column)
{
	return column >= 0 && (size_t)column < self->count ? &self->cells[column] : NULL;
}

char *
row_identity(const Row *self, int key_column)
{
	const Cell *key = row_cell(self, key_column);
	GString *all;

	if (key != NULL)
		return g_strdup(key->text);
	all = g_string_new(NULL);
	for (size_t i = 0; i < self->count; i++)
		g_string_append_printf(all, "%s%zu:%s", self->cells[i].null ? "n" : "v", self->cells[i].size,
		    self->cells[i].text);
	return g_string_free(all, FALSE);
}
