#include "persistence/reader/array_text.h"

#include <glib.h>

char *
array_text(const char *const *values)
{
	GString *text = g_string_new("{");

	for (; *values != NULL; values++) {
		g_string_append(text, text->len > 1 ? ",\"" : "\"");
		for (const char *c = *values; *c != '\0'; c++) {
			if (*c == '"' || *c == '\\')
				g_string_append_c(text, '\\');
			g_string_append_c(text, *c);
		}
		g_string_append_c(text, '"');
	}
	return g_string_free(g_string_append_c(text, '}'), FALSE);
}
