#include "persistence/configurations/post_tags.h"
#include "persistence/table_configuration.h"

#include "domain/post.h"
#include "domain/values.h"

typedef struct PostRecord {
	Uuid id;
	Uuid author_id;
	char *title;
	char *slug;
	char *content;
	char *excerpt;
	char *state_type;
	Timestamp published_at;
	Timestamp archived_at;
	Timestamp created_at;
	Timestamp updated_at;
	char *tags; /* a json array of names */
} PostRecord;

#define PLACE(field) .offset = offsetof(PostRecord, field)

static const ColumnDef columns[] = {
	{ "id", COLUMN_UUID, COLUMN_KEY, CLASS_PUBLIC, 0, PLACE(id) },
	{ "author_id", COLUMN_UUID, 0, CLASS_PUBLIC, 0, PLACE(author_id) },
	{ "title", COLUMN_TEXT, 0, CLASS_PUBLIC, TITLE_MAX_LENGTH, PLACE(title) },
	{ "slug", COLUMN_TEXT, 0, CLASS_PUBLIC, SLUG_MAX_LENGTH, PLACE(slug) },
	{ "content", COLUMN_TEXT, 0, CLASS_PUBLIC, 0, PLACE(content) },
	{ "excerpt", COLUMN_TEXT, COLUMN_NULLABLE, CLASS_PUBLIC, EXCERPT_MAX_LENGTH, PLACE(excerpt) },
	{ "state_type", COLUMN_TEXT, 0, CLASS_PUBLIC, 20, PLACE(state_type) },
	{ "published_at", COLUMN_TIMESTAMP, COLUMN_NULLABLE, CLASS_PUBLIC, 0, PLACE(published_at) },
	{ "archived_at", COLUMN_TIMESTAMP, COLUMN_NULLABLE, CLASS_PUBLIC, 0, PLACE(archived_at) },
	{ "created_at", COLUMN_TIMESTAMP, 0, CLASS_PUBLIC, 0, PLACE(created_at) },
	{ "updated_at", COLUMN_TIMESTAMP, 0, CLASS_PUBLIC, 0, PLACE(updated_at) },
	/* Ids of tags rise with time, so this is the order in which names first came up. */
	{ "tags", COLUMN_TEXT, COLUMN_NULLABLE | COLUMN_SERVER, CLASS_PUBLIC, 0, PLACE(tags),
	    "(SELECT json_agg(t.name ORDER BY t.id)::text FROM post_tags pt JOIN tags t ON t.id = pt.tag_id"
	    " WHERE pt.post_id = posts.id)" },
	{ 0 },
};

static bool
from_record(const void *data, void **ret_aggregate, GError **error)
{
	const PostRecord *record = data;
	g_autoptr(Post) post = g_new0(Post, 1);

	if (!post_state_from_columns(
		record->state_type, record->published_at, record->archived_at, &post->state, error) ||
	    !tags_from_json(record->tags, &post->tags, error)) {
		g_autofree char *id = uuid_to_string(&record->id);

		g_prefix_error(error, "post '%s' is corrupt: ", id);
		return false;
	}
	post->id.value = record->id;
	post->author_id.value = record->author_id;
	post->title = g_strdup(record->title);
	post->slug = g_strdup(record->slug);
	post->content = g_strdup(record->content);
	post->excerpt = g_strdup(record->excerpt);
	post->created_at = record->created_at;
	post->updated_at = record->updated_at;
	*ret_aggregate = g_steal_pointer(&post);
	return true;
}

static void
to_record(const void *aggregate, void *data)
{
	const Post *post = aggregate;
	PostRecord *record = data;
	const char *state_type;

	*record = (PostRecord){
		.id = post->id.value,
		.author_id = post->author_id.value,
		.title = g_strdup(post->title),
		.slug = g_strdup(post->slug),
		.content = g_strdup(post->content),
		.excerpt = g_strdup(post->excerpt),
		.created_at = post->created_at,
		.updated_at = post->updated_at,
		.tags = tags_to_json(post->tags),
	};
	post_state_to_columns(&post->state, &state_type, &record->published_at, &record->archived_at);
	record->state_type = g_strdup(state_type);
}

static void
write_parts(const void *before, const void *after, GPtrArray *statements)
{
	const PostRecord *old = before;
	const PostRecord *new = after;

	tags_write(&new->id, old == NULL ? NULL : old->tags, new->tags, statements);
}

static void
free_aggregate(void *aggregate)
{
	post_free(aggregate);
}

static GPtrArray *
take_events(void *aggregate)
{
	Post *post = aggregate;

	return g_steal_pointer(&post->events);
}

const TableConfiguration posts_table = {
	.table = "posts",
	.noun = "post",
	.columns = columns,
	.record_size = sizeof(PostRecord),
	.from_record = from_record,
	.to_record = to_record,
	.free_aggregate = free_aggregate,
	.take_events = take_events,
	.write_parts = write_parts,
};
