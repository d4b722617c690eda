#include "application/filter.h"
#include "application/words.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* 2026-01-31T10:00:00Z */
#define NOW ((Timestamp)1769853600 * DURATION_SECOND)
#define ID "01890a5d-ac96-774b-bcce-b302099a8057"

static const char *const states[] = { "Draft", "Dead", NULL };

static const FieldDef fields[] = {
	{ "id", "h", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_ORDERED },
	{ "title", "h", VALUE_TEXT, CLASS_INTERNAL, FIELD_SEARCHED },
	{ "state", "h", VALUE_TEXT, CLASS_INTERNAL, 0, states },
	{ "tries", "h", VALUE_INTEGER, CLASS_INTERNAL, 0 },
	{ "price", "h", VALUE_NUMERIC, CLASS_INTERNAL, 0 },
	{ "blocked", "h", VALUE_BOOLEAN, CLASS_INTERNAL, 0 },
	{ "created_at", "h", VALUE_TIME, CLASS_INTERNAL, FIELD_ORDERED },
	{ "payload", "h", VALUE_JSON, CLASS_INTERNAL, 0 },
	{ "raw", "h", VALUE_BYTES, CLASS_INTERNAL, 0 },
	{ "version", "h", VALUE_TEXT, CLASS_INTERNAL, FIELD_NOT_FILTERED },
	{ "Odd Name", "h", VALUE_TEXT, CLASS_INTERNAL, 0 },
	{ "tries_left", "h", VALUE_INTEGER, CLASS_INTERNAL, 0 },
	{ 0 },
};

static const ResourceDef things = { "things", "thing", fields, "created_at:desc" };

static Filter *
parse(const char *line, GError **error)
{
	g_autoptr(GArray) words = NULL;
	Filter *filter = NULL;

	words_split(line, &words);
	g_autofree const char **texts = words_texts(words);
	filter_parse(&things, texts, NOW, &filter, error);
	return filter;
}

/* "field op values" of all terms, for comparing. */
static char *
describe(const Filter *filter)
{
	static const char *const ops[] = { "=", "!=", "<", "<=", ">", ">=", "~", "?" };
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < filter->terms->len; i++) {
		const FilterTerm *term = g_ptr_array_index(filter->terms, i);
		g_autofree char *values = g_strjoinv("|", term->values);
		g_autofree char *path = term->path != NULL ? g_strjoinv("/", term->path) : g_strdup("");

		g_string_append_printf(text, "%s%s%s%s %s %s", i > 0 ? " & " : "",
		    term->field != NULL ? term->field->name : "", *path != '\0' ? "/" : "", path,
		    ops[term->op], term->is_null ? "NULL" : values);
	}
	return g_string_free(text, FALSE);
}

static void
every_form_of_a_term_is_understood(void **state)
{
	static const struct {
		const char *line, *expected;
	} cases[] = {
		{ "", "" },
		{ "state=Dead", "state = Dead" },
		{ "state=dead,DRAFT", "state = Dead|Draft" },
		{ "state!=Dead", "state != Dead" },
		{ "tries>=3", "tries >= 3" },
		{ "tries<-1", "tries < -1" },
		{ "tries_left=1", "tries_left = 1" },
		{ "price<=12.50", "price <= 12.50" },
		{ "blocked=yes", "blocked = true" },
		{ "title~Order", "title ~ Order" },
		{ "'title~a=b, c'", "title ~ a=b, c" },
		{ "title=", "title = " },
		{ "'title=a\\,b,c\\\\'", "title = a,b|c\\" },
		{ "title=null", "title = NULL" },
		{ "title!=null", "title != NULL" },
		{ "title~null", "title ~ null" },
		{ "id=" ID, "id = " ID },
		{ "id=01890A5D-AC96-774B-BCCE-B302099A8057", "id = " ID },
		{ "created_at>-2h", "created_at > 2026-01-31T08:00:00Z" },
		{ "created_at<2026-01-31T10:00Z", "created_at < 2026-01-31T10:00:00Z" },
		{ "created_at=2026-01-31",
		    "created_at >= 2026-01-31T00:00:00Z & created_at < 2026-02-01T00:00:00Z" },
		{ "created_at<=2026-01-31", "created_at < 2026-02-01T00:00:00Z" },
		{ "created_at>2026-01-31", "created_at >= 2026-02-01T00:00:00Z" },
		{ "created_at<2026-01-31", "created_at < 2026-01-31T00:00:00Z" },
		{ "created_at>=2026-01-31", "created_at >= 2026-01-31T00:00:00Z" },
		{ "payload.order.id=42", "payload/order/id = 42" },
		{ "payload.order.id=null", "payload/order/id = NULL" },
		{ "payload.a-b~x", "payload/a-b ~ x" },
		{ "payload~refused", "payload ~ refused" },
		{ "raw=\\\\x00ff", "raw = \\x00ff" },
		{ "'Odd Name=x y'", "Odd Name = x y" },
		{ "refused", " ? refused" },
		{ "hey!", " ? hey!" },
		{ "'a man = an island'", " ? a man = an island" },
		{ "state=Dead order title~x", "state = Dead &  ? order & title ~ x" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Filter) filter = parse(cases[i].line, &error);

		if (filter == NULL)
			fail_msg("%s: %s", cases[i].line, error->message);
		g_autofree char *described = describe(filter);
		assert_string_equal(described, cases[i].expected);
	}
}

