#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"

typedef struct PostsDeleteArgs {
	GArray *posts;
} PostsDeleteArgs;

static const ArgDef args_table[] = {
	{ .name = "post",
	    .value = "ID",
	    .help = "the posts; - reads their ids from standard input, one a line",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_STDIN | ARG_ROWS,
	    .offset = offsetof(PostsDeleteArgs, posts),
	    .complete = complete_post },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const PostsDeleteArgs *args = data;

	return post_ids_check(args->posts, error);
}

static bool
delete_post(CommandRun *run, Post *post, const void *data, GError **error)
{
	(void)data;
	if (!post_delete(post, run->now, error))
		return false;
	run->session->posts->remove(run->session->posts, post);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsDeleteArgs *args = data;

	return posts_each(run, args->posts, "deleted", delete_post, args, error);
}

const CommandDef posts_delete_command = {
	.name = "posts delete",
	.summary = "Delete drafts or archived posts for good",
	.details = "A published post has to be archived first.",
	.example = "posts delete 01890a5d-ac96-774b-bcce-b302099a8057",
	.effect = EFFECT_DESTRUCTIVE,
	.role = ROLE_ADMIN,
	.args = args_table,
	.args_size = sizeof(PostsDeleteArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
