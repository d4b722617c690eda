/* Tables of any shape and name, and input that tries to be SQL. */

#include "listing.h"

#include "infrastructure/persistence/reader/cursor.h"

#define WEIRD "\"odd schema\".\"we\"\"ird.ta;ble\""

static const char schema[] =
    "CREATE SCHEMA \"odd schema\";"
    "CREATE TABLE " WEIRD " (\"i\"\"d\" integer PRIMARY KEY, \".c0\" text, \"dot.ted\" text, \"eq=ual\" text,"
    " \"semi;colon\" text, \"order\" integer, \"100%s\" text, \"sp ace\" text, \"üni\" jsonb, \"Upper\" text);"
    "CREATE INDEX ON " WEIRD " (\"order\");"
    "INSERT INTO " WEIRD " SELECT n, 'c' || n, 'd' || n, 'e' || n, 's' || n, 10 - n, 'p' || n, 'a' || n,"
    " jsonb_build_object('a\"b', n, 'x{y,z}', 'br', 'q\\w', 'back'), 'U' || n FROM generate_series(1, 5) AS n;"
    "CREATE TABLE unkeyed (n integer, kind text); CREATE INDEX ON unkeyed (kind);"
    "INSERT INTO unkeyed SELECT n, 'same' FROM generate_series(1, 30) AS n;"
    "CREATE TABLE maybe (a integer UNIQUE, b integer NOT NULL, UNIQUE (b) INCLUDE (a));"
    "INSERT INTO maybe VALUES (NULL, 1), (NULL, 2), (3, 3);"
    "CREATE VIEW seen AS SELECT n, kind FROM unkeyed;"
    "CREATE TABLE places (id integer PRIMARY KEY, at point, words tsvector, code text);"
    "CREATE INDEX ON places USING gist (at); CREATE INDEX ON places USING gin (words);"
    "CREATE INDEX ON places USING hash (code);"
    "INSERT INTO places VALUES (1, '(1,2)', 'a b', 'x');"
    "CREATE TABLE parted (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);"
    "CREATE TABLE parted_old PARTITION OF parted FOR VALUES FROM (MINVALUE) TO ('2024-01-01');"
    "CREATE TABLE parted_new PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);"
    "INSERT INTO parted SELECT n, '2023-12-28'::date + n FROM generate_series(1, 6) AS n;"
    "CREATE TABLE bare (); CREATE TABLE target (id integer PRIMARY KEY, name text);"
    "INSERT INTO target VALUES (1, 'one'), (2, 'two')";

static void
names_with_quotes_dots_and_signs_are_only_names(void **state)
{
	ListQuestion question = { .table = WEIRD, .columns = "i\"d,.c0,dot.ted,Upper", .limit = 2 };
	g_autoptr(Listing) page = answer_to(&question);
	g_autofree char *rows = rows_text(page);

	(void)state;
	assert_string_equal(rows, "1/c1/d1/U1\n2/c2/d2/U2");
	question.after = page->last;
	assert_rows(&question, "3/c3/d3/U3\n4/c4/d4/U4");
	assert_rows(
	    &(ListQuestion){ .table = WEIRD, .columns = "sp ace", .order = "order", .limit = 2 }, "a5\na4");
	assert_rows(&(ListQuestion){ .table = WEIRD, .columns = "i\"d", .order = "i\"d:desc", .all = true },
	    "5\n4\n3\n2\n1");
}

