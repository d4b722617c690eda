#include "workbench.h"

#include "base/error.h"
#include "domain/post.h"
#include "domain/user.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "repositories"

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

static bool
find_again(CommandRun *run, gpointer data, GError **error)
{
	Things *things = data;
	UserRepository *users = run->session->users;
	PostRepository *posts = run->session->posts;
	User *user;
	User *same_user;
	Post *post;
	Post *same_post;

	if (!users->find(users, &things->user, &user, error) ||
	    !users->find_by_email(users, "ROUND@Example.ORG", &same_user, error) ||
	    !posts->find(posts, &things->post, &post, error) ||
	    !posts->find(posts, &things->post, &same_post, error))
		return false;
	assert_ptr_equal(user, same_user);
	assert_ptr_equal(post, same_post);
	assert_string_equal(user->email, things->email);
	assert_string_equal(user->display_name, "Ada Ätsch");
	assert_int_equal(user->role, USER_ROLE_AUTHOR);
	assert_null(user->password_hash);
	assert_string_equal(post->title, things->title);
	assert_string_equal(post->slug, "round-trip");
	assert_string_equal(post->content, "it's \"content\"\n");
	assert_null(post->excerpt);
	assert_true(uuid_equal(&post->author_id.value, &user->id.value));
	assert_int_equal(post->state.type, POST_DRAFT);
	assert_true(post->created_at == user->created_at && post->created_at > 0);
	assert_int_equal(post->tags->len, 2);
	assert_string_equal(post->tags->pdata[0], "zeta");
	assert_string_equal(post->tags->pdata[1], "alpha");
	return true;
}

static void
what_was_added_is_found_again_once(void **state)
{
	Things things = { .email = "round@example.org", .title = "Round trip" };
	g_autoptr(Work) work = NULL;

	(void)state;
	make(&things);
	work = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, find_again, &things);
	assert_done(work);
}

static bool
find_nobody(CommandRun *run, gpointer data, GError **error)
{
	User *user;

	return run->session->users->find(run->session->users, data, &user, error);
}

static void
what_is_not_there_is_named(void **state)
{
	UserId nobody = { uuid_v7() };
	g_autofree char *id = uuid_to_string(&nobody.value);
	g_autoptr(Work) work =
	    workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, find_nobody, &nobody);
	g_autofree char *expected = g_strdup_printf("no user '%s'", id);

	(void)state;
	assert_true(sb_error_is(work->error, SB_ERROR_NOT_FOUND));
	assert_string_equal(work->error->message, expected);
}

static bool
find_free_slug(CommandRun *run, gpointer data, GError **error)
{
	char **slug = data;
	PostId mine = { uuid_v7() };

	return run->session->posts->free_slug(run->session->posts, "busy", &mine, slug, error);
}

static void
a_taken_slug_gets_the_first_free_number(void **state)
{
	Things things = { .email = "busy@example.org", .title = "Busy" };
	g_autofree char *slug = NULL;
	g_autofree char *later = NULL;
	g_autoptr(Work) work = NULL;
	g_autoptr(Work) again = NULL;

	(void)state;
	make(&things);
	work = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, find_free_slug, &slug);
	assert_done(work);
	assert_string_equal(slug, "busy-2");
	cluster_execute(cluster, DATABASE,
	    "INSERT INTO posts (id, author_id, title, slug) SELECT gen_random_uuid(), (SELECT id FROM users "
	    "WHERE email"
	    " = 'busy@example.org'), 'x', 'busy-' || n FROM generate_series(2, 200) AS n WHERE n <> 150");
	again = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, find_free_slug, &later);
	assert_done(again);
	assert_string_equal(later, "busy-150");
}

static void
a_corrupt_row_is_an_error_with_its_id(void **state)
{
	Things things = { .email = "corrupt@example.org", .title = "Corrupt" };
	g_autoptr(Work) work = NULL;
	g_autofree char *id = NULL;

	(void)state;
	make(&things);
	id = uuid_to_string(&things.user.value);
	cluster_execute(
	    cluster, DATABASE, "UPDATE users SET role = 'Emperor' WHERE email = 'corrupt@example.org'");
	work = workbench_run(bench, &(WorkOptions){ .effect = EFFECT_READ }, find_nobody, &things.user);
	assert_true(sb_error_is(work->error, SB_ERROR_CORRUPT));
	assert_non_null(strstr(work->error->message, id));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_found_again_once),
		cmocka_unit_test(what_is_not_there_is_named),
		cmocka_unit_test(a_taken_slug_gets_the_first_free_number),
		cmocka_unit_test(a_corrupt_row_is_an_error_with_its_id),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
