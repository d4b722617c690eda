#include "persistence/table_configuration.h"

#include "base/error.h"

#include <string.h>

const TableConfiguration *const configured_tables[] = {
	&users_table,
	&posts_table,
	NULL,
};

const TableConfiguration *
table_configuration_find(const char *table)
{
	for (size_t i = 0; configured_tables[i] != NULL; i++) {
		if (g_str_equal(configured_tables[i]->table, table))
			return configured_tables[i];
	}
	return NULL;
}

const ColumnDef *
table_key(const TableConfiguration *self)
{
	for (const ColumnDef *column = self->columns; column->name != NULL; column++) {
		if ((column->flags & COLUMN_KEY) != 0)
			return column;
	}
	g_assert_not_reached();
}

const ColumnDef *
table_column(const TableConfiguration *self, const char *name)
{
	for (const ColumnDef *column = self->columns; column->name != NULL; column++) {
		if (g_str_equal(column->name, name))
			return column;
	}
	return NULL;
}

char *
table_select_list(const TableConfiguration *self)
{
	GString *list = g_string_new(NULL);

	for (const ColumnDef *column = self->columns; column->name != NULL; column++) {
		if ((column->flags & COLUMN_WRITE_ONLY) != 0)
			continue;
		if (column->expression != NULL)
			g_string_append_printf(list, "%s AS ", column->expression);
		g_string_append_printf(list, "%s, ", column->name);
	}
	g_string_append(list, "xmin::text AS row_version");
	return g_string_free(list, FALSE);
}

static void *
place(const ColumnDef *self, void *record)
{
	return (char *)record + self->offset;
}

static const void *
const_place(const ColumnDef *self, const void *record)
{
	return (const char *)record + self->offset;
}

static bool
parse_integer(const char *text, int64_t *ret_value)
{
	return g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, ret_value, NULL);
}

static bool
parse_boolean(const char *text, bool *ret_value)
{
	*ret_value = text[0] == 't';
	return g_str_equal(text, "t") || g_str_equal(text, "f");
}

static bool
parse_value(const ColumnDef *self, const char *text, void *record)
{
	void *value = place(self, record);

	switch (self->type) {
	case COLUMN_UUID: return uuid_parse(text, value);
	case COLUMN_TEXT: *(char **)value = g_strdup(text); return true;
	case COLUMN_TIMESTAMP: return timestamp_parse(text, 0, value);
	case COLUMN_INTEGER: return parse_integer(text, value);
	case COLUMN_BOOLEAN: return parse_boolean(text, value);
	}
	return false;
}

static bool
read_column(const TableConfiguration *table, const ColumnDef *column, const PGresult *result, int row,
    void *record, GError **error)
{
	int number = PQfnumber(result, column->name);

	if (number < 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "column '%s' of '%s' was not selected",
		    column->name, table->table);
		return false;
	}
	if (PQgetisnull(result, row, number)) {
		if ((column->flags & COLUMN_NULLABLE) != 0)
			return true;
		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
		    "column '%s' of '%s' is null, which a %s can't be: correct the row", column->name,
		    table->table, table->noun);
		return false;
	}
	if (!parse_value(column, PQgetvalue(result, row, number), record)) {
		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
		    "column '%s' of '%s' holds '%s', which is out of range for a %s: correct the row",
		    column->name, table->table, PQgetvalue(result, row, number), table->noun);
		return false;
	}
	return true;
}

bool
table_read_record(
    const TableConfiguration *self, const PGresult *result, int row, void *record, GError **error)
{
	for (const ColumnDef *column = self->columns; column->name != NULL; column++) {
		if ((column->flags & COLUMN_WRITE_ONLY) != 0)
			continue;
		if (!read_column(self, column, result, row, record, error)) {
			table_clear_record(self, record);
			return false;
		}
	}
	return true;
}

static char *
uuid_text(const ColumnDef *self, const Uuid *uuid)
{
	if ((self->flags & COLUMN_NULLABLE) != 0 && uuid_is_nil(uuid))
		return NULL;
	return uuid_to_string(uuid);
}

static char *
timestamp_text(const ColumnDef *self, Timestamp time)
{
	if ((self->flags & COLUMN_NULLABLE) != 0 && time == 0)
		return NULL;
	return timestamp_format(time);
}

char *
column_text(const ColumnDef *self, const void *record)
{
	const void *value = const_place(self, record);

	switch (self->type) {
	case COLUMN_UUID: return uuid_text(self, value);
	case COLUMN_TEXT: return g_strdup(*(char *const *)value);
	case COLUMN_TIMESTAMP: return timestamp_text(self, *(const Timestamp *)value);
	case COLUMN_INTEGER: return g_strdup_printf("%" G_GINT64_FORMAT, *(const int64_t *)value);
	case COLUMN_BOOLEAN: return g_strdup(*(const bool *)value ? "true" : "false");
	}
	return NULL;
}

void
table_clear_record(const TableConfiguration *self, void *record)
{
	for (const ColumnDef *column = self->columns; column->name != NULL; column++) {
		char **text = place(column, record);

		if (column->type != COLUMN_TEXT || *text == NULL)
			continue;
		if (column->data_class == CLASS_RESTRICTED)
			explicit_bzero(*text, strlen(*text));
		g_free(*text);
	}
	memset(record, 0, self->record_size);
}
