#include "list_line.h"

#include "key_template.h"

#include "application/arguments.h"
#include "application/words.h"

#include <string.h>

bool
command_has(const CommandDef *def, const char *name)
{
	for (const ArgDef *arg = def->args; arg != NULL && arg->name != NULL; arg++)
		if (strcmp(arg->name, name) == 0)
			return true;
	return false;
}

static bool
line_says(const char *line, const char *option)
{
	g_autoptr(GArray) words = NULL;
	size_t length = strlen(option);

	words_split(line, &words);
	for (guint i = 0; i < words->len; i++) {
		const Word *word = &g_array_index(words, Word, i);

		if (!word->literal && strncmp(word->text, "--", 2) == 0 &&
		    strncmp(word->text + 2, option, length) == 0 &&
		    (word->text[2 + length] == '\0' || word->text[2 + length] == '='))
			return true;
	}
	return false;
}

/* An option that the line may still be given. */
static bool
takes(const ScreenList *list, const char *option)
{
	return command_has(list->def, option) && !line_says(list->line, option);
}

bool
list_is_paged(const ScreenList *list)
{
	static const char *const places[] = { "after", "before", "last", "limit", "all", NULL };

	for (const char *const *place = places; *place != NULL; place++) {
		if (!takes(list, *place))
			return false;
	}
	return true;
}

static void
add_column(const ScreenList *list, GPtrArray *names, const char *name)
{
	if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL) &&
	    (list->def->resource == NULL || resource_field(list->def->resource, name) != NULL))
		g_ptr_array_add(names, g_strdup(name));
}

static void
add_template_columns(const ScreenList *list, GPtrArray *names, const char *template)
{
	g_auto(GStrv) places = NULL;

	if (template == NULL || !key_template_names(template, &places, NULL))
		return;
	for (char **place = places; *place != NULL; place++)
		add_column(list, names, *place);
}

/* Every column that is shown, that a key's line takes its values from, or that tells whether a key is
 * offered. */
static char *
columns_text(const ScreenList *list)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const FieldDef *key = list->def->resource != NULL ? resource_key(list->def->resource) : NULL;

	for (guint i = 0; i < list->columns->len; i++)
		add_column(list, names, g_array_index(list->columns, ScreenColumn, i).name);
	for (guint i = 0; i < list->keys->len; i++) {
		const ScreenKey *binding = &g_array_index(list->keys, ScreenKey, i);

		add_template_columns(list, names, binding->template);
		if (binding->when.field != NULL)
			add_column(list, names, binding->when.field);
	}
	add_template_columns(list, names, list->detail);
	if (key != NULL)
		add_column(list, names, key->name);
	g_ptr_array_add(names, NULL);
	return g_strjoinv(",", (char **)names->pdata);
}

static void
append_option(GString *line, const ScreenList *list, const char *option, const char *value)
{
	g_autofree char *quoted = NULL;

	if (value == NULL || !takes(list, option))
		return;
	quoted = argument_quote(value);
	g_string_append_printf(line, " --%s %s", option, quoted);
}

char *
list_line(const ScreenList *list, const ListLine *wishes)
{
	GString *line = g_string_new(list->line);

	if (wishes->filter != NULL && *wishes->filter != '\0')
		g_string_append_printf(line, " %s", wishes->filter);
	append_option(line, list, "order", wishes->order);
	if (wishes->limit > 0 && list->columns->len > 0 && list->def->resource != NULL) {
		g_autofree char *columns = columns_text(list);

		append_option(line, list, "columns", columns);
	}
	if (wishes->limit > 0 && list_is_paged(list)) {
		g_string_append_printf(line, " --limit %d", wishes->limit);
		append_option(line, list, "after", wishes->after);
		append_option(line, list, "before", wishes->before);
		if (wishes->last)
			g_string_append(line, " --last");
	}
	return g_string_free(line, FALSE);
}
