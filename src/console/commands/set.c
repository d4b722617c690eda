#include "commands/console_commands.h"
#include "commands/text_result.h"

#include "base/error.h"
#include "console/render.h"

#include <string.h>

/* Defaults for every line of this console that does not say otherwise. */
static const char *const names[] = { "format", "timeout", "reason", "quiet", "read-only", NULL };

typedef struct SetArgs {
	const char *name;
	char *value;
} SetArgs;

static const ArgDef args[] = {
	{ "name", "NAME", "format, timeout, reason, quiet or read-only; all of them without it", ARG_CHOICE,
	    ARG_POSITIONAL, offsetof(SetArgs, name), .choices = names },
	{ "value", "VALUE", "the new default; nothing takes it back", ARG_TEXT, ARG_POSITIONAL,
	    offsetof(SetArgs, value) },
	{ 0 },
};

static bool
refuse(const char *name, const char *value, const char *expected, GError **error)
{
	g_set_error(
	    error, SB_ERROR, SB_ERROR_VALIDATION, "%s can't be '%s': write %s", name, value, expected);
	return false;
}

static bool
set_format(CommonOptions *defaults, const char *value, GError **error)
{
	g_autofree char *known = g_strjoinv(", ", (char **)(guintptr)output_format_names);
	const char *const *name = output_format_names;

	while (value != NULL && *name != NULL && g_ascii_strcasecmp(*name, value) != 0)
		name++;
	if (*name == NULL)
		return refuse("format", value, known, error);
	defaults->format = value != NULL ? *name : NULL;
	return true;
}

static bool
set_timeout(CommonOptions *defaults, const char *value, GError **error)
{
	Duration timeout = 0;

	if (value != NULL && !duration_parse(value, &timeout))
		return refuse("timeout", value, "a duration like 5s", error);
	defaults->timeout = timeout;
	return true;
}

static bool
set_flag(const char *name, bool *flag, const char *value, GError **error)
{
	if (value != NULL && strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
		return refuse(name, value, "on or off", error);
	*flag = value != NULL && strcmp(value, "on") == 0;
	return true;
}

static bool
change(CommonOptions *defaults, const SetArgs *self, GError **error)
{
	if (strcmp(self->name, "format") == 0)
		return set_format(defaults, self->value, error);
	if (strcmp(self->name, "timeout") == 0)
		return set_timeout(defaults, self->value, error);
	if (strcmp(self->name, "quiet") == 0)
		return set_flag("quiet", &defaults->quiet, self->value, error);
	if (strcmp(self->name, "read-only") == 0)
		return set_flag("read-only", &defaults->read_only, self->value, error);
	g_free(defaults->reason);
	defaults->reason = g_strdup(self->value);
	return true;
}

static bool
show_all(const CommonOptions *defaults, Frontend *frontend, GError **error)
{
	g_autofree char *timeout = defaults->timeout > 0 ? duration_format(defaults->timeout) : g_strdup("–");
	g_autofree char *text =
	    g_strdup_printf("format     %s\ntimeout    %s\nreason     %s\nquiet      %s\nread-only  %s\n",
		defaults->format != NULL ? defaults->format : "table", timeout,
		defaults->reason != NULL ? defaults->reason : "–", defaults->quiet ? "on" : "off",
		defaults->read_only ? "on" : "off");

	return show_text(frontend, "setting", text, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const SetArgs *self = data;
	CommonOptions *defaults = console_defaults(run->console);

	if (self->name == NULL)
		return show_all(defaults, run->frontend, error);
	return change(defaults, self, error);
}

const CommandDef set_command = {
	.name = "set",
	.summary = "Show or change what holds for every line of this console",
	.example = "set format json",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(SetArgs),
	.handle = handle,
};
