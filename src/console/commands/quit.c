#include "commands/console_commands.h"

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	(void)args;
	(void)error;
	console_wishes(run->console)->quit = true;
	return true;
}

const CommandDef quit_command = {
	.name = "quit",
	.summary = "Leave the console",
	.effect = EFFECT_LOCAL,
	.handle = handle,
};
