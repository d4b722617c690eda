/*
 * Keyset pages as a property: whatever the order, the filter and the size of a page, walking forward gives
 * the whole sorted set, walking back its mirror, and a stream the same. The data is full of duplicates, nulls
 * and values at the edge of their types; PostgreSQL's own ORDER BY over everything is the oracle.
 */

#include "listing.h"

#define ROWS 120

static const char schema[] =
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');"
    "CREATE DOMAIN short AS varchar(5);"
    "CREATE TABLE grid (a integer NOT NULL, note text, b text NOT NULL, score numeric, at timestamptz, flag "
    "boolean,"
    " size double precision, doc jsonb, owner uuid, span interval, code bytea, tags text[], mood mood, letter "
    "char(3),"
    " name short, day date, big bigint NOT NULL, CONSTRAINT pk_grid PRIMARY KEY (b, a) INCLUDE (note));"
    "SELECT setseed(0.31);"
    "INSERT INTO grid SELECT n, (ARRAY['', 'a', 'A', 'ä', '100%', '100_', E'100\\\\', '100x', 'x''y', 'x\"y',"
    " '{1,2}', 'a,b', E'two\\nlines', '日本', NULL, NULL, NULL])[1 + (random() * 16)::integer],"
    " chr(97 + (random() * 4)::integer),"
    " (ARRAY[NULL, NULL, 'NaN', 'Infinity', '-Infinity', '0', '1.50', '1.5', '-7', '3'])"
    "[1 + (random() * 9)::integer]::numeric,"
    " (ARRAY[NULL, NULL, 'infinity', '-infinity', '2024-01-01 00:00:00.000001+00', '2024-01-01+00',"
    " '2024-02-29 23:59:59.999999+00', '0044-03-15 12:00:00+00 BC'])[1 + (random() * 7)::integer]::timestamptz,"
    " (ARRAY[NULL, true, false])[1 + (random() * 2)::integer],"
    " (ARRAY[NULL, 'NaN', '-0', '0', '0.1', '1e308', '-1e-308', '0.30000000000000004'])"
    "[1 + (random() * 7)::integer]::double precision,"
    " (ARRAY[NULL, '{}', '{\"k\": \"v\", \"n\": {\"m\": 5}}', '{\"k\": \"50%\"}', '[1]', 'null'])"
    "[1 + (random() * 5)::integer]::jsonb,"
    " (ARRAY[NULL, '01900000-0000-7000-8000-000000000001', 'ffffffff-0000-7000-8000-000000000001'])"
    "[1 + (random() * 2)::integer]::uuid,"
    " (ARRAY[NULL, '1 mon', '30 days', '1 day 02:03:04.5'])[1 + (random() * 3)::integer]::interval,"
    " (ARRAY[NULL, '\\x', '\\x00ff', '\\x5c27'])[1 + (random() * 3)::integer]::bytea,"
    " (ARRAY[NULL, '{}', '{a,\"b c\"}', '{NULL,\"\\\"\"}'])[1 + (random() * 3)::integer]::text[],"
    " (ARRAY[NULL, 'sad', 'ok', 'happy'])[1 + (random() * 3)::integer]::mood,"
    " (ARRAY[NULL, 'x', 'xy', 'xyz'])[1 + (random() * 3)::integer],"
    " (ARRAY[NULL, 'eins', 'zwei'])[1 + (random() * 2)::integer],"
    " (ARRAY[NULL, '2024-01-01', '2024-12-31', 'infinity'])[1 + (random() * 3)::integer]::date,"
    " (ARRAY[-9223372036854775808, 0, 9223372036854775807])[1 + (random() * 2)::integer]"
    " FROM generate_series(1, 120) AS n ORDER BY random();"
    "CREATE INDEX ON grid (note); CREATE INDEX ON grid (score); CREATE INDEX ON grid (at);"
    "CREATE INDEX ON grid (flag); CREATE INDEX ON grid (size); CREATE INDEX ON grid (doc);"
    "CREATE INDEX ON grid (owner); CREATE INDEX ON grid (span); CREATE INDEX ON grid (code);"
    "CREATE INDEX ON grid (tags); CREATE INDEX ON grid (mood); CREATE INDEX ON grid (letter);"
    "CREATE INDEX ON grid (name); CREATE INDEX ON grid (day); CREATE INDEX ON grid (big);"
    "CREATE INDEX ON grid (a)";

