#include "workbench.h"

#include "base/error.h"
#include "domain/post.h"
#include "domain/user.h"
#include "persistence/table_configuration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "work"

static Cluster *cluster;
static Workbench *bench;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	bench = workbench_open(cluster, DATABASE);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&bench, workbench_close);
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static char *answer(const char *format, ...) G_GNUC_PRINTF(1, 2);

static char *
answer(const char *format, ...)
{
	g_autofree char *sql = NULL;
	va_list args;

	va_start(args, format);
	sql = g_strdup_vprintf(format, args);
	va_end(args);
	return cluster_query_text(cluster, DATABASE, sql);
}

static void
assert_answer(const char *sql, const char *expected)
{
	g_autofree char *text = cluster_query_text(cluster, DATABASE, sql);

	assert_string_equal(text, expected);
}

static void
assert_done(const Work *work)
{
	if (work->error != NULL)
		fail_msg("%s", work->error->message);
}

/* Who and what the tests below work on, each for itself. */
typedef struct Things {
	const char *email;
	const char *title;
	const char *new_title;
	UserId user;
	PostId post;
} Things;

static bool
add_post(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	User *user;
	Post *post;

	if (!user_register(things->email, "Ada Ätsch", USER_ROLE_AUTHOR, run->now, &user, error))
		return false;
	run->session->users->add(run->session->users, user);
	if (!post_write(&user->id, things->title, NULL, "it's \"content\"\n", NULL, run->now, &post, error))
		return false;
	run->session->posts->add(run->session->posts, post);
	things->user = user->id;
	things->post = post->id;
	return post_tag(post, "zeta", run->now, error) && post_tag(post, "alpha", run->now, error);
}

static void
make(Things *things)
{
	g_autoptr(Work) work = workbench_run(bench, NULL, add_post, things);

	assert_done(work);
}

static void
every_configured_column_is_in_the_schema_with_its_length(void **state)
{
	(void)state;
	for (size_t i = 0; configured_tables[i] != NULL; i++) {
		const TableConfiguration *table = configured_tables[i];

		for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
			g_autofree char *found = NULL;
			g_autofree char *expected = g_strdup_printf("%d|%s", column->max_length,
			    (column->flags & COLUMN_NULLABLE) != 0 ? "YES" : "NO");

			if (column->expression != NULL)
				continue;
			found = answer(
			    "SELECT coalesce(character_maximum_length, 0), is_nullable FROM"
			    " information_schema.columns WHERE table_name = '%s' AND column_name = '%s'",
			    table->table, column->name);
			if (!g_str_equal(found, expected))
				fail_msg(
				    "%s.%s is '%s', not '%s'", table->table, column->name, found, expected);
		}
	}
}

static bool
retitle(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	PostRepository *posts = run->session->posts;
	Post *post;

	if (!posts->find(posts, &things->post, &post, error))
		return false;
	posts->update(posts, post);
	return post_edit(post, &(PostEdit){ .title = things->new_title }, run->now, error) &&
	    post_untag(post, "zeta", run->now, error) && post_tag(post, "beta", run->now, error);
}

static void
an_update_writes_only_what_changed(void **state)
{
	Things things = {
		.email = "changed@example.org", .title = "Some title", .new_title = "Another title"
	};
	g_autoptr(Work) dry = NULL;
	g_autoptr(Work) work = NULL;
	g_autofree char *id = NULL;
	const char *update;
	g_autofree char *row = NULL;
	g_autofree char *tags = NULL;

	(void)state;
	make(&things);
	id = uuid_to_string(&things.post.value);
	dry = workbench_run(bench, &(WorkOptions){ .dry_run = true }, retitle, &things);
	assert_done(dry);
	update = g_ptr_array_index(dry->run->statements, 0);
	assert_true(g_str_has_prefix(update,
	    "UPDATE posts SET title = $1, slug = $2, updated_at = $3 WHERE id = $4 AND xmin::text = $5 -- "
	    "$1 = 'Another title', $2 = 'another-title', "));
	work = workbench_run(bench, NULL, retitle, &things);
	assert_done(work);
	row = answer("SELECT title, slug, content FROM posts WHERE id = '%s'", id);
	assert_string_equal(row, "Another title|another-title|it's \"content\"\n");
	tags = answer(
	    "SELECT string_agg(t.name, ',' ORDER BY t.name) FROM post_tags JOIN tags t ON t.id = tag_id"
	    " WHERE post_id = '%s'",
	    id);
	assert_string_equal(tags, "alpha,beta");
}

static void
a_change_names_columns_with_before_and_after(void **state)
{
	static const char *const expected[] = { "title", "Old name", "New name", "slug", "old-name",
		"new-name", "updated_at", NULL, NULL, "tags", "[\"zeta\", \"alpha\"]",
		"[\"alpha\", \"beta\"]" };
	Things things = { .email = "image@example.org", .title = "Old name", .new_title = "New name" };
	g_autoptr(Work) dry = NULL;
	const Change *change;

	(void)state;
	make(&things);
	dry = workbench_run(bench, &(WorkOptions){ .dry_run = true }, retitle, &things);
	assert_done(dry);
	assert_int_equal(dry->run->changes->len, 1);
	change = g_ptr_array_index(dry->run->changes, 0);
	assert_string_equal(change->table, "posts");
	assert_int_equal(change->columns->len, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		if (expected[i] != NULL)
			assert_string_equal(g_ptr_array_index(change->columns, i), expected[i]);
	}
}

