#include "screen_command.h"

#include "application/arguments.h"
#include "application/completion.h"
#include "base/embedded.h"
#include "base/error.h"

#include <stddef.h>
#include <string.h>

typedef struct ScreenArgs {
	char *name;
	char **filter;
} ScreenArgs;

extern const EmbeddedFile embedded_screens[];

static void
complete_screen(Completion *completion, const char *prefix)
{
	(void)prefix;
	for (const EmbeddedFile *file = embedded_screens; file->name != NULL; file++) {
		g_autofree char *name = g_strndup(file->name, strcspn(file->name, "."));

		completion_add(completion, name, NULL);
	}
}

static const ArgDef args[] = {
	{ .name = "name",
	    .value = "NAME",
	    .help = "the screen, like posts",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(ScreenArgs, name),
	    .complete = complete_screen },
	{ .name = "filter",
	    .value = "TERM",
	    .help = "what its list is filtered by, as in a list",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REPEATS,
	    .offset = offsetof(ScreenArgs, filter) },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const ScreenArgs *self = data;

	(void)run;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "only the console's screens can open '%s': signalbox --screen %s", self->name, self->name);
	return false;
}

const CommandDef screen_command = {
	.name = "screen",
	.summary = "Open a screen, filtered if wished",
	.example = "screen outbox state=Dead",
	.effect = EFFECT_LOCAL,
	.flags = COMMAND_NO_SCHEMA,
	.args = args,
	.args_size = sizeof(ScreenArgs),
	.handle = handle,
};

bool
screen_command_is(const CommandDef *def)
{
	return def == &screen_command;
}

const char *
screen_command_name(const void *values)
{
	const ScreenArgs *self = values;

	return self->name;
}

char *
screen_command_filter(const void *values)
{
	const ScreenArgs *self = values;
	GString *filter = g_string_new(NULL);

	for (char **term = self->filter; term != NULL && *term != NULL; term++) {
		g_autofree char *quoted = argument_quote(*term);

		g_string_append_printf(filter, "%s%s", filter->len > 0 ? " " : "", quoted);
	}
	return g_string_free(filter, FALSE);
}
