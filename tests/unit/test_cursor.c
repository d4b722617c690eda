#include "base/error.h"
#include "infrastructure/persistence/reader/cursor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define SCOPE "posts created_at:desc id:desc"

static char *
encoded(const char *first, const char *second)
{
	g_autoptr(Cursor) cursor = cursor_new();

	g_ptr_array_add(cursor->values, g_strdup(first));
	g_ptr_array_add(cursor->values, g_strdup(second));
	return cursor_encode(cursor, SCOPE);
}

static void
a_cursor_comes_back_as_it_was(void **state)
{
	static const char *const values[] = { "", "2026-01-31 10:00:00+00", "ü…", "v", "n", NULL };

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autofree char *text = encoded(values[i], "0190");
		g_autoptr(Cursor) cursor = NULL;

		assert_true(cursor_decode(text, SCOPE, 2, &cursor, NULL));
		assert_string_equal(cursor->values->pdata[1], "0190");
		if (values[i] == NULL)
			assert_null(cursor->values->pdata[0]);
		else
			assert_string_equal(cursor->values->pdata[0], values[i]);
	}
}

static void
a_cursor_is_safe_in_a_shell(void **state)
{
	g_autofree char *text = encoded("\x7f~~?>\xff", "\xc3\xbf\xc3\xbf");

	(void)state;
	assert_int_equal(
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), strlen(text));
}

static void
a_cursor_of_another_list_order_or_shape_is_refused(void **state)
{
	g_autofree char *text = encoded("a", "b");
	static const struct {
		const char *scope;
		guint count;
	} wrong[] = { { "users created_at:desc id:desc", 2 }, { "posts title id", 2 }, { SCOPE, 3 },
		{ SCOPE, 1 } };

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
		g_autoptr(Cursor) cursor = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(cursor_decode(text, wrong[i].scope, wrong[i].count, &cursor, &error));
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
	}
}

static void
what_is_no_cursor_is_refused(void **state)
{
	static const char *const texts[] = { "", "x", "not a cursor", "AAAA", "====", "cG9zdHM" };

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(Cursor) cursor = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(cursor_decode(texts[i], SCOPE, 2, &cursor, &error));
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cursor_comes_back_as_it_was),
		cmocka_unit_test(a_cursor_is_safe_in_a_shell),
		cmocka_unit_test(a_cursor_of_another_list_order_or_shape_is_refused),
		cmocka_unit_test(what_is_no_cursor_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
