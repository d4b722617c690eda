#include "commands/audit.h"

#include "application/queries.h"

const CommandDef audit_show_command = {
	.name = "audit show",
	.summary = "Show one entry with the values before and after",
	.example = "audit show 42",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = show_args,
	.args_size = sizeof(ShowArgs),
	.resource = &audit_resource,
	.handle = show_handle,
};
