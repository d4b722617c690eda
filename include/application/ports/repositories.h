#ifndef SIGNALBOX_APPLICATION_PORTS_REPOSITORIES_H
#define SIGNALBOX_APPLICATION_PORTS_REPOSITORIES_H

#include "domain/post.h"
#include "domain/user.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Aggregates by key. What a repository finds belongs to the unit of work of the running command, as does what
 * is added: nothing is freed by the handler, nothing is written before the save behaviour flushes it.
 * Repositories never commit. A row that was changed since it was read is a CONCURRENCY error at save; a
 * unique value that is taken is a CONFLICT, also at save.
 */
typedef struct UserRepository UserRepository;
struct UserRepository {
	/* NOT_FOUND names what was looked for; CORRUPT for a row that breaks its own rules. */
	bool (*find)(UserRepository *self, const UserId *id, User **ret_user, GError **error);
	bool (*find_by_email)(UserRepository *self, const char *email, User **ret_user, GError **error);
	/* Takes the user. */
	void (*add)(UserRepository *self, User *user);
	/* Of a user that this unit of work found: its changed columns are written. */
	void (*update)(UserRepository *self, User *user);
};

typedef struct PostRepository PostRepository;
struct PostRepository {
	bool (*find)(PostRepository *self, const PostId *id, Post **ret_post, GError **error);
	void (*add)(PostRepository *self, Post *post);
	void (*update)(PostRepository *self, Post *post);
	void (*remove)(PostRepository *self, Post *post);
	/* The first of `base`, `base-2`, `base-3`, … that no other post than `id` has. Newly allocated. */
	bool (*free_slug)(
	    PostRepository *self, const char *base, const PostId *id, char **ret_slug, GError **error);
	/* CONCURRENCY unless `post`, which this unit of work found, was read from the row version that a
	 * person saw. */
	bool (*require_version)(PostRepository *self, const Post *post, const char *version, GError **error);
};

/* VALIDATION for a text that is neither an id nor has an '@'. No database. */
bool user_reference_check(const char *id_or_email, GError **error);

/* Finds by `ID|EMAIL` as a person types it. */
bool user_repository_resolve(UserRepository *self, const char *id_or_email, User **ret_user, GError **error);

#endif
