#include "commands/users.h"

#include "application/queries.h"

const CommandDef users_list_command = {
	.name = "users list",
	.summary = "List users, page by page",
	.example = "users list state=Deactivated --order created_at:desc --limit 20",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &users_resource,
	.validate = list_validate,
	.handle = list_handle,
};
