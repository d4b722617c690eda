#include "plain_text.h"
#include "post_rules.h"

#include "base/error.h"

const char *const post_state_names[] = {
	[POST_DRAFT] = "Draft",
	[POST_PUBLISHED] = "Published",
	[POST_ARCHIVED] = "Archived",
	NULL,
};

static bool
corrupt(const char *state_type, Timestamp published_at, Timestamp archived_at, GError **error)
{
	g_autofree char *quoted = text_quoted(state_type == NULL ? "" : state_type);

	g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
	    "state_type '%s' %s published_at and %s archived_at is no state of a post: correct the row "
	    "(ck_posts_state)",
	    quoted, published_at != 0 ? "with" : "without", archived_at != 0 ? "with" : "without");
	return false;
}

bool
post_state_from_columns(const char *state_type, Timestamp published_at, Timestamp archived_at,
    PostState *ret_state, GError **error)
{
	PostState state = { .type = POST_DRAFT };
	bool is_possible = false;

	if (g_strcmp0(state_type, post_state_names[POST_DRAFT]) == 0) {
		is_possible = published_at == 0 && archived_at == 0;
	} else if (g_strcmp0(state_type, post_state_names[POST_PUBLISHED]) == 0) {
		is_possible = published_at != 0 && archived_at == 0;
		state.type = POST_PUBLISHED;
		state.published.published_at = published_at;
	} else if (g_strcmp0(state_type, post_state_names[POST_ARCHIVED]) == 0) {
		is_possible = archived_at != 0;
		state.type = POST_ARCHIVED;
		state.archived.archived_at = archived_at;
		state.archived.published_at = published_at;
	}
	if (!is_possible)
		return corrupt(state_type, published_at, archived_at, error);
	*ret_state = state;
	return true;
}

void
post_state_to_columns(const PostState *self, const char **ret_state_type, Timestamp *ret_published_at,
    Timestamp *ret_archived_at)
{
	*ret_state_type = post_state_names[self->type];
	*ret_published_at = 0;
	*ret_archived_at = 0;
	switch (self->type) {
	case POST_DRAFT: break;
	case POST_PUBLISHED: *ret_published_at = self->published.published_at; break;
	case POST_ARCHIVED:
		*ret_published_at = self->archived.published_at;
		*ret_archived_at = self->archived.archived_at;
		break;
	}
}

bool
post_conflict(const Post *self, const char *rule, GError **error)
{
	g_autofree char *id = uuid_to_string(&self->id.value);

	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "post '%s' %s", id, rule);
	return false;
}

bool
post_require_draft(const Post *self, GError **error)
{
	switch (self->state.type) {
	case POST_DRAFT: return true;
	case POST_PUBLISHED: return post_conflict(self, "is published: only a draft can be changed", error);
	case POST_ARCHIVED: return post_conflict(self, "is archived: only a draft can be changed", error);
	}
	return false;
}
