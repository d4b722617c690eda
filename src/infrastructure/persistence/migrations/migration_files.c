#include "persistence/migrations/migration_files.h"

#include "base/embedded.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "digest.h"

#include <errno.h>
#include <string.h>

#define SUFFIX ".sql"
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

extern const EmbeddedFile embedded_migrations[];

static void
normalise(const char *text, gsize size, MigrationFile *file)
{
	gsize length = 0;

	if (size >= strlen(BYTE_ORDER_MARK) && memcmp(text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
		text += strlen(BYTE_ORDER_MARK);
		size -= strlen(BYTE_ORDER_MARK);
	}
	file->sql = g_malloc(size + 1);
	for (gsize i = 0; i < size; i++) {
		if (text[i] != '\r' || i + 1 == size || text[i + 1] != '\n')
			file->sql[length++] = text[i];
	}
	file->sql[length] = '\0';
	file->size = length;
}

MigrationFile *
migration_file_new(const char *name, const char *text, gsize size)
{
	MigrationFile *self = g_new0(MigrationFile, 1);

	self->name = g_strdup(name);
	normalise(text, size, self);
	self->checksum = sha256_hex(self->sql, self->size);
	return self;
}

void
migration_file_free(MigrationFile *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->sql);
	g_free(self->checksum);
	g_free(self);
}

static void
free_file(gpointer file)
{
	migration_file_free(file);
}

/* NULL when the name is none of a migration: hidden files are what editors leave behind. */
static char *
stem_of(const char *file_name)
{
	if (file_name[0] == '.' || !g_str_has_suffix(file_name, SUFFIX))
		return NULL;
	return g_strndup(file_name, strlen(file_name) - strlen(SUFFIX));
}

static void
read_embedded(GPtrArray *files)
{
	for (const EmbeddedFile *file = embedded_migrations; file->name != NULL; file++) {
		g_autofree char *stem = stem_of(file->name);

		g_ptr_array_add(files, migration_file_new(stem, file->text, file->size));
	}
}

static bool
check_name(const char *stem, GError **error)
{
	g_autofree char *shown = text_sanitised(stem, TEXT_SINGLE_LINE);

	if (strcmp(stem, MIGRATION_LOCK_NAME) != 0 && text_is_clean(stem, -1))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "no migration can have the name '%s': rename the file to printable characters", shown);
	return false;
}

static bool
read_entry(const char *folder, const char *file_name, GPtrArray *files, GError **error)
{
	g_autofree char *path = g_build_filename(folder, file_name, NULL);
	g_autofree char *stem = stem_of(file_name);
	g_autofree char *text = NULL;
	gsize size;

	if (stem == NULL)
		return true;
	if (!check_name(stem, error) || !file_read(path, FILE_SIZE_LIMIT, false, &text, &size, error))
		return false;
	g_ptr_array_add(files, migration_file_new(stem, text, size));
	return true;
}

static bool
read_folder(const char *folder, GPtrArray *files, GError **error)
{
	g_autoptr(GError) reason = NULL;
	g_autoptr(GDir) entries = g_dir_open(folder, 0, &reason);
	const char *file_name;

	if (entries == NULL) {
		bool missing = g_error_matches(reason, G_FILE_ERROR, G_FILE_ERROR_NOENT);

		g_set_error(error, SB_ERROR, missing ? SB_ERROR_NOT_FOUND : SB_ERROR_USAGE,
		    "the folder '%s' cannot be read: %s", folder, g_strerror(errno));
		return false;
	}
	while ((file_name = g_dir_read_name(entries)) != NULL) {
		if (!read_entry(folder, file_name, files, error))
			return false;
	}
	return true;
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
	const MigrationFile *const *first = a;
	const MigrationFile *const *second = b;

	return strcmp((*first)->name, (*second)->name);
}

bool
migration_files_read(const char *folder, GPtrArray **ret_files, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(free_file);

	if (folder == NULL)
		read_embedded(files);
	else if (!read_folder(folder, files, error))
		return false;
	g_ptr_array_sort(files, compare_names);
	*ret_files = g_steal_pointer(&files);
	return true;
}

const MigrationFile *
migration_files_find(const GPtrArray *files, const char *name)
{
	for (guint i = 0; i < files->len; i++) {
		const MigrationFile *file = g_ptr_array_index(files, i);

		if (strcmp(file->name, name) == 0)
			return file;
	}
	return NULL;
}
