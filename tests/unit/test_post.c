#include "base/error.h"
#include "domain/event.h"
#include "domain/post.h"
#include "domain/values.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define WRITTEN_AT ((Timestamp)1700000000000000)
#define EARLIER ((Timestamp)1750000000000000)
#define NOW ((Timestamp)1790000000000000)
#define NOW_TEXT "2026-09-21T14:13:20Z"

typedef enum Verb {
	PUBLISH,
	ARCHIVE,
	EDIT,
	SET_SLUG,
	TAG,
	UNTAG,
	DELETE,
} Verb;

typedef struct MatrixRow {
	PostStateType from;
	Verb verb;
	bool allowed;
	PostStateType to;
	const char *event; /* NULL: none */
	const char *event_state;
	const char *event_time; /* its name in the payload */
	const char *refusal;    /* what the message says */
} MatrixRow;

static const MatrixRow matrix[] = {
	{ POST_DRAFT, PUBLISH, true, POST_PUBLISHED, "post.published.v1", "Published", "published_at", NULL },
	{ POST_DRAFT, ARCHIVE, true, POST_ARCHIVED, "post.archived.v1", "Archived", "archived_at", NULL },
	{ POST_DRAFT, EDIT, true, POST_DRAFT, NULL, NULL, NULL, NULL },
	{ POST_DRAFT, SET_SLUG, true, POST_DRAFT, NULL, NULL, NULL, NULL },
	{ POST_DRAFT, TAG, true, POST_DRAFT, NULL, NULL, NULL, NULL },
	{ POST_DRAFT, UNTAG, true, POST_DRAFT, NULL, NULL, NULL, NULL },
	{ POST_DRAFT, DELETE, true, POST_DRAFT, "post.deleted.v1", "Deleted", "deleted_at", NULL },
	{ POST_PUBLISHED, PUBLISH, false, POST_PUBLISHED, NULL, NULL, NULL, "is already published" },
	{ POST_PUBLISHED, ARCHIVE, true, POST_ARCHIVED, "post.archived.v1", "Archived", "archived_at", NULL },
	{ POST_PUBLISHED, EDIT, false, POST_PUBLISHED, NULL, NULL, NULL, "only a draft" },
	{ POST_PUBLISHED, SET_SLUG, false, POST_PUBLISHED, NULL, NULL, NULL, "only a draft" },
	{ POST_PUBLISHED, TAG, false, POST_PUBLISHED, NULL, NULL, NULL, "only a draft" },
	{ POST_PUBLISHED, UNTAG, false, POST_PUBLISHED, NULL, NULL, NULL, "only a draft" },
	{ POST_PUBLISHED, DELETE, false, POST_PUBLISHED, NULL, NULL, NULL, "archive it before" },
	{ POST_ARCHIVED, PUBLISH, false, POST_ARCHIVED, NULL, NULL, NULL, "can't be published" },
	{ POST_ARCHIVED, ARCHIVE, false, POST_ARCHIVED, NULL, NULL, NULL, "is already archived" },
	{ POST_ARCHIVED, EDIT, false, POST_ARCHIVED, NULL, NULL, NULL, "only a draft" },
	{ POST_ARCHIVED, SET_SLUG, false, POST_ARCHIVED, NULL, NULL, NULL, "only a draft" },
	{ POST_ARCHIVED, TAG, false, POST_ARCHIVED, NULL, NULL, NULL, "only a draft" },
	{ POST_ARCHIVED, UNTAG, false, POST_ARCHIVED, NULL, NULL, NULL, "only a draft" },
	{ POST_ARCHIVED, DELETE, true, POST_ARCHIVED, "post.deleted.v1", "Deleted", "deleted_at", NULL },
};

static Post *
draft(void)
{
	UserId author = { .value = uuid_v7() };
	g_autoptr(GError) error = NULL;
	Post *post = NULL;

	assert_true(
	    post_write(&author, "A title", NULL, "Some content", "An excerpt", WRITTEN_AT, &post, &error));
	assert_null(error);
	assert_true(post_tag(post, "first", WRITTEN_AT, &error));
	return post;
}

/* By columns, as a repository does it: the verbs under test are not the way there. */
static Post *
post_in(PostStateType type)
{
	Post *post = draft();
	Timestamp published_at = type == POST_DRAFT ? 0 : EARLIER;
	Timestamp archived_at = type == POST_ARCHIVED ? EARLIER + 1 : 0;

	assert_true(
	    post_state_from_columns(post_state_names[type], published_at, archived_at, &post->state, NULL));
	return post;
}

static bool
act(Post *post, Verb verb, GError **error)
{
	static const PostEdit edit = { .title = "Another title", .content = "Other content" };

	switch (verb) {
	case PUBLISH: return post_publish(post, NOW, error);
	case ARCHIVE: return post_archive(post, NOW, error);
	case EDIT: return post_edit(post, &edit, NOW, error);
	case SET_SLUG: return post_set_slug(post, "a-title-2", NOW, error);
	case TAG: return post_tag(post, "second", NOW, error);
	case UNTAG: return post_untag(post, "first", NOW, error);
	case DELETE: return post_delete(post, NOW, error);
	}
	return false;
}

/* All that a post holds, so that "nothing changed" is one comparison. */
static char *
picture(const Post *post)
{
	GString *text = g_string_new(NULL);
	const char *state_type;
	Timestamp published_at, archived_at;

	post_state_to_columns(&post->state, &state_type, &published_at, &archived_at);
	g_string_printf(text, "%s|%s|%s|%s|%s|%ld|%ld|%ld|%ld|%u", post->title, post->slug, post->content,
	    post->excerpt == NULL ? "(none)" : post->excerpt, state_type, (long)published_at,
	    (long)archived_at, (long)post->created_at, (long)post->updated_at,
	    post->events == NULL ? 0 : post->events->len);
	for (guint i = 0; i < post->tags->len; i++)
		g_string_append_printf(text, "|%s", (char *)post->tags->pdata[i]);
	return g_string_free(text, FALSE);
}

