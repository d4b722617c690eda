#include "infrastructure/persistence/table_configuration.h"

#include "base/error.h"
#include "domain/post.h"
#include "domain/user.h"
#include "domain/values.h"
#include "infrastructure/persistence/configurations/post_tags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ROUNDS 500

static GRand *chance;

static int
seed(void **state)
{
	(void)state;
	chance = g_rand_new_with_seed(20261121);
	return 0;
}

static int
unseed(void **state)
{
	(void)state;
	g_rand_free(chance);
	return 0;
}

static Timestamp
any_time(void)
{
	return (Timestamp)g_rand_int_range(chance, 1, G_MAXINT32) * DURATION_SECOND +
	    g_rand_int_range(chance, 0, 1000000);
}

static bool
one_of_two(void)
{
	return g_rand_boolean(chance);
}

/* Words, quotes, back slashes, line feeds and characters of every width. */
static char *
any_text(void)
{
	static const char *const pieces[] = { "a", "Zug ", "ä", "'", "\"", "\\", "\n", "\t", "信号", "🚂", "{",
		"," };
	GString *text = g_string_new("x");

	for (int left = g_rand_int_range(chance, 0, 12); left > 0; left--)
		g_string_append(text, pieces[g_rand_int_range(chance, 0, G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

static User *
any_user(void)
{
	User *user = g_new0(User, 1);

	user->id.value = uuid_v7();
	user->email = any_text();
	user->display_name = any_text();
	user->password_hash = one_of_two() ? any_text() : NULL;
	user->role = (UserRole)g_rand_int_range(chance, USER_ROLE_MEMBER, USER_ROLE_ADMIN + 1);
	user->state.type = (UserStateType)g_rand_int_range(chance, USER_ACTIVE, USER_ERASED + 1);
	user->state.deactivated_at = user->state.type == USER_DEACTIVATED ? any_time() : 0;
	user->state.erased_at = user->state.type == USER_ERASED ? any_time() : 0;
	user->created_at = any_time();
	user->updated_at = any_time();
	user->last_login_at = one_of_two() ? any_time() : 0;
	return user;
}

static Post *
any_post(void)
{
	Post *post = g_new0(Post, 1);

	post->id.value = uuid_v7();
	post->author_id.value = uuid_v7();
	post->title = any_text();
	post->slug = any_text();
	post->content = any_text();
	post->excerpt = one_of_two() ? any_text() : NULL;
	post->state.type = (PostStateType)g_rand_int_range(chance, POST_DRAFT, POST_ARCHIVED + 1);
	if (post->state.type == POST_PUBLISHED)
		post->state.published.published_at = any_time();
	if (post->state.type == POST_ARCHIVED) {
		post->state.archived.archived_at = any_time();
		post->state.archived.published_at = one_of_two() ? any_time() : 0;
	}
	post->tags = g_ptr_array_new_with_free_func(g_free);
	for (int left = g_rand_int_range(chance, 0, POST_MAX_TAGS + 1); left > 0; left--)
		g_ptr_array_add(post->tags, any_text());
	post->created_at = any_time();
	post->updated_at = any_time();
	return post;
}

/* Aggregate -> record -> aggregate -> record: both records say the same in every column. */
static void
assert_round_trip(const TableConfiguration *table, const void *aggregate)
{
	g_autofree void *first = g_malloc0(table->record_size);
	g_autofree void *second = g_malloc0(table->record_size);
	g_autoptr(GError) error = NULL;
	void *copy = NULL;

	table->to_record(aggregate, first);
	assert_true(table->from_record(first, &copy, &error));
	table->to_record(copy, second);
	for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
		g_autofree char *before = column_text(column, first);
		g_autofree char *after = column_text(column, second);

		if (g_strcmp0(before, after) != 0)
			fail_msg("%s.%s: '%s' became '%s'", table->table, column->name, before, after);
	}
	table_clear_record(table, first);
	table_clear_record(table, second);
	table->free_aggregate(copy);
}

static void
a_user_survives_its_record(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		g_autoptr(User) user = any_user();
		g_autofree void *record = g_malloc0(users_table.record_size);
		void *data = NULL;
		User *copy;

		assert_round_trip(&users_table, user);
		users_table.to_record(user, record);
		assert_true(users_table.from_record(record, &data, NULL));
		copy = data;
		assert_true(uuid_equal(&copy->id.value, &user->id.value));
		assert_string_equal(copy->email, user->email);
		assert_string_equal(copy->display_name, user->display_name);
		assert_int_equal(copy->role, user->role);
		assert_memory_equal(&copy->state, &user->state, sizeof(user->state));
		assert_true(copy->created_at == user->created_at && copy->updated_at == user->updated_at);
		assert_true(copy->last_login_at == user->last_login_at);
		table_clear_record(&users_table, record);
		user_free(copy);
	}
}

static void
a_post_survives_its_record_with_its_tags(void **state)
{
	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		g_autoptr(Post) post = any_post();
		g_autofree void *record = g_malloc0(posts_table.record_size);
		void *data = NULL;
		Post *copy;

		assert_round_trip(&posts_table, post);
		posts_table.to_record(post, record);
		assert_true(posts_table.from_record(record, &data, NULL));
		copy = data;
		assert_true(uuid_equal(&copy->author_id.value, &post->author_id.value));
		assert_string_equal(copy->title, post->title);
		assert_string_equal(copy->content, post->content);
		assert_int_equal(copy->state.type, post->state.type);
		assert_int_equal(copy->tags->len, post->tags->len);
		for (guint i = 0; i < post->tags->len; i++)
			assert_string_equal(copy->tags->pdata[i], post->tags->pdata[i]);
		table_clear_record(&posts_table, record);
		post_free(copy);
	}
}

/* Sets a text column of a record that an aggregate gave. */
static void
set_text(const TableConfiguration *table, void *record, const char *name, const char *value)
{
	char **text = (char **)(void *)((char *)record + table_column(table, name)->offset);

	g_free(*text);
	*text = g_strdup(value);
}

static void
an_impossible_row_is_corrupt_and_named(void **state)
{
	static const struct {
		const TableConfiguration *table;
		const char *column;
		const char *value;
	} rows[] = {
		{ &users_table, "role", "Emperor" },
		{ &users_table, "state_type", "Asleep" },
		{ &posts_table, "state_type", "Lost" },
		{ &posts_table, "tags", "not json" },
		{ &posts_table, "tags", "[1]" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const TableConfiguration *table = rows[i].table;
		g_autofree void *record = g_malloc0(table->record_size);
		void *aggregate = table == &users_table ? (void *)any_user() : (void *)any_post();
		g_autoptr(GError) error = NULL;
		g_autofree char *id = NULL;
		void *copy = NULL;

		table->to_record(aggregate, record);
		id = column_text(table_key(table), record);
		set_text(table, record, rows[i].column, rows[i].value);
		assert_false(table->from_record(record, &copy, &error));
		assert_null(copy);
		assert_true(sb_error_is(error, SB_ERROR_CORRUPT));
		assert_non_null(strstr(error->message, id));
		table_clear_record(table, record);
		table->free_aggregate(aggregate);
	}
}

static void
names_are_snake_case_and_fit_into_an_identifier(void **state)
{
	(void)state;
	for (size_t i = 0; configured_tables[i] != NULL; i++) {
		const TableConfiguration *table = configured_tables[i];

		assert_true(g_regex_match_simple("^[a-z][a-z0-9]*(_[a-z0-9]+)*s$", table->table, 0, 0));
		for (const ColumnDef *column = table->columns; column->name != NULL; column++) {
			assert_true(
			    g_regex_match_simple("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", column->name, 0, 0));
			assert_true(strlen(column->name) < 64);
			assert_ptr_equal(table_column(table, column->name), column);
		}
		assert_ptr_equal(table_configuration_find(table->table), table);
		assert_string_equal(table_key(table)->name, "id");
	}
	assert_null(table_configuration_find("pg_authid"));
}

static void
lengths_are_those_of_the_domain(void **state)
{
	static const struct {
		const TableConfiguration *table;
		const char *column;
		int length;
	} rows[] = {
		{ &users_table, "email", EMAIL_MAX_LENGTH },
		{ &users_table, "display_name", DISPLAY_NAME_MAX_LENGTH },
		{ &posts_table, "title", TITLE_MAX_LENGTH },
		{ &posts_table, "slug", SLUG_MAX_LENGTH },
		{ &posts_table, "excerpt", EXCERPT_MAX_LENGTH },
		{ &posts_table, "content", 0 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(table_column(rows[i].table, rows[i].column)->max_length, rows[i].length);
}

static void
a_restricted_column_is_never_selected(void **state)
{
	(void)state;
	for (size_t i = 0; configured_tables[i] != NULL; i++) {
		g_autofree char *list = table_select_list(configured_tables[i]);

		assert_null(strstr(list, "password"));
		assert_true(g_str_has_suffix(list, "xmin::text AS row_version"));
		for (const ColumnDef *column = configured_tables[i]->columns; column->name != NULL;
		     column++) {
			bool restricted = column->data_class == CLASS_RESTRICTED;

			assert_int_equal(restricted, (column->flags & COLUMN_WRITE_ONLY) != 0);
			assert_int_equal(strstr(list, column->name) == NULL, restricted);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_survives_its_record),
		cmocka_unit_test(a_post_survives_its_record_with_its_tags),
		cmocka_unit_test(an_impossible_row_is_corrupt_and_named),
		cmocka_unit_test(names_are_snake_case_and_fit_into_an_identifier),
		cmocka_unit_test(lengths_are_those_of_the_domain),
		cmocka_unit_test(a_restricted_column_is_never_selected),
	};

	return cmocka_run_group_tests(tests, seed, unseed);
}
