#include "commands/outbox.h"

#include "application/run.h"

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	OutboxPort *outbox = run->session->outbox;

	(void)args;
	return outbox->errors(outbox, run->frontend, error);
}

const CommandDef outbox_errors_command = {
	.name = "outbox errors",
	.summary = "Group dead messages by what went wrong",
	.details = "Failures that differ in ids, numbers and times alone are one group.",
	.example = "outbox errors",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.handle = handle,
};
