#include "commands/console_commands.h"
#include "commands/context_rows.h"

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	const Context *current = console_context(run->console);
	const Context *const *contexts =
	    configuration_contexts(console_settings(run->console)->configuration);
	const ResultShape shape = { RESULT_LIST, "contexts", context_columns, CONTEXT_COLUMN_COUNT };
	ResultEnd end = { .total = -1 };

	(void)args;
	if (!run->frontend->begin(run->frontend, &shape, error))
		return false;
	for (; *contexts != NULL; contexts++, end.rows++) {
		if (!show_context_row(run->frontend, *contexts, *contexts == current, error))
			return false;
	}
	end.total = (int64_t)end.rows;
	return run->frontend->end(run->frontend, &end, error);
}

const CommandDef context_list_command = {
	.name = "context list",
	.summary = "List the configured contexts",
	.example = "context list",
	.effect = EFFECT_LOCAL,
	.handle = handle,
};
