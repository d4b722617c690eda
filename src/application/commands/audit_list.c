#include "commands/audit.h"

#include "application/queries.h"

const CommandDef audit_list_command = {
	.name = "audit list",
	.summary = "List what was done, newest first",
	.example = "audit list at>-1d",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &audit_resource,
	.validate = list_validate,
	.handle = list_handle,
};
