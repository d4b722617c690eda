#include "connection_fixture.h"

#define AUTHOR "'01900000-0000-7000-8000-000000000001'"
#define POST "'01900000-0000-7000-8000-000000000002'"
#define NOBODY "'01900000-0000-7000-8000-00000000dead'"

static int
fixture_fill(void **state)
{
	int failed = fixture_start(state);

	cluster_execute(cluster, DATABASE,
	    "INSERT INTO users (id, email, display_name, role) VALUES (" AUTHOR
	    ", 'Ada@Example.org', 'Ada', 'Admin');"
	    "INSERT INTO posts (id, author_id, title, slug, content) VALUES (" POST ", " AUTHOR
	    ", 'One', 'one', 'text');"
	    "INSERT INTO tags (id, name) VALUES (gen_random_uuid(), 'News')");
	return failed;
}

typedef struct ErrorCase {
	const char *sql;
	SbErrorCode code;
	const char *sqlstate;
	const char *constraint;
	const char *message;
} ErrorCase;

static void
assert_cases(const ErrorCase *cases, size_t count)
{
	g_autoptr(Connection) connection = open_connection();

	for (size_t i = 0; i < count; i++) {
		g_autoptr(GError) error = error_of(connection, cases[i].sql);

		assert_error(error, cases[i].code);
		assert_string_equal(sb_error_sqlstate(error), cases[i].sqlstate);
		assert_string_equal(sb_error_constraint(error), cases[i].constraint);
		assert_string_equal(error->message, cases[i].message);
		assert_usable(connection);
	}
}

static void
a_violated_constraint_is_a_sentence_with_its_value(void **state)
{
	static const ErrorCase cases[] = {
		{ "INSERT INTO users (id, email, display_name, role) VALUES (gen_random_uuid(), "
		  "'ADA@example.org', 'A',"
		  " 'Admin')",
		    SB_ERROR_CONFLICT, "23505", "uq_users_email", "email 'ada@example.org' is taken" },
		{ "INSERT INTO posts (id, author_id, title, slug, content) VALUES (gen_random_uuid(), " AUTHOR
		  ", 'x', 'one', 'x')",
		    SB_ERROR_CONFLICT, "23505", "uq_posts_slug", "slug 'one' is taken" },
		{ "INSERT INTO tags (id, name) VALUES (gen_random_uuid(), 'NEWS')", SB_ERROR_CONFLICT,
		    "23505", "uq_tags_name", "tag 'news' exists already" },
		{ "INSERT INTO posts (id, author_id, title, slug, content) VALUES (gen_random_uuid(), " NOBODY
		  ", 'x', 'x', 'x')",
		    SB_ERROR_NOT_FOUND, "23503", "fk_posts_users_author_id",
		    "no user '01900000-0000-7000-8000-00000000dead'" },
		{ "DELETE FROM users WHERE id = " AUTHOR, SB_ERROR_CONFLICT, "23503",
		    "fk_posts_users_author_id",
		    "user '01900000-0000-7000-8000-000000000001' still has posts" },
		{ "UPDATE posts SET state_type = 'Published'", SB_ERROR_CONFLICT, "23514", "ck_posts_state",
		    "the post's state does not go with its published and archived times" },
		{ "UPDATE users SET state_type = 'Deactivated'", SB_ERROR_CONFLICT, "23514", "ck_users_state",
		    "the user's state does not go with its deactivated and erased times" },
		{ "INSERT INTO users (id) VALUES (gen_random_uuid())", SB_ERROR_VALIDATION, "23502", "",
		    "column 'email' of table 'users' must have a value" },
		{ "INSERT INTO posts SELECT * FROM posts", SB_ERROR_CONFLICT, "23505", "pk_posts",
		    "'01900000-0000-7000-8000-000000000002' exists already (pk_posts)" },
	};

	(void)state;
	assert_cases(cases, G_N_ELEMENTS(cases));
}

static void
what_is_missing_says_what_makes_it(void **state)
{
	static const ErrorCase cases[] = {
		{ "SELECT * FROM elsewhere.audit_entries", SB_ERROR_UNAVAILABLE, "42P01", "",
		    "relation \"elsewhere.audit_entries\" does not exist: 'signalbox migrations apply --all' "
		    "creates the"
		    " reference schema" },
		{ "SELECT * FROM poosts", SB_ERROR_NOT_FOUND, "42P01", "",
		    "relation \"poosts\" does not exist" },
		{ "SELECT titel FROM posts", SB_ERROR_UNAVAILABLE, "42703", "",
		    "column \"titel\" does not exist: 'signalbox migrations status' says whether the schema "
		    "is"
		    " complete" },
		{ "SELEC 1", SB_ERROR_USAGE, "42601", "", "syntax error at or near \"SELEC\"" },
	};

	(void)state;
	assert_cases(cases, G_N_ELEMENTS(cases));
}

