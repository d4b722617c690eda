#include "script_variables.h"

#include "application/words.h"
#include "base/error.h"

#include <string.h>

static bool
append_variable(GString *out, const char *start, const char *end, GHashTable *variables, GError **error)
{
	g_autofree char *name = g_strndup(start, (gsize)(end - start));
	const char *value = variables != NULL ? g_hash_table_lookup(variables, name) : NULL;

	if (value == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "${%s} has no value: give it with --var %s=…",
		    name, name);
		return false;
	}
	g_string_append(out, value);
	return true;
}

static bool
substitute_text(const char *text, GHashTable *variables, char **ret_text, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);

	while (*text != '\0') {
		const char *end = strncmp(text, "${", 2) == 0 ? strchr(text, '}') : NULL;

		if (strncmp(text, "$${", 3) == 0) {
			g_string_append(out, "${");
			text += 3;
		} else if (end != NULL) {
			if (!append_variable(out, text + 2, end, variables, error))
				return false;
			text = end + 1;
		} else {
			g_string_append_c(out, *text++);
		}
	}
	*ret_text = g_string_free(g_steal_pointer(&out), FALSE);
	return true;
}

bool
script_substitute(GArray *words, GHashTable *variables, GError **error)
{
	for (guint i = 0; i < words->len; i++) {
		Word *word = &g_array_index(words, Word, i);
		char *text = NULL;

		if (strstr(word->text, "${") == NULL)
			continue;
		if (!substitute_text(word->text, variables, &text, error))
			return false;
		word->literal = word->literal || g_str_has_prefix(word->text, "${");
		g_free(word->text);
		word->text = text;
	}
	return true;
}
