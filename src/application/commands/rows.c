#include "commands/rows.h"

#include "base/error.h"

static void
note_rows(CommandRun *run, const char *done, const char *noun, guint count, const char *last)
{
	if (count == 1)
		run_note(run, NOTE_INFO, "%s %s '%s'", done, noun, last);
	else
		run_note(run, NOTE_INFO, "%s %u %ss", done, count, noun);
}

bool
users_each(
    CommandRun *run, char *const *references, const char *done, UserAct act, const void *args, GError **error)
{
	UserRepository *users = run->session->users;
	User *user = NULL;
	guint count = 0;

	for (; references[count] != NULL; count++) {
		if (!user_repository_resolve(users, references[count], &user, error) ||
		    !act(run, user, args, error))
			return false;
		run_target(run, "user", &user->id.value);
	}
	note_rows(run, done, "user", count, user == NULL ? "" : user->email);
	return true;
}

bool
posts_each(
    CommandRun *run, const GArray *ids, const char *done, PostAct act, const void *args, GError **error)
{
	PostRepository *posts = run->session->posts;
	Post *post = NULL;

	for (guint i = 0; i < ids->len; i++) {
		PostId id = { .value = g_array_index(ids, Uuid, i) };

		if (!posts->find(posts, &id, &post, error) || !act(run, post, args, error))
			return false;
		run_target(run, "post", &post->id.value);
	}
	note_rows(run, done, "post", ids->len, post == NULL ? "" : post->slug);
	return true;
}

/* Takes the key. The second time would fail with what the first one did: say what is wrong instead. */
static bool
add_once(GHashTable *seen, char *key, const char *noun, const char *named, GError **error)
{
	if (g_hash_table_add(seen, key))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s '%s' is named twice: name it once", noun, named);
	return false;
}

bool
user_references_check(char *const *references, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; references[i] != NULL; i++) {
		if (!user_reference_check(references[i], error) ||
		    !add_once(seen, g_utf8_casefold(references[i], -1), "user", references[i], error))
			return false;
	}
	return true;
}

bool
post_ids_check(const GArray *ids, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < ids->len; i++) {
		g_autofree char *named = uuid_to_string(&g_array_index(ids, Uuid, i));

		if (!add_once(seen, g_strdup(named), "post", named, error))
			return false;
	}
	return true;
}

bool
post_take_free_slug(CommandRun *run, Post *post, GError **error)
{
	PostRepository *posts = run->session->posts;
	g_autofree char *slug = NULL;

	if (!posts->free_slug(posts, post->slug, &post->id, &slug, error))
		return false;
	return g_str_equal(slug, post->slug) || post_set_slug(post, slug, run->now, error);
}

bool
value_check(ValueRule rule, const char *text, GError **error)
{
	g_autofree char *normal = NULL;

	return text == NULL || rule(text, &normal, error);
}
