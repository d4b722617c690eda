#include "commands/users.h"

#include "application/queries.h"

const CommandDef users_show_command = {
	.name = "users show",
	.summary = "Show one user with all its fields, by id or email",
	.example = "users show ada@example.org",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = show_args,
	.args_size = sizeof(ShowArgs),
	.resource = &users_resource,
	.handle = show_handle,
};
