#include "commands/outbox.h"

#include "application/run.h"

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	OutboxPort *outbox = run->session->outbox;

	(void)args;
	return outbox->stats(outbox, run->frontend, error);
}

const CommandDef outbox_stats_command = {
	.name = "outbox stats",
	.summary = "Count messages by topic and state, with the age of the oldest",
	.example = "outbox stats",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.handle = handle,
};
