#include "console/reference.h"
#include "reference_text.h"

#include "base/text.h"

#include <string.h>

static bool
has_form(const ArgDef *arg, bool positional)
{
	return ((arg->flags & ARG_POSITIONAL) != 0) == positional;
}

/* `[--limit N]`, `ID|EMAIL…`, `[TERM…]`. */
static void
append_usage(GString *out, const ArgDef *arg)
{
	bool required = (arg->flags & ARG_REQUIRED) != 0;
	bool positional = (arg->flags & ARG_POSITIONAL) != 0;
	bool repeats = (arg->flags & ARG_REPEATS) != 0;

	g_string_append(out, required ? " " : " [");
	if (!positional)
		g_string_append_printf(out, "--%s%s", arg->name, arg->value != NULL ? " " : "");
	g_string_append(out, arg->value != NULL ? arg->value : "");
	if (positional && repeats && !g_str_has_suffix(arg->value, "…"))
		g_string_append(out, "…");
	g_string_append(out, required ? "" : "]");
	if (repeats && !positional)
		g_string_append(out, "…");
}

char *
reference_usage(const CommandDef *def)
{
	GString *usage = g_string_new(def->name);

	for (int positional = 1; positional >= 0; positional--) {
		for (const ArgDef *arg = def->args; arg != NULL && arg->name != NULL; arg++) {
			if (has_form(arg, positional != 0))
				append_usage(usage, arg);
		}
	}
	return g_string_free(usage, FALSE);
}

char *
reference_arg_name(const ArgDef *arg)
{
	if (arg->flags & ARG_POSITIONAL)
		return g_strdup(arg->value);
	return g_strconcat("--", arg->name, arg->value != NULL ? " " : NULL, arg->value, NULL);
}

/* Greedy wrapping of one paragraph behind an indent. */
static void
append_wrapped(GString *out, const char *text, int indent, int width)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	int column = indent;

	for (char **word = words; *word != NULL; word++) {
		int cells = text_width(*word);

		if (column > indent && column + 1 + cells > width) {
			g_string_append_printf(out, "\n%*s", indent, "");
			column = indent;
		} else if (column > indent) {
			g_string_append_c(out, ' ');
			column++;
		}
		g_string_append(out, *word);
		column += cells;
	}
	g_string_append_c(out, '\n');
}

/* `  name   explanation`, the explanation on a line of its own where the name is too long. */
static void
append_entry(GString *out, const char *name, const char *text, int name_width, int width)
{
	g_string_append(out, "  ");
	if (text_width(name) > name_width)
		g_string_append_printf(out, "%s\n%*s", name, name_width + 4, "");
	else {
		text_pad(out, name, name_width, false, false);
		g_string_append(out, "  ");
	}
	append_wrapped(out, text, name_width + 4, width);
}

#define NAME_WIDTH 24

static void
append_args(GString *out, const char *title, const ArgDef *args, bool positional, int width)
{
	bool titled = false;

	for (const ArgDef *arg = args; arg != NULL && arg->name != NULL; arg++) {
		g_autofree char *name = NULL;

		if (!has_form(arg, positional))
			continue;
		if (!titled)
			g_string_append_printf(out, "\n%s\n", title);
		titled = true;
		name = reference_arg_name(arg);
		append_entry(out, name, arg->help, NAME_WIDTH, width);
	}
}

static void
append_fields(GString *out, const ResourceDef *resource, int width)
{
	g_string_append_printf(out, "\nFields of %s\n", resource->name);
	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		g_autofree char *choices =
		    field->choices != NULL ? g_strjoinv(", ", (char **)(guintptr)field->choices) : NULL;
		g_autofree char *text =
		    g_strconcat(field->help, choices != NULL ? ": " : NULL, choices, NULL);

		append_entry(out, field->name, text, NAME_WIDTH, width);
	}
}

bool
reference_takes_filter(const CommandDef *def)
{
	for (const ArgDef *arg = def->args; arg != NULL && arg->name != NULL; arg++) {
		if (arg->complete == complete_filter)
			return true;
	}
	return false;
}

char *
reference_help(const Registry *registry, const CommandDef *def, int width)
{
	GString *out = g_string_new(NULL);
	g_autofree char *usage = reference_usage(def);

	(void)registry;
	append_wrapped(out, usage, 4, width);
	g_string_append_c(out, '\n');
	append_wrapped(out, def->summary, 0, width);
	if (def->details != NULL)
		append_wrapped(out, def->details, 0, width);
	append_args(out, "Arguments", def->args, true, width);
	append_args(out, "Options", def->args, false, width);
	append_args(out, "Options that every command knows", common_options, false, width);
	if (def->resource != NULL && reference_takes_filter(def))
		append_fields(out, def->resource, width);
	g_string_append_printf(
	    out, "\nEffect  %s, role %s\n", effect_name(def->effect), role_name(def->role));
	if (def->example != NULL)
		g_string_append_printf(out, "Example %s\n", def->example);
	return g_string_free(out, FALSE);
}

static bool
is_of_resource(const CommandDef *def, const char *resource)
{
	size_t length = resource != NULL ? strlen(resource) : 0;

	return resource == NULL ||
	    (strncmp(def->name, resource, length) == 0 &&
		(def->name[length] == ' ' || def->name[length] == '\0'));
}

/* The first word of both names is the same. */
static bool
is_same_group(const CommandDef *def, const CommandDef *other)
{
	size_t length = strcspn(def->name, " ");

	return other != NULL && strcspn(other->name, " ") == length &&
	    strncmp(def->name, other->name, length) == 0;
}

char *
reference_overview(const Registry *registry, const char *resource, int width)
{
	GString *out = g_string_new(NULL);
	const CommandDef *previous = NULL;

	for (const CommandDef *const *def = registry_commands(registry); *def != NULL; def++) {
		if (!is_of_resource(*def, resource))
			continue;
		if (previous != NULL && strchr((*def)->name, ' ') != NULL && !is_same_group(*def, previous))
			g_string_append_c(out, '\n');
		append_entry(out, (*def)->name, (*def)->summary, NAME_WIDTH, width);
		previous = *def;
	}
	g_string_append(out, "\n'help COMMAND' tells more about one.\n");
	return g_string_free(out, FALSE);
}
