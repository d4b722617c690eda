#include "persistence/repositories/post_repository.h"

#include "domain/values.h"

#define FIRST_TRIES 32
#define MOST_TRIES 4096

typedef struct Posts {
	PostRepository port;
	UnitOfWork *work;
} Posts;

static UnitOfWork *
work_of(PostRepository *port)
{
	return ((Posts *)port)->work;
}

static bool
find(PostRepository *self, const PostId *id, Post **ret_post, GError **error)
{
	char text[UUID_TEXT_LENGTH + 1];
	void *post;

	uuid_format(&id->value, text);
	if (!unit_of_work_find(work_of(self), &posts_table, "id", text, &post, error))
		return false;
	*ret_post = post;
	return true;
}

static void
add(PostRepository *self, Post *post)
{
	unit_of_work_add(work_of(self), &posts_table, post);
}

static void
update(PostRepository *self, Post *post)
{
	unit_of_work_update(work_of(self), post);
}

static void
remove_post(PostRepository *self, Post *post)
{
	unit_of_work_remove(work_of(self), post);
}

/* Candidates `from` up to `to` as an array literal; a slug holds nothing that would have to be quoted. */
static char *
candidates(const char *base, unsigned from, unsigned to)
{
	GString *list = g_string_new("{");

	for (unsigned number = from; number <= to; number++) {
		g_autofree char *slug = number == 1 ? g_strdup(base) : slug_with_number(base, number);

		g_string_append_printf(list, "%s%s", number == from ? "" : ",", slug);
	}
	g_string_append_c(list, '}');
	return g_string_free(list, FALSE);
}

/* Each candidate is one probe of uq_posts_slug, and the first free one ends the query; NULL: all are taken.
 */
static bool
first_free(Connection *connection, const char *slugs, const PostId *id, char **ret_slug, GError **error)
{
	g_autoptr(PGresult) result = NULL;
	char text[UUID_TEXT_LENGTH + 1];

	uuid_format(&id->value, text);
	if (!connection_query(connection,
		"SELECT c.slug FROM unnest($1::text[]) WITH ORDINALITY AS c (slug, number)"
		" WHERE NOT EXISTS (SELECT FROM posts p WHERE p.slug = c.slug AND p.id <> $2)"
		" ORDER BY c.number LIMIT 1",
		2, (const char *const[]){ slugs, text }, &result, error))
		return false;
	*ret_slug = PQntuples(result) == 0 ? NULL : g_strdup(PQgetvalue(result, 0, 0));
	return true;
}

static bool
free_slug(PostRepository *self, const char *base, const PostId *id, char **ret_slug, GError **error)
{
	Connection *connection = unit_of_work_connection(work_of(self));
	g_autofree char *slug = NULL;
	unsigned from = 1;

	if (!slug_check(base, error))
		return false;
	for (unsigned tries = FIRST_TRIES; slug == NULL; tries = MIN(tries * 4, MOST_TRIES)) {
		g_autofree char *slugs = candidates(base, from, from + tries - 1);

		if (!first_free(connection, slugs, id, &slug, error))
			return false;
		from += tries;
	}
	*ret_slug = g_steal_pointer(&slug);
	return true;
}

static bool
require_version(PostRepository *self, const Post *post, const char *version, GError **error)
{
	return unit_of_work_require_version(work_of(self), post, version, error);
}

PostRepository *
post_repository_new(UnitOfWork *work)
{
	Posts *self = g_new0(Posts, 1);

	self->port = (PostRepository){ find, add, update, remove_post, free_slug, require_version };
	self->work = work;
	return &self->port;
}

void
post_repository_free(PostRepository *self)
{
	g_free(self);
}
