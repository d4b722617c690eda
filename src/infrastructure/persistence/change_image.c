#include "persistence/change_image.h"

#define RESTRICTED "***"

bool
column_differs(const ColumnDef *column, const void *before, const void *after)
{
	g_autofree char *old = before == NULL ? NULL : column_text(column, before);
	g_autofree char *new = after == NULL ? NULL : column_text(column, after);

	/* It was never read, so that nothing is known about before. */
	if ((column->flags & COLUMN_WRITE_ONLY) != 0)
		return new != NULL;
	return g_strcmp0(old, new) != 0;
}

static char *
shown_text(const ColumnDef *column, const void *record)
{
	g_autofree char *text = record == NULL ? NULL : column_text(column, record);

	if (text != NULL && column->data_class == CLASS_RESTRICTED)
		return g_strdup(RESTRICTED);
	return g_steal_pointer(&text);
}

Change *
change_image_new(const TableConfiguration *table, const void *before, const void *after)
{
	g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);
	Change *change;

	for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
		if (!column_differs(column, before, after))
			continue;
		g_ptr_array_add(columns, g_strdup(column->name));
		g_ptr_array_add(columns, shown_text(column, before));
		g_ptr_array_add(columns, shown_text(column, after));
	}
	if (columns->len == 0)
		return NULL;
	change = g_new0(Change, 1);
	change->table = g_strdup(table->table);
	change->key = column_text(table_key(table), after != NULL ? after : before);
	change->columns = g_steal_pointer(&columns);
	return change;
}