/* A filter, and what it means. */
typedef struct Meaning {
	const char *words[4];
	const char *sql;
} Meaning;

static const Meaning everything = { { NULL }, "true" };

static const Meaning filters[] = {
	{ { "score=null" }, "score IS NULL" },
	{ { "score!=null" }, "score IS NOT NULL" },
	{ { "score=1.5" }, "score = 1.5" },
	{ { "score!=1.5" }, "score IS DISTINCT FROM 1.5" },
	{ { "score>=0", "score<3" }, "score >= 0 AND score < 3" },
	{ { "score=1.5,-7" }, "score IN (1.5, -7)" },
	{ { "score!=1.5,-7" }, "(score IN (1.5, -7)) IS NOT TRUE" },
	{ { "flag=true" }, "flag" },
	{ { "flag!=true" }, "flag IS DISTINCT FROM true" },
	{ { "note~100%" }, "position('100%' in note) > 0" },
	{ { "note~_" }, "position('_' in note) > 0" },
	{ { "note~\\" }, "position(chr(92) in note) > 0" },
	{ { "note~Ä" }, "position('ä' in lower(note)) > 0" },
	{ { "note=" }, "note = ''" },
	{ { "note=a\\,b" }, "note = 'a,b'" },
	{ { "note=a,A" }, "note IN ('a', 'A')" },
	{ { "note={1\\,2}" }, "note = '{1,2}'" },
	{ { "note={1\\,2},x\"y" }, "note IN ('{1,2}', 'x\"y')" },
	{ { "note=x'y" }, "note = 'x''y'" },
	{ { "note>a", "flag=false" }, "note > 'a' AND NOT flag" },
	{ { "at=2024-01-01" }, "at >= '2024-01-01Z' AND at < '2024-01-02Z'" },
	{ { "at>2024-01-01" }, "at >= '2024-01-02Z'" },
	{ { "at<=2024-02-29" }, "at < '2024-03-01Z'" },
	{ { "at>-1h" }, "at > now() - interval '1 hour'" },
	{ { "at<-7d" }, "at < now() - interval '7 days'" },
	{ { "doc.k=v" }, "doc #>> '{k}' = 'v'" },
	{ { "doc.n.m=5" }, "doc #>> '{n,m}' = '5'" },
	{ { "doc.k~50%" }, "position('50%' in doc #>> '{k}') > 0" },
	{ { "doc.k=null" }, "doc #>> '{k}' IS NULL" },
	{ { "doc.k!=v" }, "doc #>> '{k}' IS DISTINCT FROM 'v'" },
	{ { "doc~\"m\"" }, "position('\"m\"' in doc::text) > 0" },
	{ { "owner=01900000-0000-7000-8000-000000000001" },
	    "owner = '01900000-0000-7000-8000-000000000001'" },
	{ { "owner=null", "big>0" }, "owner IS NULL AND big > 0" },
	{ { "code=\\x00ff" }, "code = '\\x00ff'" },
	{ { "big=-9223372036854775808" }, "big = -9223372036854775808" },
	{ { "mood=happy" }, "mood = 'happy'" },
	{ { "tags={}" }, "tags = '{}'" },
	{ { "a<0" }, "false" },
};

static const char *const orders[] = { NULL, "a", "note", "score", "at", "flag", "size", "doc", "owner",
	"span", "code", "tags", "mood", "letter", "name", "day", "big", "big,a", "score,big" };

static char *
oracle_of(const Meaning *filter, const char *order, bool descending)
{
	g_autoptr(GString) sql = g_string_new(NULL);
	g_auto(GStrv) fields = g_strsplit(order != NULL ? order : "", ",", -1);
	const char *direction = descending ? " DESC" : "";

	g_string_append_printf(sql, "SELECT b || '/' || a FROM grid WHERE %s ORDER BY ", filter->sql);
	for (char **field = fields; *field != NULL && **field != '\0'; field++)
		g_string_append_printf(sql, "%s IS NULL, %s%s, ", *field, *field, direction);
	g_string_append_printf(sql, "b%s, a%s", direction, direction);
	return cluster_query_text(cluster, DATABASE, sql->str);
}

