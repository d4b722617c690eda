#include "console/reference.h"
#include "reference_text.h"

#include <string.h>

static void
append_markdown_args(GString *out, const ArgDef *args)
{
	for (const ArgDef *arg = args; arg != NULL && arg->name != NULL; arg++) {
		g_autofree char *name = reference_arg_name(arg);

		g_string_append_printf(out, "- `%s`: %s\n", name, arg->help);
	}
}

static void
append_markdown_fields(GString *out, const ResourceDef *resource)
{
	g_string_append(out, "\nFields: ");
	for (const FieldDef *field = resource->fields; field->name != NULL; field++)
		g_string_append_printf(out, "%s`%s`", field != resource->fields ? ", " : "", field->name);
	g_string_append(out, ".\n");
}

static void
append_markdown_command(GString *out, const CommandDef *def)
{
	g_autofree char *usage = reference_usage(def);

	g_string_append_printf(out, "\n### %s\n\n%s.", def->name, def->summary);
	if (def->details != NULL)
		g_string_append_printf(out, " %s", def->details);
	g_string_append_printf(out, " Effect: %s; role: %s.\n\n```\n%s\n```\n", effect_name(def->effect),
	    role_name(def->role), usage);
	if (def->args != NULL && def->args[0].name != NULL) {
		g_string_append_c(out, '\n');
		append_markdown_args(out, def->args);
	}
	if (def->resource != NULL && reference_takes_filter(def))
		append_markdown_fields(out, def->resource);
	if (def->example != NULL)
		g_string_append_printf(out, "\nExample: `%s`\n", def->example);
}

char *
reference_markdown(const Registry *registry)
{
	GString *out = g_string_new(
	    "# Commands\n\n"
	    "Printed by `signalbox --print-reference commands`; a test holds it to the program.\n\n"
	    "## Options that every command knows\n\n");

	append_markdown_args(out, common_options);
	g_string_append(out, "\n## The commands\n");
	for (const CommandDef *const *def = registry_commands(registry); *def != NULL; def++)
		append_markdown_command(out, *def);
	return g_string_free(out, FALSE);
}

/* troff takes a leading dot or quote for a request and a backslash for an escape, and knows bytes, not UTF-8.
 */
static void
append_man_text(GString *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		g_string_append(out, "\\&");
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		if (*text == '\\')
			g_string_append(out, "\\e");
		else if (*text == '-')
			g_string_append(out, "\\-");
		else if ((unsigned char)*text >= 0x80)
			g_string_append_printf(out, "\\[u%04X]", g_utf8_get_char(text));
		else
			g_string_append_c(out, *text);
	}
	g_string_append_c(out, '\n');
}

static void
append_man_args(GString *out, const ArgDef *args)
{
	for (const ArgDef *arg = args; arg != NULL && arg->name != NULL; arg++) {
		g_autofree char *name = reference_arg_name(arg);

		g_string_append(out, ".TP\n");
		append_man_text(out, name);
		append_man_text(out, arg->help);
	}
}

char *
reference_man(const Registry *registry)
{
	GString *out = g_string_new(
	    ".TH SIGNALBOX 1 \"\" \"Signalbox " SIGNALBOX_VERSION "\" \"User Commands\"\n"
	    ".SH NAME\nsignalbox \\- terminal admin console for PostgreSQL\\-backed services\n"
	    ".SH SYNOPSIS\n.B signalbox\n[\\fIOPTION\\fR...] [\\fIRESOURCE VERB\\fR [\\fIVALUE\\fR...]]\n"
	    ".SH OPTIONS\n");

	append_man_args(out, common_options);
	g_string_append(out, ".SH COMMANDS\n");
	for (const CommandDef *const *def = registry_commands(registry); *def != NULL; def++) {
		g_autofree char *usage = reference_usage(*def);

		g_string_append(out, ".SS ");
		append_man_text(out, (*def)->name);
		append_man_text(out, (*def)->summary);
		g_string_append(out, ".PP\n.B ");
		append_man_text(out, usage);
		append_man_args(out, (*def)->args);
	}
	g_string_append(out,
	    ".SH EXIT STATUS\n"
	    "0 done; 2 usage or validation; 3 not found; 4 conflict; 5 changed by someone else; "
	    "6 idempotency key reused; 7 refused; 8 unavailable or timed out; 9 outcome unknown; "
	    "10 partly done; 70 internal; 130 interrupted.\n");
	return g_string_free(out, FALSE);
}
