#include "application/registry.h"

#include "base/error.h"

#include <string.h>

struct Registry {
	GArray *defs; /* of const CommandDef *, zero-terminated */
};

Registry *
registry_new(void)
{
	Registry *self = g_new0(Registry, 1);

	self->defs = g_array_new(TRUE, TRUE, sizeof(const CommandDef *));
	return self;
}

void
registry_free(Registry *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->defs);
	g_free(self);
}

void
registry_add(Registry *self, const CommandDef *const *defs)
{
	for (size_t i = 0; defs[i] != NULL; i++)
		g_array_append_val(self->defs, defs[i]);
}

const CommandDef *const *
registry_commands(const Registry *self)
{
	return (const CommandDef *const *)(void *)self->defs->data;
}

/* How many of the words the name takes up, when the words begin with it; else 0. */
static size_t
words_of_name(const char *name, const char *const *words)
{
	size_t used = 0;

	while (*name != '\0') {
		size_t length = strcspn(name, " ");

		if (words[used] == NULL || strlen(words[used]) != length ||
		    strncmp(words[used], name, length) != 0)
			return 0;
		used++;
		name += length + strspn(name + length, " ");
	}
	return used;
}

/* The verbs of a resource, or the first words of all commands when it is NULL; each once, NULL-terminated. */
static char **
known_words(const Registry *self, const char *resource)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();

	for (const CommandDef *const *def = registry_commands(self); *def != NULL; def++) {
		g_auto(GStrv) parts = g_strsplit((*def)->name, " ", 2);
		const char *part = parts[0];

		if (resource != NULL)
			part = strcmp(parts[0], resource) == 0 ? parts[1] : NULL;
		if (part != NULL && !g_ptr_array_find_with_equal_func(known, part, g_str_equal, NULL))
			g_ptr_array_add(known, g_strdup(part));
	}
	g_ptr_array_add(known, NULL);
	return (char **)g_ptr_array_steal(known, NULL);
}

static bool
unknown_verb(const char *resource, const char *verb, char **verbs, GError **error)
{
	g_autofree char *all = g_strjoinv(", ", verbs);
	const char *near = verb != NULL ? nearest_name(verb, (const char *const *)verbs) : NULL;

	if (verb == NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' lacks its verb: %s", resource, all);
	else if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "unknown command '%s %s'; did you mean '%s %s'?",
		    resource, verb, resource, near);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "unknown verb '%s' of '%s': it has %s", verb,
		    resource, all);
	return false;
}

static bool
unknown_command(const Registry *self, const char *const *words, GError **error)
{
	g_auto(GStrv) verbs = NULL;
	g_auto(GStrv) resources = NULL;

	if (words[0] == NULL) {
		g_set_error_literal(
		    error, SB_ERROR, SB_ERROR_USAGE, "no command was given; 'help' tells the ones there are");
		return false;
	}
	verbs = known_words(self, words[0]);
	if (verbs[0] != NULL)
		return unknown_verb(words[0], words[1], verbs, error);
	resources = known_words(self, NULL);
	const char *near = nearest_name(words[0], (const char *const *)resources);

	if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "unknown command '%s'; did you mean '%s'?",
		    words[0], near);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "unknown command '%s'; 'help' tells the ones there are", words[0]);
	return false;
}

bool
registry_find(const Registry *self, const char *const *words, const CommandDef **ret_def, size_t *ret_used,
    GError **error)
{
	const CommandDef *found = NULL;
	size_t longest = 0;

	for (const CommandDef *const *def = registry_commands(self); *def != NULL; def++) {
		size_t used = words_of_name((*def)->name, words);

		if (used > longest) {
			found = *def;
			longest = used;
		}
	}
	if (found == NULL)
		return unknown_command(self, words, error);
	*ret_def = found;
	*ret_used = longest;
	return true;
}