/* "score:desc,big:desc" */
static char *
order_text(const char *order, bool descending)
{
	g_auto(GStrv) fields = g_strsplit(order != NULL ? order : "b", ",", -1);
	g_autofree char *joined = g_strjoinv(descending ? ":desc," : ",", fields);

	return order == NULL && !descending ? NULL : g_strconcat(joined, descending ? ":desc" : "", NULL);
}

static ListQuestion
question_of(const Meaning *filter, const char *order, int64_t limit)
{
	ListQuestion question = { .table = "public.grid", .columns = "b,a", .order = order, .limit = limit };

	memcpy(question.filter, filter->words, sizeof question.filter);
	return question;
}

static void
append_page(GString *text, const Listing *page)
{
	g_autofree char *rows = rows_text(page);

	g_string_append_printf(text, "%s%s", text->len > 0 && page->rows->len > 0 ? "\n" : "", rows);
}

/* All rows, page by page from the start; `*ret_last` is the cursor behind the last of them. */
static char *
walk_forward(ListQuestion question, guint pages_at_most)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *cursor = NULL;

	for (guint pages = 0;; pages++) {
		g_autoptr(Listing) page = NULL;

		assert_true(pages < pages_at_most);
		question.after = cursor;
		page = answer_to(&question);
		assert_true(page->rows->len <= (guint)question.limit);
		assert_int_equal(page->end.more_before, pages > 0);
		append_page(text, page);
		if (!page->end.more_after)
			return g_string_free(g_steal_pointer(&text), FALSE);
		assert_int_equal(page->rows->len, question.limit);
		g_free(cursor);
		cursor = g_steal_pointer(&page->last);
	}
}

static char *
walk_back(ListQuestion question, guint pages_at_most)
{
	g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func((GDestroyNotify)listing_free);
	g_autoptr(GString) text = g_string_new(NULL);

	question.last = true;
	do {
		g_ptr_array_add(pages, answer_to(&question));
		question.last = false;
		question.before = ((Listing *)pages->pdata[pages->len - 1])->first;
		assert_true(pages->len <= pages_at_most);
	} while (((Listing *)pages->pdata[pages->len - 1])->end.more_before);
	for (guint i = pages->len; i > 0; i--)
		append_page(text, pages->pdata[i - 1]);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
assert_same(const char *what, const ListQuestion *question, const char *actual, const char *expected)
{
	if (strcmp(actual, expected) != 0)
		fail_msg("%s of %s where %s, %d a page:\n%s\n-- instead of\n%s", what, question->order,
		    question->filter[0], (int)question->limit, actual, expected);
}

static void
assert_walks(const Meaning *filter, const char *field, bool descending, int64_t limit)
{
	g_autofree char *order = order_text(field, descending);
	g_autofree char *expected = oracle_of(filter, field, descending);
	ListQuestion question = question_of(filter, order, limit);
	guint pages = ROWS / (guint)limit + 2;
	g_autofree char *forward = walk_forward(question, pages);
	g_autofree char *back = walk_back(question, pages);
	g_autoptr(Listing) stream = NULL;
	g_autofree char *streamed = NULL;

	assert_same("walking forward", &question, forward, expected);
	assert_same("walking back", &question, back, expected);
	question.all = true;
	stream = answer_to(&question);
	streamed = rows_text(stream);
	assert_same("the stream", &question, streamed, expected);
}

static void
pages_of_every_order_and_direction_make_the_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
		assert_walks(&everything, orders[i], false, 7);
		assert_walks(&everything, orders[i], true, 11);
	}
}

static void
pages_of_every_size_make_the_whole(void **state)
{
	static const int64_t limits[] = { 1, 2, 39, 40, 119, 120, 121, 1000 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
		assert_walks(&everything, "score", false, limits[i]);
		assert_walks(&everything, "at", true, limits[i]);
	}
}

static void
every_filter_means_what_it_says_on_every_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
		assert_walks(&filters[i], NULL, false, 5);
		assert_walks(&filters[i], orders[1 + i % (G_N_ELEMENTS(orders) - 1)], i % 2 == 0, 13);
	}
}

