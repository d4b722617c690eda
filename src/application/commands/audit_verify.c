#include "commands/audit.h"

#include "application/run.h"

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	AuditPort *audit = run->session->audit;
	uint64_t entries = 0;

	(void)args;
	if (!audit->verify(audit, run->frontend, &entries, error))
		return false;
	run_note(run, NOTE_INFO, "the chain of %" G_GUINT64_FORMAT " audit %s is whole", entries,
	    entries == 1 ? "entry" : "entries");
	return true;
}

const CommandDef audit_verify_command = {
	.name = "audit verify",
	.summary = "Walk the audit chain and check every hash",
	.details =
	    "Ends with 4 at the first entry that was changed, removed or slipped in, or at a personal value beside "
	    "the chain that is not the one its entry has the hash of.",
	.example = "audit verify",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_STREAMS,
	.handle = handle,
};
