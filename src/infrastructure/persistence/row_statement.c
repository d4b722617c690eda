#include "persistence/row_statement.h"

#include "persistence/change_image.h"

static void
free_statement(gpointer statement)
{
	statement_free(statement);
}

GPtrArray *
statements_new(void)
{
	return g_ptr_array_new_with_free_func(free_statement);
}

/* A statement that is being put together: every value becomes a parameter. */
typedef struct Draft {
	GString *sql;
	GPtrArray *params;
	bool secret;
} Draft;

static Draft
draft_begin(const char *verb, const TableConfiguration *table)
{
	Draft draft = { g_string_new(verb), g_ptr_array_new_with_free_func(g_free), false };

	g_string_append_printf(draft.sql, " %s", table->table);
	return draft;
}

/* The number of the parameter that now holds the column's value. */
static guint
draft_value(Draft *self, const ColumnDef *column, const void *record)
{
	g_ptr_array_add(self->params, column_text(column, record));
	self->secret = self->secret || column->data_class == CLASS_RESTRICTED;
	return self->params->len;
}

static void
draft_where_version(Draft *self, const TableConfiguration *table, const void *record, const char *row_version)
{
	const ColumnDef *key = table_key(table);
	guint number = draft_value(self, key, record);

	g_ptr_array_add(self->params, g_strdup(row_version));
	g_string_append_printf(
	    self->sql, " WHERE %s = $%u AND xmin::text = $%u", key->name, number, self->params->len);
}

static Statement *
draft_finish(Draft *self, const TableConfiguration *table, const void *record)
{
	g_autofree char *subject = row_subject(table, record);
	Statement *statement = statement_new(
	    self->sql->str, (int)self->params->len, (const char *const *)self->params->pdata, 1, subject);

	statement->secret = self->secret;
	g_string_free(self->sql, TRUE);
	g_ptr_array_unref(self->params);
	return statement;
}

static bool
is_inserted(const ColumnDef *column, const void *record)
{
	g_autofree char *text = NULL;

	if ((column->flags & COLUMN_SERVER) != 0)
		return false;
	text = column_text(column, record);
	return text != NULL || (column->flags & COLUMN_WRITE_ONLY) == 0;
}

char *
row_subject(const TableConfiguration *table, const void *record)
{
	g_autofree char *key = column_text(table_key(table), record);

	return g_strdup_printf("%s '%s'", table->noun, key);
}

Statement *
row_insert(const TableConfiguration *table, const void *record)
{
	Draft draft = draft_begin("INSERT INTO", table);
	g_autoptr(GString) places = g_string_new(NULL);
	const char *separator = "";

	g_string_append(draft.sql, " (");
	for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
		if (!is_inserted(column, record))
			continue;
		g_string_append_printf(draft.sql, "%s%s", separator, column->name);
		g_string_append_printf(places, "%s$%u", separator, draft_value(&draft, column, record));
		separator = ", ";
	}
	g_string_append_printf(draft.sql, ") VALUES (%s)", places->str);
	return draft_finish(&draft, table, record);
}

Statement *
row_update(const TableConfiguration *table, const void *before, const void *after, const char *row_version)
{
	Draft draft = draft_begin("UPDATE", table);
	const char *separator = " SET ";

	for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
		if ((column->flags & COLUMN_SERVER) != 0 || !column_differs(column, before, after))
			continue;
		g_string_append_printf(
		    draft.sql, "%s%s = $%u", separator, column->name, draft_value(&draft, column, after));
		separator = ", ";
	}
	if (draft.params->len == 0) {
		g_string_free(draft.sql, TRUE);
		g_ptr_array_unref(draft.params);
		return NULL;
	}
	draft_where_version(&draft, table, before, row_version);
	return draft_finish(&draft, table, before);
}

Statement *
row_delete(const TableConfiguration *table, const void *record, const char *row_version)
{
	Draft draft = draft_begin("DELETE FROM", table);

	draft_where_version(&draft, table, record, row_version);
	return draft_finish(&draft, table, record);
}