static bool
change_behind_its_back(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	g_autofree char *id = uuid_to_string(&things->post.value);
	g_autofree char *sql = g_strdup_printf("UPDATE posts SET excerpt = 'theirs' WHERE id = '%s'", id);
	Post *post;

	if (!run->session->posts->find(run->session->posts, &things->post, &post, error))
		return false;
	cluster_execute(cluster, DATABASE, sql);
	run->session->posts->update(run->session->posts, post);
	return post_edit(post, &(PostEdit){ .content = "mine" }, run->now, error);
}

static void
a_row_that_someone_else_changed_is_a_concurrency_error(void **state)
{
	Things things = { .email = "stale@example.org", .title = "Stale" };
	g_autoptr(Work) work = NULL;
	g_autofree char *id = NULL;
	g_autofree char *row = NULL;

	(void)state;
	make(&things);
	id = uuid_to_string(&things.post.value);
	work = workbench_run(bench, NULL, change_behind_its_back, &things);
	assert_true(sb_error_is(work->error, SB_ERROR_CONCURRENCY));
	assert_non_null(strstr(work->error->message, id));
	assert_false(work->run->committed);
	row = answer("SELECT content, excerpt FROM posts WHERE id = '%s'", id);
	assert_string_equal(row, "it's \"content\"\n|theirs");
}

static bool
remove_post(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	PostRepository *posts = run->session->posts;
	Post *post;
	Post *gone;
	g_autoptr(GError) missing = NULL;

	if (!posts->find(posts, &things->post, &post, error) || !post_delete(post, run->now, error))
		return false;
	posts->remove(posts, post);
	assert_false(posts->find(posts, &things->post, &gone, &missing));
	assert_true(sb_error_is(missing, SB_ERROR_NOT_FOUND));
	return true;
}

static void
a_removed_post_is_gone_with_its_tags(void **state)
{
	Things things = { .email = "removed@example.org", .title = "Removed" };
	g_autoptr(Work) work = NULL;
	g_autofree char *id = NULL;
	g_autofree char *left = NULL;
	g_autofree char *event = NULL;

	(void)state;
	make(&things);
	id = uuid_to_string(&things.post.value);
	work = workbench_run(bench, NULL, remove_post, &things);
	assert_done(work);
	left = answer(
	    "SELECT (SELECT count(*) FROM posts WHERE id = '%s') + (SELECT count(*) FROM post_tags WHERE"
	    " post_id = '%s')",
	    id, id);
	assert_string_equal(left, "0");
	event = answer("SELECT type FROM outbox_messages WHERE aggregate_id = '%s'", id);
	assert_string_equal(event, "post.deleted.v1");
}

static void
a_taken_email_is_a_conflict_at_save(void **state)
{
	Things things = { .email = "taken@example.org", .title = "First of two" };
	Things again = { .email = "Taken@example.org", .title = "Second of two" };
	g_autoptr(Work) work = NULL;

	(void)state;
	make(&things);
	work = workbench_run(bench, NULL, add_post, &again);
	assert_true(sb_error_is(work->error, SB_ERROR_CONFLICT));
	assert_string_equal(sb_error_constraint(work->error), "uq_users_email");
	assert_answer("SELECT count(*) FROM posts WHERE slug = 'second-of-two'", "0");
}

static bool
set_password(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	User *user;

	if (!run->session->users->find(run->session->users, &things->user, &user, error))
		return false;
	run->session->users->update(run->session->users, user);
	return user_set_password_hash(user, "$argon2id$secret", run->now, error);
}

static void
a_password_is_written_and_never_shown(void **state)
{
	Things things = { .email = "secret@example.org", .title = "Secret" };
	g_autoptr(Work) dry = NULL;
	g_autoptr(Work) work = NULL;

	(void)state;
	make(&things);
	dry = workbench_run(bench, &(WorkOptions){ .dry_run = true }, set_password, &things);
	assert_done(dry);
	for (guint i = 0; i < dry->run->statements->len; i++)
		assert_null(strstr(g_ptr_array_index(dry->run->statements, i), "argon2id"));
	work = workbench_run(bench, NULL, set_password, &things);
	assert_done(work);
	assert_string_equal(
	    g_ptr_array_index(((Change *)g_ptr_array_index(work->run->changes, 0))->columns, 2), "***");
	assert_answer(
	    "SELECT password_hash FROM users WHERE email = 'secret@example.org'", "$argon2id$secret");
	assert_answer("SELECT count(*) FROM audit_entries WHERE audit_entries::text LIKE '%argon2id%'", "0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_configured_column_is_in_the_schema_with_its_length),
		cmocka_unit_test(an_update_writes_only_what_changed),
		cmocka_unit_test(a_change_names_columns_with_before_and_after),
		cmocka_unit_test(a_row_that_someone_else_changed_is_a_concurrency_error),
		cmocka_unit_test(a_removed_post_is_gone_with_its_tags),
		cmocka_unit_test(a_taken_email_is_a_conflict_at_save),
		cmocka_unit_test(a_password_is_written_and_never_shown),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