static void
a_mistake_in_typed_sql_is_the_operators(void **state)
{
	static const struct {
		const char *sql;
		const char *message;
	} cases[] = {
		{ "SELECT titel FROM posts", "column \"titel\" does not exist" },
		{ "SELECT * FROM elsewhere.posts", "relation \"elsewhere.posts\" does not exist" },
		{ "SELEC 1", "syntax error at or near \"SELEC\"" },
	};
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = error_of(connection, cases[i].sql);

		error_blame_typed_sql(error);
		assert_error(error, SB_ERROR_USAGE);
		assert_string_equal(error->message, cases[i].message);
	}
	g_autoptr(GError) other = error_of(connection, "SELECT 1/0");
	error_blame_typed_sql(other);
	assert_error(other, SB_ERROR_VALIDATION);
	error_blame_typed_sql(NULL);
}

static void
every_state_has_its_code(void **state)
{
	static const struct {
		const char *sqlstate;
		SbErrorCode code;
		bool lost;
	} cases[] = {
		{ "40001", SB_ERROR_CONCURRENCY, false },
		{ "40P01", SB_ERROR_CONCURRENCY, false },
		{ "55P03", SB_ERROR_TIMEOUT, false },
		{ "25006", SB_ERROR_REFUSED, false },
		{ "25P02", SB_ERROR_INTERNAL, false },
		{ "42501", SB_ERROR_REFUSED, false },
		{ "53100", SB_ERROR_UNAVAILABLE, false },
		{ "53300", SB_ERROR_UNAVAILABLE, false },
		{ "57P03", SB_ERROR_UNAVAILABLE, false },
		{ "57P01", SB_ERROR_UNAVAILABLE, true },
		{ "08006", SB_ERROR_UNAVAILABLE, true },
		{ "22P05", SB_ERROR_VALIDATION, false },
		{ "P0001", SB_ERROR_CONFLICT, false },
		{ "XX001", SB_ERROR_CORRUPT, false },
		{ "XX000", SB_ERROR_INTERNAL, false },
		{ "0A000", SB_ERROR_USAGE, false },
		{ "3F000", SB_ERROR_UNAVAILABLE, false },
		{ "ZZZZZ", SB_ERROR_INTERNAL, false },
	};
	g_autoptr(Connection) connection = open_connection();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *sql =
		    g_strdup_printf("DO $$ BEGIN RAISE EXCEPTION 'as it said' USING ERRCODE = '%s'; END $$",
			cases[i].sqlstate);
		g_autoptr(GError) error = error_of(connection, sql);

		assert_error(error, cases[i].code);
		assert_string_equal(sb_error_sqlstate(error), cases[i].sqlstate);
		assert_non_null(strstr(error->message, "as it said"));
		assert_int_equal(error_is_lost_connection(error), cases[i].lost);
	}
}

static void
what_the_server_says_is_cut_and_stays_utf8(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autoptr(GError) error = error_of(connection,
	    "DO $$ BEGIN RAISE EXCEPTION '%', E'\\x1b]52;c;x\\x07' || repeat('\u20ac', 3000) || E'\\nmore'; "
	    "END $$");

	(void)state;
	assert_error(error, SB_ERROR_CONFLICT);
	assert_true(g_str_has_prefix(error->message, "\x1b]52;c;x\a\u20ac"));
	assert_in_range(strlen(error->message), 990, 1000);
}

static void
a_read_only_transaction_refuses(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *begun = value_of(connection, "BEGIN READ ONLY");
	g_autoptr(GError) error = error_of(connection, "DELETE FROM posts");

	(void)state;
	assert_error(error, SB_ERROR_REFUSED);
	assert_usable(connection);
}

static void
a_refused_right_names_the_table(void **state)
{
	g_autoptr(Connection) connection = open_connection();
	g_autofree char *made = NULL;
	g_autofree char *set = NULL;

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE ROLE stranger");
	set = value_of(connection, "SET ROLE stranger");
	g_autoptr(GError) error = error_of(connection, "SELECT password_hash FROM users");
	assert_error(error, SB_ERROR_REFUSED);
	assert_string_equal(error->message, "the server refuses it: permission denied for table users");
	made = value_of(connection, "RESET ROLE");
	cluster_execute(cluster, "postgres", "DROP ROLE stranger");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_violated_constraint_is_a_sentence_with_its_value),
		cmocka_unit_test(what_is_missing_says_what_makes_it),
		cmocka_unit_test(a_mistake_in_typed_sql_is_the_operators),
		cmocka_unit_test(every_state_has_its_code),
		cmocka_unit_test(what_the_server_says_is_cut_and_stays_utf8),
		cmocka_unit_test(a_read_only_transaction_refuses),
		cmocka_unit_test(a_refused_right_names_the_table),
	};

	return cmocka_run_group_tests(tests, fixture_fill, fixture_stop);
}
