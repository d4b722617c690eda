#include "base/error.h"
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

static void
a_new_post_is_a_draft_with_a_slug_of_its_title(void **state)
{
	UserId author = { .value = uuid_v7() };
	g_autoptr(Post) post = NULL;

	(void)state;
	assert_true(post_write(&author, "  Über Łódź ", NULL, "Text\n", "", NOW, &post, NULL));
	assert_string_equal(post->title, "Über Łódź");
	assert_string_equal(post->slug, "uber-lodz");
	assert_string_equal(post->content, "Text\n");
	assert_null(post->excerpt);
	assert_int_equal(post->state.type, POST_DRAFT);
	assert_int_equal(post->tags->len, 0);
	assert_int_equal(post->created_at, NOW);
	assert_int_equal(post->updated_at, NOW);
	assert_true(uuid_equal(&post->author_id.value, &author.value));
	assert_false(uuid_is_nil(&post->id.value));
	assert_null(post->events);
}

static void
a_post_with_a_bad_value_is_not_written(void **state)
{
	static const struct {
		const char *title, *slug, *content, *excerpt;
		const char *says;
	} rows[] = {
		{ "", NULL, "c", NULL, "title ''" },
		{ "ok", "Not A Slug", "c", NULL, "slug 'Not A Slug'" },
		{ "日本語", NULL, "c", NULL, "--slug" },
		{ "ok", NULL, " \n", NULL, "content" },
		{ "ok", NULL, "c", "two\nlines", "excerpt 'two\nlines'" },
	};
	UserId author = { .value = uuid_v7() };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Post *post = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(post_write(&author, rows[i].title, rows[i].slug, rows[i].content,
		    rows[i].excerpt, NOW, &post, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_non_null(strstr(error->message, rows[i].says));
		assert_null(post);
	}
}

static void
a_title_without_ascii_can_be_written_with_a_slug(void **state)
{
	UserId author = { .value = uuid_v7() };
	g_autoptr(Post) post = NULL;

	(void)state;
	assert_true(post_write(&author, "日本語", "nihongo", "c", NULL, NOW, &post, NULL));
	assert_string_equal(post->slug, "nihongo");
}

static void
an_edit_changes_only_what_it_names(void **state)
{
	static const struct {
		PostEdit edit;
		const char *title, *slug, *content, *excerpt;
	} rows[] = {
		{ { .title = " New " }, "New", "new", "Some content", "An excerpt" },
		{ { .title = "New", .slug = "own" }, "New", "own", "Some content", "An excerpt" },
		{ { .title = "日本語", .slug = "own" }, "日本語", "own", "Some content", "An excerpt" },
		{ { .slug = "own" }, "A title", "own", "Some content", "An excerpt" },
		{ { .content = "New" }, "A title", "a-title", "New", "An excerpt" },
		{ { .excerpt = "New" }, "A title", "a-title", "Some content", "New" },
		{ { .excerpt = "" }, "A title", "a-title", "Some content", NULL },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Post) post = draft();

		assert_true(post_edit(post, &rows[i].edit, NOW, NULL));
		assert_string_equal(post->title, rows[i].title);
		assert_string_equal(post->slug, rows[i].slug);
		assert_string_equal(post->content, rows[i].content);
		assert_int_equal(g_strcmp0(post->excerpt, rows[i].excerpt), 0);
		assert_int_equal(post->updated_at, NOW);
	}
}

static void
the_same_title_again_keeps_a_slug_of_its_own(void **state)
{
	static const PostEdit edit = { .title = "A title" };
	g_autoptr(Post) post = draft();

	(void)state;
	assert_true(post_set_slug(post, "a-title-7", NOW, NULL));
	assert_true(post_edit(post, &edit, NOW, NULL));
	assert_string_equal(post->slug, "a-title-7");
}

static void
an_edit_with_one_bad_value_changes_nothing(void **state)
{
	static const PostEdit edits[] = {
		{ .title = "New", .content = "" },
		{ .title = "New", .content = "New", .excerpt = "\x01" },
		{ .title = "日本語", .content = "New" },
		{ .slug = "-", .content = "New" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(edits); i++) {
		g_autoptr(Post) post = draft();
		g_autofree char *before = picture(post);
		g_autofree char *after = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(post_edit(post, &edits[i], NOW, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		after = picture(post);
		assert_string_equal(before, after);
	}
}

static void
an_eleventh_tag_is_a_conflict(void **state)
{
	g_autoptr(Post) post = draft();
	g_autoptr(GError) error = NULL;

	(void)state;
	for (int i = 1; i < POST_MAX_TAGS; i++) {
		g_autofree char *tag = g_strdup_printf("tag-%d", i);

		assert_true(post_tag(post, tag, EARLIER, NULL));
	}
	assert_false(post_tag(post, "one-more", NOW, &error));
	assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "has 10 tags"));
	assert_int_equal(post->tags->len, POST_MAX_TAGS);
	assert_int_equal(post->updated_at, EARLIER);
}

static void
a_tag_twice_is_a_conflict_however_it_is_written(void **state)
{
	g_autoptr(Post) post = draft();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(post_tag(post, "  FIRST ", NOW, &error));
	assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "already has the tag 'first'"));
	assert_int_equal(post->tags->len, 1);
	assert_int_equal(post->updated_at, WRITTEN_AT);
}

static void
a_tag_that_is_not_there_cannot_be_removed(void **state)
{
	g_autoptr(Post) post = draft();
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(post_untag(post, "second", NOW, &error));
	assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "has no tag 'second'"));
	assert_int_equal(post->tags->len, 1);
	assert_int_equal(post->updated_at, WRITTEN_AT);
}

static void
tags_keep_the_order_they_were_added_in(void **state)
{
	g_autoptr(Post) post = draft();

	(void)state;
	assert_true(post_tag(post, "Second Tag", NOW, NULL));
	assert_true(post_tag(post, "third", NOW, NULL));
	assert_true(post_untag(post, "second tag", NOW, NULL));
	assert_int_equal(post->tags->len, 2);
	assert_string_equal(post->tags->pdata[0], "first");
	assert_string_equal(post->tags->pdata[1], "third");
}

static void
a_tag_that_another_program_wrote_is_the_same_in_any_case(void **state)
{
	g_autoptr(Post) post = draft();

	(void)state;
	g_ptr_array_add(post->tags, g_strdup("Not Normal"));
	g_ptr_array_add(post->tags, g_strdup("News"));
	assert_false(post_tag(post, "news", NOW, NULL));
	assert_true(post_untag(post, "Not Normal", NOW, NULL));
	assert_true(post_untag(post, "news", NOW, NULL));
	assert_int_equal(post->tags->len, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_post_is_a_draft_with_a_slug_of_its_title),
		cmocka_unit_test(a_post_with_a_bad_value_is_not_written),
		cmocka_unit_test(a_title_without_ascii_can_be_written_with_a_slug),
		cmocka_unit_test(an_edit_changes_only_what_it_names),
		cmocka_unit_test(the_same_title_again_keeps_a_slug_of_its_own),
		cmocka_unit_test(an_edit_with_one_bad_value_changes_nothing),
		cmocka_unit_test(an_eleventh_tag_is_a_conflict),
		cmocka_unit_test(a_tag_twice_is_a_conflict_however_it_is_written),
		cmocka_unit_test(a_tag_that_is_not_there_cannot_be_removed),
		cmocka_unit_test(tags_keep_the_order_they_were_added_in),
		cmocka_unit_test(a_tag_that_another_program_wrote_is_the_same_in_any_case),
	};

	return cmocka_run_group_tests_name("post_writing", tests, NULL, NULL);
}
