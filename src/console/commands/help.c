#include "commands/console_commands.h"
#include "commands/text_result.h"

#include "console/reference.h"

/* As wide as a text is read well; terminals that are narrower wrap. */
#define HELP_WIDTH 80

typedef struct HelpArgs {
	char **words;
} HelpArgs;

static const ArgDef args[] = {
	{ "command", "COMMAND…", "a resource or a command; all resources without it", ARG_TEXT,
	    ARG_POSITIONAL | ARG_REPEATS, offsetof(HelpArgs, words), .complete = complete_command },
	{ 0 },
};

/* A word that only begins commands ("outbox") shows what can follow it. */
static bool
is_resource(const Registry *registry, const char *word)
{
	g_autofree char *prefix = g_strconcat(word, " ", NULL);

	for (const CommandDef *const *def = registry_commands(registry); *def != NULL; def++) {
		if (g_str_has_prefix((*def)->name, prefix))
			return true;
	}
	return false;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const HelpArgs *self = data;
	const CommandDef *def = NULL;
	size_t used = 0;
	g_autofree char *text = NULL;

	if (self->words == NULL || (self->words[1] == NULL && is_resource(run->registry, self->words[0])))
		text = reference_overview(
		    run->registry, self->words != NULL ? self->words[0] : NULL, HELP_WIDTH);
	else if (registry_find(run->registry, (const char *const *)self->words, &def, &used, error))
		text = reference_help(run->registry, def, HELP_WIDTH);
	return text != NULL && show_text(run->frontend, "help", text, error);
}

const CommandDef help_command = {
	.name = "help",
	.summary = "Explain a command, or list what there is",
	.example = "help outbox retry",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(HelpArgs),
	.handle = handle,
};
