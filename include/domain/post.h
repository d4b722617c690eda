#ifndef SIGNALBOX_DOMAIN_POST_H
#define SIGNALBOX_DOMAIN_POST_H

#include "base/timestamp.h"
#include "domain/identity.h"

#include <glib.h>
#include <stdbool.h>

#define POST_MAX_TAGS 10

typedef enum PostStateType {
	POST_DRAFT,
	POST_PUBLISHED,
	POST_ARCHIVED,
} PostStateType;

/* A tagged union: only the member of `type` holds a value. */
typedef struct PostState {
	PostStateType type;
	union {
		struct {
			Timestamp published_at;
		} published;
		struct {
			Timestamp archived_at;
			Timestamp published_at; /* 0: was never published */
		} archived;
	};
} PostState;

typedef struct Post {
	PostId id;
	UserId author_id;
	char *title;
	char *slug;
	char *content;
	char *excerpt; /* NULL: none */
	PostState state;
	GPtrArray *tags; /* of char *, in the order they were added */
	Timestamp created_at;
	Timestamp updated_at;
	GPtrArray *events; /* of DomainEvent, or NULL */
} Post;

/* What `post_edit` changes; NULL leaves a field as it is. An empty excerpt removes it. */
typedef struct PostEdit {
	const char *title;
	const char *slug;
	const char *content;
	const char *excerpt;
} PostEdit;

/* "Draft", "Published", "Archived", in the order of PostStateType; NULL-terminated. */
extern const char *const post_state_names[];

/* CORRUPT for a combination of columns that no post can be in (`ck_posts_state`). */
bool post_state_from_columns(const char *state_type, Timestamp published_at, Timestamp archived_at,
    PostState *ret_state, GError **error);

/* The columns of a state; a time that the state does not have is 0. */
void post_state_to_columns(const PostState *self, const char **ret_state_type, Timestamp *ret_published_at,
    Timestamp *ret_archived_at);

/* A new draft. `slug` NULL: made from the title. `excerpt` may be NULL. */
bool post_write(const UserId *author_id, const char *title, const char *slug, const char *content,
    const char *excerpt, Timestamp now, Post **ret_post, GError **error);

/*
 * Draft only. A new title without a slug gives a new slug, made from it; who knows the taken slugs may
 * replace it with post_set_slug before it is saved.
 */
bool post_edit(Post *self, const PostEdit *edit, Timestamp now, GError **error);
bool post_set_slug(Post *self, const char *slug, Timestamp now, GError **error);

/* Draft only; at most POST_MAX_TAGS, none twice. */
bool post_tag(Post *self, const char *tag, Timestamp now, GError **error);
bool post_untag(Post *self, const char *tag, Timestamp now, GError **error);

/* Draft -> Published; raises post.published.v1. */
bool post_publish(Post *self, Timestamp now, GError **error);

/* Draft or Published -> Archived, published_at stays; raises post.archived.v1. */
bool post_archive(Post *self, Timestamp now, GError **error);

/* From Draft or Archived; raises post.deleted.v1. The caller removes it. */
bool post_delete(Post *self, Timestamp now, GError **error);

/* Accepts NULL. */
void post_free(Post *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Post, post_free)

#endif
