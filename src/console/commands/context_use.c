#include "commands/console_commands.h"

typedef struct ContextUseArgs {
	char *name;
} ContextUseArgs;

static const ArgDef args[] = {
	{ "name", "NAME", "a configured context", ARG_TEXT, ARG_POSITIONAL | ARG_REQUIRED,
	    offsetof(ContextUseArgs, name), .complete = complete_context },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const ContextUseArgs *self = data;
	const Context *context = NULL;

	if (!configuration_context(
		console_settings(run->console)->configuration, self->name, &context, error))
		return false;
	console_use(run->console, context);
	console_wishes(run->console)->use = context;
	run_note(run, NOTE_INFO, "working on context '%s' (%s)", context->name,
	    context->read_only ? "read-only" : "read-write");
	if (console_settings(run->console)->one_shot && !console_is_nested(run->console))
		run_note(run, NOTE_HINT,
		    "this ends with the command: give --context %s, or set SIGNALBOX_CONTEXT, for the next one",
		    context->name);
	return true;
}

void
complete_context(Completion *completion, const char *prefix)
{
	const Context *const *contexts;

	if (completion->console == NULL)
		return;
	contexts = configuration_contexts(console_settings(completion->console)->configuration);
	for (; *contexts != NULL; contexts++) {
		if (g_str_has_prefix((*contexts)->name, prefix))
			completion_add(
			    completion, (*contexts)->name, (*contexts)->read_only ? "read-only" : NULL);
	}
}

const CommandDef context_use_command = {
	.name = "context use",
	.summary = "Work on another context from now on",
	.example = "context use staging",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(ContextUseArgs),
	.handle = handle,
};
