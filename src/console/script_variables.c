#include "script_variables.h"

#include "application/arguments.h"
#include "base/error.h"

#include <string.h>

static bool
append_variable(GString *out, const char *start, const char *end, GHashTable *variables, GError **error)
{
	g_autofree char *name = g_strndup(start, (gsize)(end - start));
	const char *value = variables != NULL ? g_hash_table_lookup(variables, name) : NULL;
	g_autofree char *quoted = NULL;

	if (value == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "${%s} has no value: give it with --var %s=…",
		    name, name);
		return false;
	}
	quoted = argument_quote(value);
	g_string_append(out, quoted);
	return true;
}

bool
script_substitute(const char *line, GHashTable *variables, char **ret_line, GError **error)
{
	g_autoptr(GString) out = g_string_new(NULL);

	while (*line != '\0') {
		const char *end = strncmp(line, "${", 2) == 0 ? strchr(line, '}') : NULL;

		if (strncmp(line, "$${", 3) == 0) {
			g_string_append(out, "${");
			line += 3;
		} else if (end != NULL) {
			if (!append_variable(out, line + 2, end, variables, error))
				return false;
			line = end + 1;
		} else {
			g_string_append_c(out, *line++);
		}
	}
	*ret_line = g_string_free(g_steal_pointer(&out), FALSE);
	return true;
}
