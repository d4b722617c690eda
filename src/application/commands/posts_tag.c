#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"
#include "domain/values.h"

typedef struct PostsTagArgs {
	GArray *posts;
	char **tags;
} PostsTagArgs;

static const ArgDef args_table[] = {
	{ .name = "post",
	    .value = "ID",
	    .help = "the posts; - reads their ids from standard input, one a line",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_STDIN | ARG_ROWS,
	    .offset = offsetof(PostsTagArgs, posts),
	    .complete = complete_post },
	{ .name = "tag",
	    .value = "TAG",
	    .help = "a tag to add; may be given again",
	    .type = ARG_TEXT,
	    .flags = ARG_REQUIRED | ARG_REPEATS,
	    .offset = offsetof(PostsTagArgs, tags) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const PostsTagArgs *args = data;

	for (char **tag = args->tags; *tag != NULL; tag++) {
		if (!value_check(tag_normalise, *tag, error))
			return false;
	}
	return post_ids_check(args->posts, error);
}

static bool
tag(CommandRun *run, Post *post, const void *data, GError **error)
{
	const PostsTagArgs *args = data;

	for (char **tag = args->tags; *tag != NULL; tag++) {
		if (!post_tag(post, *tag, run->now, error))
			return false;
	}
	run->session->posts->update(run->session->posts, post);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsTagArgs *args = data;

	return posts_each(run, args->posts, "tagged", tag, args, error);
}

const CommandDef posts_tag_command = {
	.name = "posts tag",
	.summary = "Add tags to drafts",
	.details = "A post has at most 10 tags; they are stored in lower case.",
	.example = "posts tag 01890a5d-ac96-774b-bcce-b302099a8057 --tag news",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(PostsTagArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
