#include "plain_text.h"
#include "post_rules.h"

#include "domain/values.h"

/* Tags that another program wrote need not be normalised, but are unique whatever their case (uq_tags_name).
 */
static gboolean
is_same_tag(gconstpointer left, gconstpointer right)
{
	g_autofree char *left_lower = text_lower(left);
	g_autofree char *right_lower = text_lower(right);

	return g_str_equal(left_lower, right_lower);
}

static bool
find_tag(const Post *self, const char *tag, guint *ret_index)
{
	return g_ptr_array_find_with_equal_func(self->tags, tag, is_same_tag, ret_index);
}

bool
post_tag(Post *self, const char *tag, Timestamp now, GError **error)
{
	g_autofree char *name = NULL;

	if (!post_require_draft(self, error) || !tag_normalise(tag, &name, error))
		return false;
	if (find_tag(self, name, NULL)) {
		g_autofree char *rule = g_strdup_printf("already has the tag '%s'", name);

		return post_conflict(self, rule, error);
	}
	if (self->tags->len >= POST_MAX_TAGS) {
		g_autofree char *rule =
		    g_strdup_printf("has %d tags, the most that are allowed: remove one before '%s' is added",
			POST_MAX_TAGS, name);

		return post_conflict(self, rule, error);
	}
	g_ptr_array_add(self->tags, g_steal_pointer(&name));
	self->updated_at = now;
	return true;
}

bool
post_untag(Post *self, const char *tag, Timestamp now, GError **error)
{
	g_autofree char *name = NULL;
	guint index;

	if (!post_require_draft(self, error) || !tag_normalise(tag, &name, error))
		return false;
	if (!find_tag(self, tag, &index) && !find_tag(self, name, &index)) {
		g_autofree char *rule = g_strdup_printf("has no tag '%s'", name);

		return post_conflict(self, rule, error);
	}
	g_ptr_array_remove_index(self->tags, index);
	self->updated_at = now;
	return true;
}