static const char *
payload_value(const DomainEvent *event, const char *name)
{
	for (char **pair = event->payload; *pair != NULL; pair += 2) {
		if (g_str_equal(pair[0], name))
			return pair[1];
	}
	return NULL;
}

static void
assert_event(const Post *post, const MatrixRow *row)
{
	const DomainEvent *event;
	g_autofree char *topic = NULL;
	g_autofree char *id = uuid_to_string(&post->id.value);
	g_autofree char *author_id = uuid_to_string(&post->author_id.value);

	if (row->event == NULL) {
		assert_null(post->events);
		return;
	}
	assert_int_equal(post->events->len, 1);
	event = post->events->pdata[0];
	topic = domain_event_topic(event);
	assert_string_equal(event->type, row->event);
	assert_string_equal(topic, "post");
	assert_string_equal(event->aggregate_type, "post");
	assert_true(uuid_equal(&event->aggregate_id, &post->id.value));
	assert_int_equal(event->occurred_at, NOW);
	assert_int_equal(g_strv_length(event->payload), 8);
	assert_string_equal(payload_value(event, "post_id"), id);
	assert_string_equal(payload_value(event, "author_id"), author_id);
	assert_string_equal(payload_value(event, "state"), row->event_state);
	assert_string_equal(payload_value(event, row->event_time), NOW_TEXT);
}

static void
every_verb_in_every_state_does_what_the_matrix_says(void **state)
{
	(void)state;
	assert_int_equal(G_N_ELEMENTS(matrix), 3 * (DELETE + 1));
	for (size_t i = 0; i < G_N_ELEMENTS(matrix); i++) {
		const MatrixRow *row = &matrix[i];
		g_autoptr(Post) post = post_in(row->from);
		g_autofree char *before = picture(post);
		g_autofree char *after = NULL;
		g_autoptr(GError) error = NULL;

		assert_int_equal(act(post, row->verb, &error), row->allowed);
		after = picture(post);
		assert_int_equal(post->state.type, row->to);
		if (row->allowed) {
			assert_null(error);
			assert_int_equal(post->updated_at, NOW);
			assert_event(post, row);
		} else {
			g_autofree char *id = uuid_to_string(&post->id.value);

			assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
			assert_non_null(strstr(error->message, id));
			assert_non_null(strstr(error->message, row->refusal));
			assert_string_equal(before, after);
			assert_null(post->events);
		}
	}
}

static void
publishing_sets_the_time_and_archiving_keeps_it(void **state)
{
	g_autoptr(Post) post = draft();

	(void)state;
	assert_true(post_publish(post, EARLIER, NULL));
	assert_int_equal(post->state.published.published_at, EARLIER);
	assert_true(post_archive(post, NOW, NULL));
	assert_int_equal(post->state.archived.published_at, EARLIER);
	assert_int_equal(post->state.archived.archived_at, NOW);
	assert_int_equal(post->events->len, 2);
}

static void
an_archived_draft_was_never_published(void **state)
{
	g_autoptr(Post) post = draft();

	(void)state;
	assert_true(post_archive(post, NOW, NULL));
	assert_int_equal(post->state.archived.published_at, 0);
}

static void
only_the_states_of_ck_posts_state_are_read(void **state)
{
	static const struct {
		const char *state_type;
		Timestamp published_at, archived_at;
		bool possible;
	} rows[] = {
		{ "Draft", 0, 0, true },
		{ "Draft", 1, 0, false },
		{ "Draft", 0, 1, false },
		{ "Draft", 1, 1, false },
		{ "Published", 0, 0, false },
		{ "Published", 1, 0, true },
		{ "Published", 0, 1, false },
		{ "Published", 1, 2, false },
		{ "Archived", 0, 0, false },
		{ "Archived", 1, 0, false },
		{ "Archived", 0, 1, true },
		{ "Archived", 1, 2, true },
		{ "draft", 0, 0, false },
		{ "", 0, 0, false },
		{ NULL, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		PostState read = { 0 };
		const char *state_type = NULL;
		Timestamp published_at = -1, archived_at = -1;
		g_autoptr(GError) error = NULL;

		assert_int_equal(post_state_from_columns(rows[i].state_type, rows[i].published_at,
				     rows[i].archived_at, &read, &error),
		    rows[i].possible);
		if (!rows[i].possible) {
			assert_true(sb_error_is(error, SB_ERROR_CORRUPT));
			continue;
		}
		post_state_to_columns(&read, &state_type, &published_at, &archived_at);
		assert_string_equal(state_type, rows[i].state_type);
		assert_int_equal(published_at, rows[i].published_at);
		assert_int_equal(archived_at, rows[i].archived_at);
	}
}

static void
freeing_nothing_is_fine(void **state)
{
	(void)state;
	post_free(NULL);
	domain_event_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_in_every_state_does_what_the_matrix_says),
		cmocka_unit_test(publishing_sets_the_time_and_archiving_keeps_it),
		cmocka_unit_test(an_archived_draft_was_never_published),
		cmocka_unit_test(only_the_states_of_ck_posts_state_are_read),
		cmocka_unit_test(freeing_nothing_is_fine),
	};

	return cmocka_run_group_tests_name("post", tests, NULL, NULL);
}