static void
filters_find_columns_of_any_name(void **state)
{
	static const char *const words[] = { "i\"d=3", ".c0=c3", "dot.ted=d3", "eq=ual=e3", "semi;colon=s3",
		"order=7", "100%s=p3", "sp ace~A3", "üni.a\"b=3", "Upper=U3" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		assert_rows(
		    &(ListQuestion){ .table = WEIRD, .columns = "i\"d", .filter = { words[i] } }, "3");
	assert_rows(
	    &(ListQuestion){
		.table = WEIRD, .columns = "i\"d", .filter = { "üni.x{y,z}=br", "üni.q\\w=back", "i\"d>4" } },
	    "5");
}

static void
a_name_is_looked_up_as_the_server_does(void **state)
{
	static const struct {
		const char *name;
		SbErrorCode code;
	} cases[] = {
		{ "nothing", SB_ERROR_NOT_FOUND },
		{ "public.nothing", SB_ERROR_NOT_FOUND },
		{ "odd schema.target", SB_ERROR_USAGE },
		{ "target; DROP TABLE target", SB_ERROR_USAGE },
		{ "\"target", SB_ERROR_USAGE },
		{ "a.b.c.d", SB_ERROR_USAGE },
		{ "", SB_ERROR_USAGE },
		{ "public.", SB_ERROR_USAGE },
		{ "ix_posts_created_at_id", SB_ERROR_NOT_FOUND },
		{ "16384", SB_ERROR_NOT_FOUND },
	};

	(void)state;
	assert_rows(&(ListQuestion){ .table = "TARGET", .columns = "name", .limit = 1 }, "one");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = refusal_of(&(ListQuestion){ .table = cases[i].name });

		if (!sb_error_is(error, cases[i].code))
			fail_msg("'%s': code %d: %s", cases[i].name, error->code, error->message);
		assert_non_null(strstr(error->message, cases[i].name));
	}
}

static const char *const hostile[] = { "'; DROP TABLE target; --", "x' OR '1'='1", "$1", "%s%n", "\\'; --",
	"1); DELETE FROM target; --", "{\"}", "null", "NULL", "\"", "a\tb", "/* */", "two' UNION SELECT 1 --",
	"U&'\\0027'", "日本'; --" };

static void
what_is_typed_is_never_sql(void **state)
{
	g_autofree char *before = cluster_query_text(cluster, DATABASE, "SELECT * FROM target ORDER BY id");
	g_autofree char *after = NULL;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		static const char *const forms[] = { "name=%s", "name!=%s,two", "name~%s", "name>%s",
			"id=%s" };

		for (size_t form = 0; form < G_N_ELEMENTS(forms); form++) {
			g_auto(GStrv) parts = g_strsplit(forms[form], "%s", 2);
			g_autofree char *word = g_strconcat(parts[0], hostile[i], parts[1], NULL);
			ListQuestion question = { .table = "target", .filter = { word } };
			g_autoptr(GError) error = NULL;
			g_autoptr(Listing) listing = ask(&question, &error);

			if (error != NULL && !sb_error_is(error, SB_ERROR_USAGE))
				fail_msg("'%s': %s", word, error->message);
			if (form == 0 && error == NULL)
				assert_int_equal(listing->rows->len, 0);
		}
	}
	after = cluster_query_text(cluster, DATABASE, "SELECT * FROM target ORDER BY id");
	assert_string_equal(after, before);
}

static void
an_order_or_a_column_that_is_no_name_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autoptr(GError) order =
		    refusal_of(&(ListQuestion){ .table = "target", .order = hostile[i] });
		g_autoptr(GError) columns =
		    refusal_of(&(ListQuestion){ .table = "target", .columns = hostile[i] });

		assert_true(sb_error_is(order, SB_ERROR_USAGE));
		assert_true(sb_error_is(columns, SB_ERROR_USAGE));
	}
}

/* Whoever forges a cursor of the right list can put any value into it. */
static void
a_forged_cursor_is_a_value_like_any_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autoptr(Cursor) cursor = cursor_new();
		g_autofree char *text = NULL;
		g_autoptr(GError) error = NULL;

		g_ptr_array_add(cursor->values, g_strdup(hostile[i]));
		text = cursor_encode(cursor, "public.target id");
		error = refusal_of(&(ListQuestion){ .table = "target", .after = text });
		if (sb_error_exit_code(error) != 2)
			fail_msg("'%s': code %d: %s", hostile[i], error->code, error->message);
	}
	assert_rows(&(ListQuestion){ .table = "target", .columns = "name" }, "one\ntwo");
}

