#include "console/keyfile.h"

#include "application/registry.h"
#include "base/error.h"

#include <string.h>

struct KeyFile {
	char *name;
	GPtrArray *texts;  /* owns what the entries point to */
	GArray *entries;   /* of KeyFileEntry, zero-terminated */
	GPtrArray *groups; /* of const char *, NULL-terminated */
	GArray *group_lines;
};

static const char *
keep(KeyFile *self, const char *start, const char *end)
{
	char *text = g_strndup(start, (gsize)(end - start));

	g_strstrip(text);
	g_ptr_array_add(self->texts, text);
	return text;
}

bool
keyfile_fail(const KeyFile *self, int line, GError **error, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s:%d: %s", self->name, line, message);
	return false;
}

static const char *
current_group(const KeyFile *self)
{
	return self->groups->len > 0 ? self->groups->pdata[self->groups->len - 1] : NULL;
}

static bool
add_group(KeyFile *self, const char *start, const char *end, int line, GError **error)
{
	const char *name;

	if (end[-1] != ']' || end - start < 3)
		return keyfile_fail(self, line, error, "a group is written [name]");
	name = keep(self, start + 1, end - 1);
	if (keyfile_group_line(self, name) > 0)
		return keyfile_fail(self, line, error, "the group '%s' stands already in line %d", name,
		    keyfile_group_line(self, name));
	g_ptr_array_add(self->groups, (gpointer)(guintptr)name);
	g_array_append_val(self->group_lines, line);
	return true;
}

static bool
add_entry(KeyFile *self, const char *start, const char *end, int line, GError **error)
{
	const char *equals = memchr(start, '=', (size_t)(end - start));
	KeyFileEntry entry = { .group = current_group(self), .line = line };
	const KeyFileEntry *earlier;

	if (equals == NULL || equals == start)
		return keyfile_fail(self, line, error, "neither a [group], a key=value nor a # comment");
	if (entry.group == NULL)
		return keyfile_fail(self, line, error, "a key stands before the first [group]");
	entry.key = keep(self, start, equals);
	entry.value = keep(self, equals + 1, end);
	earlier = keyfile_get(self, entry.group, entry.key);
	if (earlier != NULL)
		return keyfile_fail(
		    self, line, error, "the key '%s' stands already in line %d", entry.key, earlier->line);
	g_array_append_val(self->entries, entry);
	return true;
}

static bool
add_line(KeyFile *self, const char *start, const char *end, int line, GError **error)
{
	while (start < end && g_ascii_isspace(*start))
		start++;
	while (end > start && g_ascii_isspace(end[-1]))
		end--;
	if (start == end || *start == '#')
		return true;
	return *start == '[' && memchr(start, '=', (size_t)(end - start)) == NULL
	    ? add_group(self, start, end, line, error)
	    : add_entry(self, start, end, line, error);
}

static bool
add_lines(KeyFile *self, const char *text, gsize size, GError **error)
{
	const char *end = text + size;
	int line = 1;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline != NULL ? newline : end;

		if (!g_utf8_validate(text, stop - text, NULL))
			return keyfile_fail(self, line, error, "the line is no valid UTF-8");
		if (!add_line(self, text, stop, line, error))
			return false;
		text = stop + 1;
		line++;
	}
	return true;
}

bool
keyfile_parse(const char *name, const char *text, gsize size, KeyFile **ret_file, GError **error)
{
	g_autoptr(KeyFile) self = g_new0(KeyFile, 1);

	self->name = g_strdup(name);
	self->texts = g_ptr_array_new_with_free_func(g_free);
	self->entries = g_array_new(TRUE, TRUE, sizeof(KeyFileEntry));
	self->groups = g_ptr_array_new();
	self->group_lines = g_array_new(FALSE, FALSE, sizeof(int));
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		size -= 3;
	}
	if (!add_lines(self, text, size, error))
		return false;
	g_ptr_array_add(self->groups, NULL);
	*ret_file = g_steal_pointer(&self);
	return true;
}

void
keyfile_free(KeyFile *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->texts);
	g_array_unref(self->entries);
	g_ptr_array_unref(self->groups);
	g_array_unref(self->group_lines);
	g_free(self->name);
	g_free(self);
}

const KeyFileEntry *
keyfile_entries(const KeyFile *self)
{
	return (const KeyFileEntry *)self->entries->data;
}

const char *const *
keyfile_groups(const KeyFile *self)
{
	return (const char *const *)self->groups->pdata;
}

int
keyfile_group_line(const KeyFile *self, const char *group)
{
	for (guint i = 0; i < self->group_lines->len; i++) {
		if (strcmp(self->groups->pdata[i], group) == 0)
			return g_array_index(self->group_lines, int, i);
	}
	return 0;
}

const KeyFileEntry *
keyfile_get(const KeyFile *self, const char *group, const char *key)
{
	for (guint i = 0; i < self->entries->len; i++) {
		const KeyFileEntry *entry = &g_array_index(self->entries, KeyFileEntry, i);

		if (strcmp(entry->group, group) == 0 && strcmp(entry->key, key) == 0)
			return entry;
	}
	return NULL;
}

bool
keyfile_check_keys(const KeyFile *self, const char *group, const char *const *known, GError **error)
{
	for (const KeyFileEntry *entry = keyfile_entries(self); entry->group != NULL; entry++) {
		const char *nearest;

		if (strcmp(entry->group, group) != 0 || g_strv_contains(known, entry->key))
			continue;
		nearest = nearest_name(entry->key, known);
		return keyfile_fail(self, entry->line, error, "unknown key '%s'%s%s%s", entry->key,
		    nearest != NULL ? ", did you mean '" : "", nearest != NULL ? nearest : "",
		    nearest != NULL ? "'?" : "");
	}
	return true;
}
