#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"

typedef struct PostsArchiveArgs {
	GArray *posts;
} PostsArchiveArgs;

static const ArgDef args_table[] = {
	{ .name = "post",
	    .value = "ID",
	    .help = "the posts; - reads their ids from standard input, one a line",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_STDIN | ARG_ROWS,
	    .offset = offsetof(PostsArchiveArgs, posts),
	    .complete = complete_post },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const PostsArchiveArgs *args = data;

	return post_ids_check(args->posts, error);
}

static bool
archive(CommandRun *run, Post *post, const void *data, GError **error)
{
	(void)data;
	if (!post_archive(post, run->now, error))
		return false;
	run->session->posts->update(run->session->posts, post);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsArchiveArgs *args = data;

	return posts_each(run, args->posts, "archived", archive, args, error);
}

const CommandDef posts_archive_command = {
	.name = "posts archive",
	.summary = "Take drafts or published posts out of sight",
	.details = "An archived post keeps the time it was published at and is never published again.",
	.example = "posts archive 01890a5d-ac96-774b-bcce-b302099a8057",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(PostsArchiveArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
