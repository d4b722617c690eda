#include "commands/console_commands.h"
#include "commands/text_result.h"

typedef struct EchoArgs {
	char **words;
} EchoArgs;

static const ArgDef args[] = {
	{ "text", "TEXT…", "what to print", ARG_TEXT, ARG_POSITIONAL | ARG_REPEATS,
	    offsetof(EchoArgs, words) },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const EchoArgs *self = data;
	g_autofree char *text = self->words != NULL ? g_strjoinv(" ", self->words) : g_strdup("");
	g_autofree char *line = g_strconcat(text, "\n", NULL);

	return show_text(run->frontend, "text", line, error);
}

const CommandDef echo_command = {
	.name = "echo",
	.summary = "Print words on the output",
	.example = "echo retried at last",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(EchoArgs),
	.handle = handle,
};
