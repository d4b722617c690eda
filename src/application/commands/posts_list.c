#include "commands/posts.h"

#include "application/queries.h"

const CommandDef posts_list_command = {
	.name = "posts list",
	.summary = "List posts, page by page",
	.example = "posts list state=Draft --order created_at:desc --limit 20",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = list_args,
	.args_size = sizeof(ListArgs),
	.resource = &posts_resource,
	.validate = list_validate,
	.handle = list_handle,
};
