#include "post_rules.h"

#include "domain/values.h"

static void
replace(char **field, char *value)
{
	g_free(*field);
	*field = value;
}

/* An empty excerpt is none. */
static bool
excerpt_or_none(const char *text, char **ret_excerpt, GError **error)
{
	g_autofree char *excerpt = NULL;

	if (text != NULL && !excerpt_normalise(text, &excerpt, error))
		return false;
	*ret_excerpt = excerpt == NULL || *excerpt == '\0' ? NULL : g_steal_pointer(&excerpt);
	return true;
}

/* A slug that is given comes before one that is made from the title. */
static bool
slug_or_from_title(const char *slug, const char *title, char **ret_slug, GError **error)
{
	if (slug == NULL)
		return slug_from_title(title, ret_slug, error);
	if (!slug_check(slug, error))
		return false;
	*ret_slug = g_strdup(slug);
	return true;
}

bool
post_write(const UserId *author_id, const char *title, const char *slug, const char *content,
    const char *excerpt, Timestamp now, Post **ret_post, GError **error)
{
	g_autoptr(Post) post = g_new0(Post, 1);

	if (!title_normalise(title, &post->title, error) ||
	    !slug_or_from_title(slug, post->title, &post->slug, error) || !content_check(content, error) ||
	    !excerpt_or_none(excerpt, &post->excerpt, error))
		return false;
	post->id.value = uuid_v7();
	post->author_id = *author_id;
	post->content = g_strdup(content);
	post->state.type = POST_DRAFT;
	post->tags = g_ptr_array_new_with_free_func(g_free);
	post->created_at = now;
	post->updated_at = now;
	*ret_post = g_steal_pointer(&post);
	return true;
}

/* The slug that an edit leads to; NULL: it stays. */
static bool
edited_slug(const Post *self, const PostEdit *edit, const char *title, char **ret_slug, GError **error)
{
	bool has_new_title = title != NULL && !g_str_equal(self->title, title);

	*ret_slug = NULL;
	if (edit->slug == NULL && !has_new_title)
		return true;
	return slug_or_from_title(edit->slug, title, ret_slug, error);
}

bool
post_edit(Post *self, const PostEdit *edit, Timestamp now, GError **error)
{
	g_autofree char *title = NULL;
	g_autofree char *slug = NULL;
	g_autofree char *excerpt = NULL;

	if (!post_require_draft(self, error) ||
	    (edit->title != NULL && !title_normalise(edit->title, &title, error)) ||
	    !edited_slug(self, edit, title, &slug, error) ||
	    (edit->content != NULL && !content_check(edit->content, error)) ||
	    !excerpt_or_none(edit->excerpt, &excerpt, error))
		return false;
	if (title != NULL)
		replace(&self->title, g_steal_pointer(&title));
	if (slug != NULL)
		replace(&self->slug, g_steal_pointer(&slug));
	if (edit->content != NULL)
		replace(&self->content, g_strdup(edit->content));
	if (edit->excerpt != NULL)
		replace(&self->excerpt, g_steal_pointer(&excerpt));
	self->updated_at = now;
	return true;
}

bool
post_set_slug(Post *self, const char *slug, Timestamp now, GError **error)
{
	if (!post_require_draft(self, error) || !slug_check(slug, error))
		return false;
	replace(&self->slug, g_strdup(slug));
	self->updated_at = now;
	return true;
}

void
post_free(Post *self)
{
	if (self == NULL)
		return;
	g_free(self->title);
	g_free(self->slug);
	g_free(self->content);
	g_free(self->excerpt);
	g_clear_pointer(&self->tags, g_ptr_array_unref);
	g_clear_pointer(&self->events, g_ptr_array_unref);
	g_free(self);
}
