#include "commands/idempotency.h"

#include "application/queries.h"

const CommandDef idempotency_list_command = {
	.name = "idempotency list",
	.summary = "List idempotency keys, page by page",
	.example = "idempotency list state=Completed",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &idempotency_resource,
	.validate = list_validate,
	.handle = list_handle,
};
