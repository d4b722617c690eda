#include "commands/idempotency.h"

#include "application/queries.h"

const CommandDef idempotency_show_command = {
	.name = "idempotency show",
	.summary = "Show one record with its result",
	.example = "idempotency show import-2026-01-31-0001",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = show_args,
	.args_size = sizeof(ShowArgs),
	.resource = &idempotency_resource,
	.handle = show_handle,
};
