#include "application/arguments.h"

#include "arguments_bind.h"
#include "base/uuid.h"

#include <string.h>

#define MASK "***"
/* Characters of a value that an audit entry keeps: what was written stands in the rows. */
#define KEPT_LENGTH 200

/* What needs no quotes in a line, in a shell, in a script's `${…}` and in a screen file's `{…}` alike. */
static bool
is_plain(const char *value)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";

	return *value != '\0' && !g_str_has_prefix(value, "--") && strcmp(value, "-") != 0 &&
	    value[strspn(value, safe)] == '\0';
}

char *
argument_quote(const char *value)
{
	return is_plain(value) ? g_strdup(value) : g_shell_quote(value);
}

/* An id says nothing about a person, so it may stay. */
static bool
is_personal(const ArgDef *def, const char *text)
{
	Uuid id;

	return (def->flags & ARG_PERSONAL) && !uuid_parse(text, &id);
}

static void
cut_long(char **text)
{
	if (g_utf8_strlen(*text, -1) <= KEPT_LENGTH)
		return;
	g_autofree char *kept = g_utf8_substring(*text, 0, KEPT_LENGTH);

	g_free(*text);
	*text = g_strconcat(kept, "…", NULL);
}

static void
append_value(GString *line, const ArgDef *def, const void *values, guint i, bool mask_personal)
{
	g_autofree char *text = argument_text(def, values, i);
	bool hidden = (def->flags & ARG_SECRET) || (mask_personal && is_personal(def, text));

	if (mask_personal && !hidden)
		cut_long(&text);
	g_autofree char *quoted = hidden ? g_strdup(MASK) : argument_quote(text);

	g_string_append_printf(line, " %s", quoted);
	if (def->flags & ARG_SECRET)
		explicit_bzero(text, strlen(text));
}

static void
append_positionals(GString *line, const ArgDef *table, const void *values, bool mask_personal)
{
	for (const ArgDef *def = table; def != NULL && def->name != NULL; def++) {
		if (!(def->flags & ARG_POSITIONAL))
			continue;
		for (guint i = 0; i < argument_count(def, values); i++)
			append_value(line, def, values, i, mask_personal);
	}
}

static void
append_options(GString *line, const ArgDef *table, const void *values, bool mask_personal)
{
	for (const ArgDef *def = table; def != NULL && def->name != NULL; def++) {
		if ((def->flags & ARG_POSITIONAL) || !argument_is_given(def, values))
			continue;
		for (guint i = 0; i < argument_count(def, values); i++) {
			if (i == 0 || !(def->flags & ARG_REST))
				g_string_append_printf(line, " --%s", def->name);
			if (!argument_takes_no_value(def))
				append_value(line, def, values, i, mask_personal);
		}
	}
}

char *
arguments_to_line(const Arguments *self, bool mask_personal)
{
	GString *line = g_string_new(self->def->name);

	append_positionals(line, self->def->args, self->values, mask_personal);
	append_options(line, self->def->args, self->values, mask_personal);
	append_options(line, common_options, &self->common, mask_personal);
	return g_string_free(line, FALSE);
}

char *
arguments_canonical(const Arguments *self)
{
	GString *text = g_string_new(self->def->name);

	for (const ArgDef *def = self->def->args; def != NULL && def->name != NULL; def++) {
		if (def->flags & ARG_SECRET)
			continue;
		for (guint i = 0; i < argument_count(def, self->values); i++) {
			g_autofree char *value = argument_text(def, self->values, i);

			/* With its length, so that no value can pass for two. */
			g_string_append_printf(text, "\n%s %zu %s", def->name, strlen(value), value);
		}
	}
	return g_string_free(text, FALSE);
}
