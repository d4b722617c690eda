#include "commands/console_commands.h"
#include "commands/context_rows.h"

typedef struct ContextShowArgs {
	char *name;
} ContextShowArgs;

static const ArgDef args[] = {
	{ "name", "NAME", "a configured context; the current one without it", ARG_TEXT, ARG_POSITIONAL,
	    offsetof(ContextShowArgs, name), .complete = complete_context },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const ContextShowArgs *self = data;
	const Context *current = console_context(run->console);
	const Context *context = current;
	const ResultShape shape = { RESULT_RECORD, "context", context_columns, CONTEXT_COLUMN_COUNT };
	const ResultEnd end = { .rows = 1, .total = 1 };

	if (self->name != NULL &&
	    !configuration_context(
		console_settings(run->console)->configuration, self->name, &context, error))
		return false;
	return run->frontend->begin(run->frontend, &shape, error) &&
	    show_context_row(run->frontend, context, context == current, error) &&
	    run->frontend->end(run->frontend, &end, error);
}

const CommandDef context_show_command = {
	.name = "context show",
	.summary = "Show where a context leads and what may be done there",
	.example = "context show",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(ContextShowArgs),
	.handle = handle,
};
