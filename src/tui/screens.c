#include "screens.h"

#include "base/embedded.h"
#include "base/file.h"

#include <string.h>

#define SUFFIX ".screen"
#define SCREEN_SIZE_LIMIT ((gsize)256 * 1024)

extern const EmbeddedFile embedded_screens[];

struct ScreenSet {
	GHashTable *by_name; /* owns: char * -> Screen * */
	GPtrArray *all;
	GPtrArray *tabs;
};

static char *
name_of_file(const char *file_name)
{
	return g_strndup(file_name, strlen(file_name) - strlen(SUFFIX));
}

static bool
add_file(ScreenSet *self, const Registry *registry, const char *file_name, const char *path, const char *text,
    gsize size, GError **error)
{
	g_autofree char *name = name_of_file(file_name);
	g_autoptr(Screen) screen = NULL;

	if (!screen_parse(name, path, text, size, &screen, error) || !screen_check(screen, registry, error))
		return false;
	g_hash_table_replace(self->by_name, g_steal_pointer(&name), g_steal_pointer(&screen));
	return true;
}

static void
add_embedded(ScreenSet *self, const Registry *registry, GPtrArray *warnings)
{
	for (const EmbeddedFile *file = embedded_screens; file->name != NULL; file++) {
		g_autoptr(GError) error = NULL;

		if (!add_file(self, registry, file->name, file->name, file->text, file->size, &error))
			g_ptr_array_add(warnings, g_strdup(error->message));
	}
}

static void
add_own(
    ScreenSet *self, const Registry *registry, const char *folder, const char *file_name, GPtrArray *warnings)
{
	g_autofree char *path = g_build_filename(folder, file_name, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;
	gsize size = 0;

	if (!file_read(path, SCREEN_SIZE_LIMIT, true, &text, &size, &error) ||
	    !add_file(self, registry, file_name, path, text, size, &error))
		g_ptr_array_add(warnings, g_strdup(error->message));
}

static void
add_folder(ScreenSet *self, const Registry *registry, const char *folder, GPtrArray *warnings)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	const char *file_name;

	while (dir != NULL && (file_name = g_dir_read_name(dir)) != NULL) {
		if (g_str_has_suffix(file_name, SUFFIX) && strlen(file_name) > strlen(SUFFIX))
			add_own(self, registry, folder, file_name, warnings);
	}
}

static int
compare_screens(gconstpointer left, gconstpointer right)
{
	const Screen *a = *(const Screen *const *)left;
	const Screen *b = *(const Screen *const *)right;
	int tab_a = a->tab > 0 ? a->tab : G_MAXINT;
	int tab_b = b->tab > 0 ? b->tab : G_MAXINT;

	return tab_a != tab_b ? (tab_a < tab_b ? -1 : 1) : strcmp(a->name, b->name);
}

static void
sort(ScreenSet *self)
{
	GHashTableIter iterator;
	gpointer screen;

	g_hash_table_iter_init(&iterator, self->by_name);
	while (g_hash_table_iter_next(&iterator, NULL, &screen))
		g_ptr_array_add(self->all, screen);
	g_ptr_array_sort(self->all, compare_screens);
	for (guint i = 0; i < self->all->len; i++) {
		if (((const Screen *)self->all->pdata[i])->tab > 0)
			g_ptr_array_add(self->tabs, self->all->pdata[i]);
	}
}

ScreenSet *
screen_set_load(const Registry *registry, GPtrArray **ret_warnings)
{
	ScreenSet *self = g_new0(ScreenSet, 1);
	g_autofree char *folder = config_path("screens");
	GPtrArray *warnings = g_ptr_array_new_with_free_func(g_free);

	self->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)screen_free);
	self->all = g_ptr_array_new();
	self->tabs = g_ptr_array_new();
	add_embedded(self, registry, warnings);
	add_folder(self, registry, folder, warnings);
	sort(self);
	*ret_warnings = warnings;
	return self;
}

void
screen_set_free(ScreenSet *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->all);
	g_ptr_array_unref(self->tabs);
	g_hash_table_unref(self->by_name);
	g_free(self);
}

const Screen *
screen_set_find(const ScreenSet *self, const char *name)
{
	return g_hash_table_lookup(self->by_name, name);
}

const GPtrArray *
screen_set_all(const ScreenSet *self)
{
	return self->all;
}

const GPtrArray *
screen_set_tabs(const ScreenSet *self)
{
	return self->tabs;
}
