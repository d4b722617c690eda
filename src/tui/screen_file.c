#include "screen_file.h"

#include "screen_values.h"

#include <string.h>

static void
column_clear(gpointer data)
{
	ScreenColumn *self = data;

	g_free(self->title);
	g_array_unref(self->colours);
}

static void
key_clear(gpointer data)
{
	ScreenKey *self = data;

	g_free(self->template);
	g_free(self->label);
	g_free(self->when.field);
	g_strfreev(self->when.values);
}

static ScreenList *
list_new(void)
{
	ScreenList *self = g_new0(ScreenList, 1);

	self->columns = g_array_new(FALSE, TRUE, sizeof(ScreenColumn));
	self->keys = g_array_new(FALSE, TRUE, sizeof(ScreenKey));
	g_array_set_clear_func(self->columns, column_clear);
	g_array_set_clear_func(self->keys, key_clear);
	return self;
}

static void
list_free(gpointer data)
{
	ScreenList *self = data;

	g_array_unref(self->columns);
	g_array_unref(self->keys);
	g_free(self);
}

static Screen *
screen_new(const char *name, KeyFile *file)
{
	Screen *self = g_new0(Screen, 1);

	self->name = g_strdup(name);
	self->lists = g_ptr_array_new_with_free_func(list_free);
	self->file = file;
	return self;
}

void
screen_free(Screen *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->lists);
	keyfile_free(self->file);
	g_free(self->name);
	g_free(self->title);
	g_free(self);
}

static const char *
text_of(const KeyFile *file, const char *group, const char *key)
{
	const KeyFileEntry *entry = keyfile_get(file, group, key);

	return entry != NULL && *entry->value != '\0' ? entry->value : NULL;
}

static bool
parse_columns(ScreenList *list, const KeyFile *file, const char *group, GError **error)
{
	for (const KeyFileEntry *entry = keyfile_entries(file); entry->group != NULL; entry++) {
		ScreenColumn column = { 0 };

		if (strcmp(entry->group, group) != 0)
			continue;
		if (!screen_column_parse(file, entry, &column, error))
			return false;
		g_array_append_val(list->columns, column);
	}
	return true;
}

static bool
parse_keys(ScreenList *list, const KeyFile *file, const char *group, GError **error)
{
	for (const KeyFileEntry *entry = keyfile_entries(file); entry->group != NULL; entry++) {
		ScreenKey key = { 0 };

		if (strcmp(entry->group, group) != 0)
			continue;
		if (!screen_key_parse(file, entry, &key, error))
			return false;
		g_array_append_val(list->keys, key);
	}
	return true;
}

/* The groups of one list: `panel` is empty for a screen with a single one. */
static bool
parse_list(Screen *self, const KeyFile *file, const char *group, const char *panel, GError **error)
{
	const char *blank = *panel != '\0' ? " " : "";
	g_autofree char *columns = g_strconcat("columns", blank, panel, NULL);
	g_autofree char *keys = g_strconcat("keys", blank, panel, NULL);
	const KeyFileEntry *line = keyfile_get(file, group, "list");
	const KeyFileEntry *rows = keyfile_get(file, group, "rows");
	const KeyFileEntry *from = keyfile_get(file, group, "from");
	ScreenList *list = list_new();

	g_ptr_array_add(self->lists, list);
	if (line == NULL || *line->value == '\0')
		return keyfile_fail(file, keyfile_group_line(file, group), error,
		    "[%s] says no list: which command fills it, like list=posts list", group);
	list->title = text_of(file, group, "title");
	list->line = line->value;
	list->source_line = line->line;
	list->detail = text_of(file, group, "detail");
	list->order = text_of(file, group, "order");
	list->empty = text_of(file, group, "empty");
	list->key = text_of(file, group, "key");
	list->from_end = from != NULL && strcmp(from->value, "end") == 0;
	if (from != NULL && !list->from_end)
		return keyfile_fail(file, from->line, error,
		    "from '%s' is no place to begin: write from=end, or leave it out", from->value);
	return (rows == NULL || screen_number_parse(file, rows, 1, 100, &list->rows, error)) &&
	    parse_columns(list, file, columns, error) && parse_keys(list, file, keys, error);
}

