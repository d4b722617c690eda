#include "application/filter.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const FieldDef fields[] = {
	{ "id", "h", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_ORDERED },
	{ "created_at", "h", VALUE_TIME, CLASS_INTERNAL, FIELD_ORDERED },
	{ "published_at", "h", VALUE_TIME, CLASS_INTERNAL, FIELD_ORDERED | FIELD_NULLABLE },
	{ "title", "h", VALUE_TEXT, CLASS_INTERNAL, 0 },
	{ 0 },
};

static const ResourceDef things = { "things", "thing", fields, "created_at:desc" };

static void
orders_are_fields_with_directions(void **state)
{
	g_autoptr(GArray) one = NULL, two = NULL;

	(void)state;
	assert_true(order_parse(&things, "created_at", &one, NULL));
	assert_int_equal(one->len, 1);
	assert_string_equal(g_array_index(one, OrderTerm, 0).field->name, "created_at");
	assert_false(g_array_index(one, OrderTerm, 0).descending);
	assert_true(order_parse(&things, "published_at:desc, id:desc", &two, NULL));
	assert_int_equal(two->len, 2);
	assert_string_equal(g_array_index(two, OrderTerm, 1).field->name, "id");
	assert_true(g_array_index(two, OrderTerm, 1).descending);
}

static void
orders_that_no_index_serves_are_refused_with_the_reason(void **state)
{
	static const struct {
		const char *text, *part;
	} cases[] = {
		{ "title", "no index serves it; one does for id, created_at, published_at" },
		{ "creatd_at", "did you mean 'created_at'" },
		{ "zzz", "there are id, created_at, published_at" },
		{ "created_at:down", "'down' is no direction" },
		{ "created_at:asc,id:desc", "different directions" },
		{ "created_at,created_at", "stands twice" },
		{ "", "the order is empty" },
		{ "created_at,", "no field ''" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GArray) order = NULL;
		g_autoptr(GError) error = NULL;

		if (order_parse(&things, cases[i].text, &order, &error))
			fail_msg("'%s' was taken", cases[i].text);
		if (!sb_error_is(error, SB_ERROR_USAGE) || strstr(error->message, cases[i].part) == NULL)
			fail_msg("'%s': %s", cases[i].text, error->message);
		assert_null(order);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_are_fields_with_directions),
		cmocka_unit_test(orders_that_no_index_serves_are_refused_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