static void
what_a_field_can_not_be_asked_is_a_usage_error_that_helps(void **state)
{
	static const struct {
		const char *line, *part;
	} cases[] = {
		{ "stat=Dead", "no field 'stat'; did you mean 'state'" },
		{ "zzzzzz=1", "known are id, title, state" },
		{ "state=Deaf", "did you mean 'Dead'" },
		{ "state=x", "none of Draft, Dead" },
		{ "state~Dead", "it takes = !=" },
		{ "state<Dead", "it takes = !=" },
		{ "tries~1", "it takes = != < <= > >=" },
		{ "tries=many", "'many' for 'tries' is no whole number" },
		{ "tries=1,x", "'x' for 'tries'" },
		{ "tries=", "is no whole number" },
		{ "price=1.2.3", "is no number" },
		{ "blocked=maybe", "true or false" },
		{ "blocked>true", "it takes = !=" },
		{ "created_at>yesterday", "is no time like" },
		{ "created_at=2026-02-30", "is no time like" },
		{ "created_at!=2026-01-31", "write created_at<2026-01-31" },
		{ "created_at~2026", "it takes" },
		{ "id=7", "is no id" },
		{ "title=a,null", "'null' for 'title' stands alone" },
		{ "payload=1", "a path" },
		{ "payload.a>1", "it takes = != ~" },
		{ "payload..a=1", "is no path" },
		{ "payload.=1", "is no path" },
		{ "title.a=1", "'title' is no json" },
		{ "version=1", "'version' can't be filtered by" },
		{ "raw=zz", "is no byte string" },
		{ "''", "is empty" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Filter) filter = parse(cases[i].line, &error);

		if (filter != NULL)
			fail_msg("'%s' was taken", cases[i].line);
		if (!sb_error_is(error, SB_ERROR_USAGE) || strstr(error->message, cases[i].part) == NULL)
			fail_msg("'%s': %s", cases[i].line, error->message);
	}
}

static void
the_text_of_a_filter_gives_the_same_filter_again(void **state)
{
	g_autoptr(Filter) filter = parse("state=Dead 'title~connection refused' word '--odd'", NULL);
	g_autoptr(Filter) again = parse(filter->text, NULL);
	g_autofree char *first = describe(filter);
	g_autofree char *second = describe(again);

	(void)state;
	assert_string_equal(filter->text, "state=Dead 'title~connection refused' word '--odd'");
	assert_string_equal(first, second);
}

static void
a_bare_word_needs_a_column_that_is_searched(void **state)
{
	static const FieldDef plain[] = { { "id", "h", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY }, { 0 } };
	static const ResourceDef resource = { "plains", "plain", plain, "id:asc" };
	static const char *const words[] = { "x", NULL };
	g_autoptr(Filter) filter = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(filter_parse(&resource, words, NOW, &filter, &error));
	assert_true(sb_error_is(error, SB_ERROR_USAGE));
	assert_non_null(strstr(error->message, "field~text"));
}

static void
one_quoted_word_of_several_terms_is_split_and_a_value_with_blanks_is_not(void **state)
{
	static const struct {
		const char *words[4];
		const char *expected;
	} cases[] = {
		{ { "state=Dead title~order" }, "state=Dead|title~order" },
		{ { "state=Dead title~'a b'" }, "state=Dead|title~a b" },
		{ { "title~connection refused" }, "title~connection refused" },
		{ { "state=Dead", "title~a tries=1" }, "state=Dead|title~a tries=1" },
		{ { "state=Dead" }, "state=Dead" },
		{ { "title~it's state=Dead" }, "title~it's state=Dead" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(GStrv) words = filter_words(&things, cases[i].words);
		g_autofree char *joined = g_strjoinv("|", words);

		assert_string_equal(joined, cases[i].expected);
	}
}

static const ResourceDef *const resources[] = { &users_resource, &posts_resource, &outbox_resource,
	&idempotency_resource, &audit_resource, &tables_resource };

static void
every_resource_keeps_its_own_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(resources); i++) {
		const ResourceDef *resource = resources[i];
		g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		g_autoptr(GArray) order = NULL;
		g_autoptr(GError) error = NULL;
		int keys = 0, listed = 0;

		for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
			assert_true(g_hash_table_add(names, g_strdup(field->name)));
			assert_non_null(field->help);
			assert_true(field->data_class != CLASS_RESTRICTED);
			keys += (field->flags & FIELD_KEY) != 0;
			listed += (field->flags & FIELD_LISTED) != 0;
		}
		assert_int_equal(keys, 1);
		assert_true(listed > 1);
		if (!order_parse(resource, resource->default_order, &order, &error))
			fail_msg("%s: %s", resource->name, error->message);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_term_is_understood),
		cmocka_unit_test(what_a_field_can_not_be_asked_is_a_usage_error_that_helps),
		cmocka_unit_test(the_text_of_a_filter_gives_the_same_filter_again),
		cmocka_unit_test(a_bare_word_needs_a_column_that_is_searched),
		cmocka_unit_test(one_quoted_word_of_several_terms_is_split_and_a_value_with_blanks_is_not),
		cmocka_unit_test(every_resource_keeps_its_own_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