static bool
parse_panels(Screen *self, const KeyFile *file, GError **error)
{
	static const char *const known[] = { "title", "list", "detail", "order", "empty", "key", "from",
		"rows", NULL };

	for (const char *const *group = keyfile_groups(file); *group != NULL; group++) {
		if (!g_str_has_prefix(*group, "panel "))
			continue;
		if (!keyfile_check_keys(file, *group, known, error) ||
		    !parse_list(self, file, *group, *group + strlen("panel "), error))
			return false;
	}
	return self->lists->len > 0 || parse_list(self, file, "screen", "", error);
}

static bool
parse_head(Screen *self, const KeyFile *file, GError **error)
{
	static const char *const known[] = { "title", "list", "detail", "order", "refresh", "empty", "key",
		"from", "tab", NULL };
	const KeyFileEntry *refresh = keyfile_get(file, "screen", "refresh");
	const KeyFileEntry *tab = keyfile_get(file, "screen", "tab");
	const char *title = text_of(file, "screen", "title");

	if (keyfile_group_line(file, "screen") == 0)
		return keyfile_fail(file, 1, error, "no [screen] group: it says title and list");
	if (!keyfile_check_keys(file, "screen", known, error))
		return false;
	self->title = g_strdup(title != NULL ? title : self->name);
	if (refresh != NULL && strcmp(refresh->value, "0") != 0 &&
	    (!duration_parse(refresh->value, &self->refresh) || self->refresh < DURATION_SECOND))
		return keyfile_fail(file, refresh->line, error,
		    "refresh '%s' is no duration of a second or more: write 5s, or 0 for by hand",
		    refresh->value);
	return tab == NULL || screen_number_parse(file, tab, 0, 99, &self->tab, error);
}

/* Every group belongs to the screen or to one of its panels. */
static bool
check_groups(const KeyFile *file, GError **error)
{
	for (const char *const *group = keyfile_groups(file); *group != NULL; group++) {
		const char *blank = strchr(*group, ' ');
		g_autofree char *panel = blank != NULL ? g_strconcat("panel", blank, NULL) : NULL;
		bool of_screen = strcmp(*group, "screen") == 0 || strcmp(*group, "columns") == 0 ||
		    strcmp(*group, "keys") == 0;
		bool of_panel = g_str_has_prefix(*group, "panel ") || g_str_has_prefix(*group, "columns ") ||
		    g_str_has_prefix(*group, "keys ");

		if (!of_screen && !(of_panel && keyfile_group_line(file, panel) > 0))
			return keyfile_fail(file, keyfile_group_line(file, *group), error,
			    "unknown group [%s]: a screen has [screen], [columns] and [keys], a panel [panel NAME], "
			    "[columns NAME] and [keys NAME]",
			    *group);
	}
	return true;
}

bool
screen_parse(const char *name, const char *file_name, const char *text, gsize size, Screen **ret_screen,
    GError **error)
{
	KeyFile *file = NULL;
	g_autoptr(Screen) self = NULL;

	if (!keyfile_parse(file_name, text, size, &file, error))
		return false;
	self = screen_new(name, file);
	if (!check_groups(file, error) || !parse_head(self, file, error) || !parse_panels(self, file, error))
		return false;
	*ret_screen = g_steal_pointer(&self);
	return true;
}

Screen *
screen_of_line(const char *line, const CommandDef *def, const char *title)
{
	Screen *self = screen_new(line, NULL);
	ScreenList *list = list_new();

	self->title = g_strdup(title);
	list->line = self->name;
	list->def = def;
	g_ptr_array_add(self->lists, list);
	return self;
}

const ScreenColumn *
screen_list_column(const ScreenList *self, const char *name)
{
	for (guint i = 0; i < self->columns->len; i++) {
		const ScreenColumn *column = &g_array_index(self->columns, ScreenColumn, i);

		if (strcmp(column->name, name) == 0)
			return column;
	}
	return NULL;
}

const ScreenKey *
screen_list_key(const ScreenList *self, KeyPress press)
{
	for (guint i = 0; i < self->keys->len; i++) {
		const ScreenKey *key = &g_array_index(self->keys, ScreenKey, i);

		if (key->press == press)
			return key;
	}
	return NULL;
}
