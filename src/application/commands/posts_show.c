#include "commands/posts.h"

#include "application/queries.h"

const CommandDef posts_show_command = {
	.name = "posts show",
	.summary = "Show one post with all its fields, by id or slug",
	.example = "posts show my-first-post",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = show_args,
	.args_size = sizeof(ShowArgs),
	.resource = &posts_resource,
	.handle = show_handle,
};
