#include "infrastructure/session.h"

#include "base/embedded.h"

#include <string.h>

extern const EmbeddedFile embedded_migrations[];

void
embedded_migration_names(const char *prefix, GPtrArray *ret_names)
{
	for (const EmbeddedFile *file = embedded_migrations; file->name != NULL; file++) {
		if (g_str_has_prefix(file->name, prefix))
			g_ptr_array_add(
			    ret_names, g_strndup(file->name, strlen(file->name) - strlen(".sql")));
	}
}
