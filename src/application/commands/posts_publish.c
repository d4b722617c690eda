#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"

typedef struct PostsPublishArgs {
	GArray *posts;
} PostsPublishArgs;

static const ArgDef args_table[] = {
	{ .name = "post",
	    .value = "ID",
	    .help = "the posts; - reads their ids from standard input, one a line",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_STDIN | ARG_ROWS,
	    .offset = offsetof(PostsPublishArgs, posts),
	    .complete = complete_post },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const PostsPublishArgs *args = data;

	return post_ids_check(args->posts, error);
}

static bool
publish(CommandRun *run, Post *post, const void *data, GError **error)
{
	(void)data;
	if (!post_publish(post, run->now, error))
		return false;
	run->session->posts->update(run->session->posts, post);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsPublishArgs *args = data;

	return posts_each(run, args->posts, "published", publish, args, error);
}

const CommandDef posts_publish_command = {
	.name = "posts publish",
	.summary = "Publish drafts",
	.details = "A published post can only be archived.",
	.example = "posts publish 01890a5d-ac96-774b-bcce-b302099a8057",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(PostsPublishArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