static void
a_page_back_is_the_page_that_one_came_from(void **state)
{
	ListQuestion question = question_of(&everything, "score:desc", 9);
	g_autofree char *before = NULL;

	(void)state;
	for (guint pages = 0; pages < 40; pages++) {
		g_autoptr(Listing) page = answer_to(&question);
		g_autofree char *rows = rows_text(page);

		g_free((char *)(uintptr_t)question.after);
		if (before != NULL) {
			ListQuestion back = question_of(&everything, "score:desc", 9);
			g_autoptr(Listing) again = NULL;
			g_autofree char *again_rows = NULL;

			back.before = page->first;
			again = answer_to(&back);
			again_rows = rows_text(again);
			assert_string_equal(again_rows, before);
			assert_true(again->end.more_after);
		}
		g_free(before);
		before = g_steal_pointer(&rows);
		question.after = g_steal_pointer(&page->last);
		if (!page->end.more_after)
			break;
	}
	g_free((char *)(uintptr_t)question.after);
}

/* Rows that come and go beside the cursor neither hide others nor show them twice. */
static void
a_cursor_holds_while_rows_come_and_go(void **state)
{
	ListQuestion question = question_of(&everything, "big", 40);
	g_autoptr(Listing) first = answer_to(&question);
	g_autoptr(Listing) expected = NULL;
	g_autoptr(Listing) second = NULL;
	g_autofree char *expected_text = NULL;
	g_autofree char *text = NULL;
	g_autofree char *place = g_strdup(first->rows->pdata[39]);
	g_autofree char *sql = NULL;
	g_auto(GStrv) key = g_strsplit(place, "/", 2);

	(void)state;
	question.after = first->last;
	expected = answer_to(&question);
	/* The row that the cursor names goes away, and others come before it. */
	sql = g_strdup_printf("CREATE TABLE gone AS SELECT * FROM grid WHERE b = '%s' AND a = %s;"
			      "DELETE FROM grid WHERE b = '%s' AND a = %s;"
			      "INSERT INTO grid (a, b, big) VALUES (-1, 'a', -9223372036854775808)",
	    key[0], key[1], key[0], key[1]);
	cluster_execute(cluster, DATABASE, sql);
	second = answer_to(&question);
	cluster_execute(cluster, DATABASE,
	    "DELETE FROM grid WHERE a = -1; INSERT INTO grid SELECT * FROM gone; DROP TABLE gone");
	expected_text = rows_text(expected);
	text = rows_text(second);
	assert_string_equal(text, expected_text);
}

static void
totals_are_exact_when_asked_for_and_estimates_else(void **state)
{
	ListQuestion question = question_of(&everything, NULL, 10);
	ListQuestion filtered = question_of(&(Meaning){ { "flag=true" }, "flag" }, NULL, 10);
	g_autofree char *flags = NULL;
	g_autoptr(Listing) estimated = NULL;
	g_autoptr(Listing) exact = NULL;
	g_autoptr(Listing) part = NULL;
	g_autoptr(Listing) some = answer_to(&filtered);

	(void)state;
	cluster_execute(cluster, DATABASE, "ANALYZE grid; DELETE FROM grid WHERE a = 120");
	estimated = answer_to(&question);
	assert_int_equal(estimated->end.total, ROWS);
	assert_true(estimated->end.total_is_estimate);
	question.count = filtered.count = true;
	exact = answer_to(&question);
	assert_int_equal(exact->end.total, ROWS - 1);
	assert_false(exact->end.total_is_estimate);
	assert_int_equal(some->end.total, -1);
	part = answer_to(&filtered);
	flags = cluster_query_text(cluster, DATABASE, "SELECT count(*) FROM grid WHERE flag");
	assert_int_equal(part->end.total, atoi(flags));
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
		cmocka_unit_test(pages_of_every_order_and_direction_make_the_whole),
		cmocka_unit_test(pages_of_every_size_make_the_whole),
		cmocka_unit_test(every_filter_means_what_it_says_on_every_page),
		cmocka_unit_test(a_page_back_is_the_page_that_one_came_from),
		cmocka_unit_test(a_cursor_holds_while_rows_come_and_go),
		cmocka_unit_test(totals_are_exact_when_asked_for_and_estimates_else),
	};

	return cmocka_run_group_tests(tests, start, listing_stop);
}
