#include "console/keyfile.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is accepted has a group, a line and a key for every entry, and each can be found again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(KeyFile) file = NULL;
	g_autoptr(GError) error = NULL;

	if (!keyfile_parse("fuzz", text, size, &file, &error)) {
		g_assert(error != NULL);
		return 0;
	}
	for (const KeyFileEntry *entry = keyfile_entries(file); entry->group != NULL; entry++) {
		g_assert(keyfile_group_line(file, entry->group) > 0);
		g_assert(keyfile_group_line(file, entry->group) < entry->line);
		g_assert(keyfile_get(file, entry->group, entry->key) != NULL);
	}
	return 0;
}
