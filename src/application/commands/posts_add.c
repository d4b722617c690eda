#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"

typedef struct PostsAddArgs {
	char *author;
	char *title;
	char *content;
	char *excerpt;
	char *slug;
	char **tags;
} PostsAddArgs;

#define TEXT_OPTION(field) .type = ARG_TEXT, .offset = offsetof(PostsAddArgs, field)

static const ArgDef args_table[] = {
	{ .name = "author",
	    .value = "ID|EMAIL",
	    .help = "who writes it",
	    .flags = ARG_REQUIRED | ARG_PERSONAL,
	    .complete = complete_user,
	    TEXT_OPTION(author) },
	{ .name = "title",
	    .value = "TITLE",
	    .help = "headline, at most 200 characters",
	    .flags = ARG_REQUIRED,
	    TEXT_OPTION(title) },
	{ .name = "content",
	    .value = "TEXT",
	    .help = "the text; - reads it from standard input",
	    .flags = ARG_REQUIRED | ARG_STDIN,
	    TEXT_OPTION(content) },
	{ .name = "excerpt",
	    .value = "TEXT",
	    .help = "short form, at most 500 characters",
	    TEXT_OPTION(excerpt) },
	{ .name = "slug",
	    .value = "SLUG",
	    .help = "its name in addresses; made from the title unless given",
	    TEXT_OPTION(slug) },
	{ .name = "tag",
	    .value = "TAG",
	    .help = "a tag; may be given again, at most 10",
	    .flags = ARG_REPEATS,
	    TEXT_OPTION(tags) },
	{ 0 },
};

static bool
write_post(const PostsAddArgs *args, const UserId *author_id, Timestamp now, Post **ret_post, GError **error)
{
	g_autoptr(Post) post = NULL;

	if (!post_write(author_id, args->title, args->slug, args->content, args->excerpt, now, &post, error))
		return false;
	for (char **tag = args->tags; tag != NULL && *tag != NULL; tag++) {
		if (!post_tag(post, *tag, now, error))
			return false;
	}
	*ret_post = g_steal_pointer(&post);
	return true;
}

/* A post that nobody keeps breaks the same rules. */
static bool
validate(const void *data, GError **error)
{
	const PostsAddArgs *args = data;
	const UserId nobody = { 0 };
	g_autoptr(Post) post = NULL;

	return user_reference_check(args->author, error) && write_post(args, &nobody, 0, &post, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsAddArgs *args = data;
	PostRepository *posts = run->session->posts;
	g_autoptr(Post) post = NULL;
	User *author;

	if (!user_repository_resolve(run->session->users, args->author, &author, error) ||
	    !write_post(args, &author->id, run->now, &post, error))
		return false;
	/* A slug that was asked for is taken or refused, never changed. */
	if (args->slug == NULL && !post_take_free_slug(run, post, error))
		return false;
	run_created(run, &post->id.value);
	run_target(run, "post", &post->id.value);
	run_note(run, NOTE_INFO, "added draft '%s'", post->slug);
	posts->add(posts, g_steal_pointer(&post));
	return true;
}

const CommandDef posts_add_command = {
	.name = "posts add",
	.summary = "Write a draft and print its new id",
	.example = "posts add --author ada@example.org --title 'Hello' --content 'First words' --tag news",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(PostsAddArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
