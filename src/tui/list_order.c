#include "list_order.h"

#include <string.h>

/* A column that is read for the keys' sake alone cannot be seen to be in order. */
static bool
is_shown(const View *view, const char *name)
{
	const ScreenList *list = view_list(view);

	return list->columns->len == 0 || screen_list_column(list, name) != NULL;
}

char *
list_order_next(const View *view)
{
	const ResourceDef *resource = view_list(view)->def->resource;
	const char *order = view_order(view);
	const RowColumns *columns = view_columns(view);
	const FieldDef *first = NULL, *chosen = NULL;
	bool passed = false;

	for (size_t i = 0; columns != NULL && resource != NULL && i < columns->count; i++) {
		const FieldDef *field = resource_field(resource, columns->names[i]);
		size_t length = field != NULL ? strlen(field->name) : 0;

		if (field == NULL || !(field->flags & FIELD_ORDERED) || !is_shown(view, field->name))
			continue;
		first = first == NULL ? field : first;
		if (passed && chosen == NULL)
			chosen = field;
		if (order != NULL && strncmp(order, field->name, length) == 0 &&
		    strchr(":,", order[length]) != NULL)
			passed = true;
	}
	chosen = chosen != NULL ? chosen : first;
	if (chosen == NULL)
		return NULL;
	return g_strconcat(chosen->name, chosen->type == VALUE_TIME ? ":desc" : ":asc", NULL);
}

char *
list_order_inverted(const View *view)
{
	const char *order = view_order(view);
	g_auto(GStrv) terms = order != NULL ? g_strsplit(order, ",", -1) : NULL;

	for (char **term = terms; term != NULL && *term != NULL; term++) {
		bool descending = g_str_has_suffix(*term, ":desc");
		char *colon = strchr(*term, ':');
		char *field = colon != NULL ? g_strndup(*term, (gsize)(colon - *term)) : g_strdup(*term);

		g_free(*term);
		*term = g_strconcat(field, descending ? ":asc" : ":desc", NULL);
		g_free(field);
	}
	return terms != NULL ? g_strjoinv(",", terms) : NULL;
}
