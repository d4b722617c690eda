#include "commands/posts.h"
#include "commands/rows.h"

#include "application/completion.h"
#include "base/error.h"
#include "domain/values.h"

typedef struct PostsEditArgs {
	Uuid post;
	char *title;
	char *slug;
	char *content;
	char *excerpt;
	char *version;
} PostsEditArgs;

#define TEXT_OPTION(field) .type = ARG_TEXT, .offset = offsetof(PostsEditArgs, field)

static const ArgDef args_table[] = {
	{ .name = "post",
	    .value = "ID",
	    .help = "the draft",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_ROWS,
	    .offset = offsetof(PostsEditArgs, post),
	    .complete = complete_post },
	{ .name = "title",
	    .value = "TITLE",
	    .help = "another headline; gives another slug too, unless --slug does",
	    TEXT_OPTION(title) },
	{ .name = "slug", .value = "SLUG", .help = "another name in addresses", TEXT_OPTION(slug) },
	{ .name = "content",
	    .value = "TEXT",
	    .help = "another text; - reads it from standard input",
	    .flags = ARG_STDIN,
	    TEXT_OPTION(content) },
	{ .name = "excerpt",
	    .value = "TEXT",
	    .help = "another short form; '' removes it",
	    TEXT_OPTION(excerpt) },
	{ .name = "if-version",
	    .value = "VERSION",
	    .help = "only if the post still is at this version, as 'posts show' gives it",
	    TEXT_OPTION(version) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const PostsEditArgs *args = data;

	if (args->title == NULL && args->slug == NULL && args->content == NULL && args->excerpt == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "nothing to edit: give --title, --slug, --content or --excerpt");
		return false;
	}
	return value_check(title_normalise, args->title, error) &&
	    (args->slug == NULL || slug_check(args->slug, error)) &&
	    (args->content == NULL || content_check(args->content, error)) &&
	    value_check(excerpt_normalise, args->excerpt, error);
}

static bool
edit(CommandRun *run, Post *post, const PostsEditArgs *args, GError **error)
{
	const PostEdit changes = {
		.title = args->title,
		.slug = args->slug,
		.content = args->content,
		.excerpt = args->excerpt,
	};
	g_autofree char *slug = g_strdup(post->slug);

	if (!post_edit(post, &changes, run->now, error))
		return false;
	return args->slug != NULL || g_str_equal(slug, post->slug) || post_take_free_slug(run, post, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const PostsEditArgs *args = data;
	PostRepository *posts = run->session->posts;
	const PostId id = { .value = args->post };
	Post *post;

	if (!posts->find(posts, &id, &post, error) ||
	    (args->version != NULL && !posts->require_version(posts, post, args->version, error)) ||
	    !edit(run, post, args, error))
		return false;
	posts->update(posts, post);
	run_target(run, "post", &post->id.value);
	run_note(run, NOTE_INFO, "edited post '%s'", post->slug);
	return true;
}

const CommandDef posts_edit_command = {
	.name = "posts edit",
	.summary = "Change a draft",
	.details =
	    "With --if-version the edit is refused when someone else changed the post since it was read.",
	.example = "posts edit 01890a5d-ac96-774b-bcce-b302099a8057 --title 'A better title'",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(PostsEditArgs),
	.resource = &posts_resource,
	.validate = validate,
	.handle = handle,
};
