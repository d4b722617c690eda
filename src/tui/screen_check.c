#include "screen_file.h"

#include "actions.h"
#include "key_template.h"
#include "theme.h"

#include "application/filter.h"
#include "application/words.h"
#include "base/error.h"

#include <string.h>

/* What a check needs to know, and where its findings are. */
typedef struct Check {
	const Screen *screen;
	const Registry *registry;
	const ScreenList *list;
} Check;

static bool
wrap(const Check *self, int line, GError *found, GError **error)
{
	keyfile_fail(self->screen->file, line, error, "%s", found->message);
	g_error_free(found);
	return false;
}

/* The command that a line names; its placeholders are not yet filled. */
static bool
find_command(const Check *self, const char *text, int line, const CommandDef **ret_def, GError **error)
{
	g_autoptr(GArray) words = NULL;
	g_autofree const char **texts = NULL;
	GError *found = NULL;
	size_t used = 0;

	words_split(text, &words);
	texts = words_texts(words);
	return registry_find(self->registry, texts, ret_def, &used, &found) || wrap(self, line, found, error);
}

/* A result whose columns are not known beforehand may have any. */
static bool
knows_fields(const Check *self)
{
	return self->list->def->resource != NULL && self->list->columns->len > 0;
}

static bool
check_field(const Check *self, const char *name, int line, GError **error)
{
	const ResourceDef *resource = self->list->def->resource;
	g_autofree char *known = NULL;

	if (!knows_fields(self) || resource_field(resource, name) != NULL)
		return true;
	known = resource_field_names(resource);
	return keyfile_fail(self->screen->file, line, error, "%s have no column '%s': there are %s",
	    resource->name, name, known);
}

static bool
check_placeholders(const Check *self, const char *template, int line, GError **error)
{
	g_auto(GStrv) names = NULL;
	GError *found = NULL;

	if (!key_template_names(template, &names, &found))
		return wrap(self, line, found, error);
	for (char **name = names; *name != NULL; name++) {
		if (!check_field(self, *name, line, error))
			return false;
	}
	return true;
}

static bool
check_colours(const Check *self, const ScreenColumn *column, GError **error)
{
	for (guint i = 0; i < column->colours->len; i++) {
		const ColumnColour *colour = &g_array_index(column->colours, ColumnColour, i);
		const char *const *known = theme_colour_names();

		if (!g_strv_contains(known, colour->colour)) {
			g_autofree char *names = g_strjoinv(", ", (char **)(guintptr)known);

			return keyfile_fail(self->screen->file, column->line, error,
			    "unknown colour '%s': there are %s", colour->colour, names);
		}
	}
	return true;
}

static bool
check_columns(const Check *self, GError **error)
{
	for (guint i = 0; i < self->list->columns->len; i++) {
		const ScreenColumn *column = &g_array_index(self->list->columns, ScreenColumn, i);

		if (!check_field(self, column->name, column->line, error) ||
		    !check_colours(self, column, error))
			return false;
	}
	return true;
}

/* Two names of one key (`C-m` and `Enter`) are the same key. */
static bool
check_press(const Check *self, guint index, const ScreenKey *key, GError **error)
{
	const ActionKey *taken = action_key(key->press);
	g_autofree char *label = keypress_label(key->press);

	while (taken != NULL && taken->help == NULL)
		taken--;
	if (taken != NULL)
		return keyfile_fail(self->screen->file, key->line, error,
		    "the key '%s' stands for \"%s\" on every screen: choose another", label, taken->help);
	for (guint i = 0; i < index; i++) {
		const ScreenKey *earlier = &g_array_index(self->list->keys, ScreenKey, i);

		if (earlier->press == key->press)
			return keyfile_fail(self->screen->file, key->line, error,
			    "the key '%s' stands already in line %d", label, earlier->line);
	}
	return true;
}

static bool
check_keys(const Check *self, GError **error)
{
	for (guint i = 0; i < self->list->keys->len; i++) {
		const ScreenKey *key = &g_array_index(self->list->keys, ScreenKey, i);
		const CommandDef *def = NULL;

		if (!check_press(self, i, key, error))
			return false;
		if (key->when.field != NULL && !check_field(self, key->when.field, key->line, error))
			return false;
		if (key->kind == SCREEN_KEY_DETAIL && self->list->detail == NULL)
			return keyfile_fail(self->screen->file, key->line, error,
			    "the key opens the detail, but the list says no detail=");
		if (key->template != NULL &&
		    (!find_command(self, key->template, key->line, &def, error) ||
			!check_placeholders(self, key->template, key->line, error)))
			return false;
	}
	return true;
}

static int
line_of(const Check *self, const char *value)
{
	const KeyFileEntry *entry = keyfile_entries(self->screen->file);

	while (entry->group != NULL && entry->value != value)
		entry++;
	return entry->line;
}

static bool
check_order(const Check *self, GError **error)
{
	const ResourceDef *resource = self->list->def->resource;
	g_autoptr(GArray) order = NULL;
	GError *found = NULL;

	if (self->list->order == NULL || resource == NULL)
		return true;
	return order_parse(resource, self->list->order, &order, &found) ||
	    wrap(self, line_of(self, self->list->order), found, error);
}

static bool
check_list(const Check *self, ScreenList *list, GError **error)
{
	const CommandDef *detail = NULL;

	if (!find_command(self, list->line, list->source_line, &list->def, error))
		return false;
	if (list->def->effect != EFFECT_READ && list->def->effect != EFFECT_LOCAL)
		return keyfile_fail(self->screen->file, list->source_line, error,
		    "'%s' changes something: a screen is filled by a command that reads", list->def->name);
	if (list->detail != NULL &&
	    (!find_command(self, list->detail, line_of(self, list->detail), &detail, error) ||
		!check_placeholders(self, list->detail, line_of(self, list->detail), error)))
		return false;
	return check_columns(self, error) && check_order(self, error) && check_keys(self, error);
}

bool
screen_check(Screen *self, const Registry *registry, GError **error)
{
	for (guint i = 0; i < self->lists->len; i++) {
		Check check = { .screen = self, .registry = registry, .list = self->lists->pdata[i] };

		if (!check_list(&check, self->lists->pdata[i], error))
			return false;
	}
	return true;
}
