#include "persistence/reader/identifier.h"

#include <glib.h>

char *
quote_identifier(const char *name)
{
	GString *quoted = g_string_new("\"");

	for (; *name != '\0'; name++) {
		if (*name == '"')
			g_string_append_c(quoted, '"');
		g_string_append_c(quoted, *name);
	}
	return g_string_free(g_string_append_c(quoted, '"'), FALSE);
}
