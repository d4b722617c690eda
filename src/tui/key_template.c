#include "key_template.h"

#include "application/arguments.h"
#include "base/error.h"

#include <string.h>

typedef enum PlaceKind {
	PLACE_WORD,   /* the placeholder is the whole word */
	PLACE_FILTER, /* behind `field=` */
	PLACE_INSIDE, /* anywhere else */
} PlaceKind;

static bool
fail(GError **error, const char *sentence, const char *name)
{
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s%s", sentence, name);
	return false;
}

/* The next `{name}` at or behind `text`; NULL when there is none. */
static const char *
next_place(const char *text, char **ret_name, const char **ret_end, GError **error)
{
	const char *open = strchr(text, '{');
	const char *close = open != NULL ? strchr(open, '}') : NULL;

	if (open == NULL)
		return NULL;
	if (close == NULL || close == open + 1) {
		fail(error, "a { stands without name and } in: ", text);
		return NULL;
	}
	*ret_name = g_strndup(open + 1, (gsize)(close - open - 1));
	*ret_end = close + 1;
	return open;
}

bool
key_template_names(const char *template, char ***ret_names, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) failed = NULL;
	const char *end = template;
	char *name = NULL;

	while (next_place(end, &name, &end, &failed) != NULL) {
		if (strcmp(name, "filter") == 0)
			g_free(name);
		else
			g_ptr_array_add(names, name);
	}
	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	g_ptr_array_add(names, NULL);
	*ret_names = (char **)g_ptr_array_steal(names, NULL);
	return true;
}

static PlaceKind
kind_of_place(const char *template, const char *open, const char *end)
{
	bool starts = open == template || g_ascii_isspace(open[-1]);
	bool ends = *end == '\0' || g_ascii_isspace(*end);

	if (starts && ends)
		return PLACE_WORD;
	return !starts && ends && open[-1] == '=' ? PLACE_FILTER : PLACE_INSIDE;
}

static bool
check_value(const Cell *cell, const char *name, GError **error)
{
	if (cell->null) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "this row has no %s", name);
		return false;
	}
	if (cell->cut || strlen(cell->text) != cell->size) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "the value of %s is shown shortened: a command cannot take it", name);
		return false;
	}
	return true;
}

/* In a filter a comma would begin another value. */
static void
append_filter_value(GString *joined, const char *value)
{
	if (joined->len > 0)
		g_string_append_c(joined, ',');
	for (; *value != '\0'; value++) {
		if (*value == ',')
			g_string_append_c(joined, '\\');
		g_string_append_c(joined, *value);
	}
}

static bool
append_values(GString *line, const TemplateRows *rows, const char *name, PlaceKind kind, GError **error)
{
	int column = rows->columns != NULL ? row_columns_find(rows->columns, name) : -1;
	g_autoptr(GString) joined = g_string_new(NULL);

	if (rows->count == 0)
		return fail(error, "no row is chosen for ", name);
	if (column < 0)
		return fail(error, "this list has no ", name);
	if (kind == PLACE_INSIDE && rows->count > 1)
		return fail(error, "this takes one row, not several: unmark all with u", "");
	for (size_t i = 0; i < rows->count; i++) {
		const Cell *cell = row_cell(rows->rows[i], column);
		g_autofree char *quoted = NULL;

		if (!check_value(cell, name, error))
			return false;
		if (kind == PLACE_FILTER) {
			append_filter_value(joined, cell->text);
			continue;
		}
		quoted = argument_quote(cell->text);
		g_string_append_printf(line, "%s%s", i > 0 ? " " : "", quoted);
	}
	if (kind == PLACE_FILTER) {
		g_autofree char *quoted = argument_quote(joined->str);

		g_string_append(line, quoted);
	}
	return true;
}

static bool
append_place(GString *line, const TemplateRows *rows, const char *name, PlaceKind kind, GError **error)
{
	if (strcmp(name, "filter") != 0)
		return append_values(line, rows, name, kind, error);
	if (rows->filter == NULL || *rows->filter == '\0')
		return fail(error, "filter first, with /: this acts on all that the filter matches", "");
	g_string_append(line, rows->filter);
	return true;
}

bool
key_template_fill(const char *template, const TemplateRows *rows, char **ret_line, GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	g_autoptr(GError) failed = NULL;
	const char *rest = template, *open, *end = template;
	char *taken = NULL;

	while ((open = next_place(rest, &taken, &end, &failed)) != NULL) {
		g_autofree char *name = taken;

		g_string_append_len(line, rest, open - rest);
		if (!append_place(line, rows, name, kind_of_place(template, open, end), error))
			return false;
		rest = end;
	}
	if (failed != NULL) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	g_string_append(line, rest);
	*ret_line = g_string_free(g_steal_pointer(&line), FALSE);
	return true;
}

static bool
row_holds(const ScreenWhen *when, const Cell *cell)
{
	bool found = false;

	for (char **value = when->values; *value != NULL; value++) {
		if (strcmp(*value, "null") == 0 ? cell->null : !cell->null && strcmp(*value, cell->text) == 0)
			found = true;
	}
	return found != when->differs;
}

bool
screen_when_holds(const ScreenWhen *when, const TemplateRows *rows)
{
	int column;

	if (when->field == NULL)
		return true;
	column = rows->columns != NULL ? row_columns_find(rows->columns, when->field) : -1;
	if (column < 0 || rows->count == 0)
		return false;
	for (size_t i = 0; i < rows->count; i++) {
		if (!row_holds(when, row_cell(rows->rows[i], column)))
			return false;
	}
	return true;
}
