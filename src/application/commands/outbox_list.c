#include "commands/outbox.h"

#include "application/queries.h"

const CommandDef outbox_list_command = {
	.name = "outbox list",
	.summary = "List outbox messages, page by page",
	.example = "outbox list state=Dead type~order --limit 20",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &outbox_resource,
	.validate = list_validate,
	.handle = list_handle,
};