static void
a_table_without_a_key_is_shown_but_not_paged(void **state)
{
	static const char *const tables[] = { "unkeyed", "seen" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		ListQuestion question = { .table = tables[i], .limit = 10 };
		g_autoptr(Listing) page = answer_to(&question);
		g_autoptr(Listing) all =
		    answer_to(&(ListQuestion){ .table = tables[i], .all = true, .count = true });
		g_autoptr(GError) error = NULL;

		assert_int_equal(page->rows->len, 10);
		assert_true(page->end.more_after);
		assert_null(page->first);
		assert_null(page->last);
		assert_int_equal(all->rows->len, 30);
		question.last = true;
		error = refusal_of(&question);
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		assert_non_null(strstr(error->message, "has no key to page by"));
	}
}

/* All values of the order are the same: a cursor on them would skip every row behind the first page. */
static void
an_order_without_a_key_gives_no_cursor(void **state)
{
	g_autoptr(Listing) page =
	    answer_to(&(ListQuestion){ .table = "unkeyed", .order = "kind", .limit = 10 });

	(void)state;
	assert_int_equal(page->rows->len, 10);
	assert_true(page->end.more_after);
	assert_null(page->last);
}

static void
a_unique_column_that_may_be_null_is_no_key(void **state)
{
	ListQuestion question = { .table = "maybe", .columns = "b", .limit = 1 };
	g_autoptr(Listing) page = answer_to(&question);

	(void)state;
	assert_non_null(page->last);
	question.after = page->last;
	assert_rows(&question, "2");
}

static void
only_an_index_that_sorts_serves_an_order(void **state)
{
	static const char *const columns[] = { "at", "words", "code" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		g_autoptr(GError) error =
		    refusal_of(&(ListQuestion){ .table = "places", .order = columns[i] });

		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		assert_non_null(strstr(error->message, "no index serves it"));
	}
	assert_rows(&(ListQuestion){ .table = "places", .filter = { "code=x" } }, "1/(1,2)/'a' 'b'/x");
}

static void
partitions_are_one_table(void **state)
{
	ListQuestion question = { .table = "parted", .columns = "day", .limit = 4, .order = "id:desc" };
	g_autoptr(Listing) page = answer_to(&question);

	(void)state;
	question.after = page->last;
	assert_rows(&question, "2023-12-30\n2023-12-29");
}

static void
a_table_without_columns_is_no_crash(void **state)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Listing) listing = ask(&(ListQuestion){ .table = "bare" }, &error);

	(void)state;
	assert_true(
	    listing != NULL || sb_error_is(error, SB_ERROR_USAGE) || sb_error_is(error, SB_ERROR_NOT_FOUND));
}

static int
start(void **state)
{
	(void)state;
	return listing_start(schema);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_with_quotes_dots_and_signs_are_only_names),
		cmocka_unit_test(filters_find_columns_of_any_name),
		cmocka_unit_test(a_name_is_looked_up_as_the_server_does),
		cmocka_unit_test(what_is_typed_is_never_sql),
		cmocka_unit_test(an_order_or_a_column_that_is_no_name_is_refused),
		cmocka_unit_test(a_forged_cursor_is_a_value_like_any_other),
		cmocka_unit_test(a_table_without_a_key_is_shown_but_not_paged),
		cmocka_unit_test(an_order_without_a_key_gives_no_cursor),
		cmocka_unit_test(a_unique_column_that_may_be_null_is_no_key),
		cmocka_unit_test(only_an_index_that_sorts_serves_an_order),
		cmocka_unit_test(partitions_are_one_table),
		cmocka_unit_test(a_table_without_columns_is_no_crash),
	};

	return cmocka_run_group_tests(tests, start, listing_stop);
}
