#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void
every_code_has_the_exit_code_that_scripts_rely_on(void **state)
{
	static const struct {
		SbErrorCode code;
		int exit_code;
	} cases[] = {
		{ SB_ERROR_USAGE, 2 },
		{ SB_ERROR_VALIDATION, 2 },
		{ SB_ERROR_NOT_FOUND, 3 },
		{ SB_ERROR_CONFLICT, 4 },
		{ SB_ERROR_CONCURRENCY, 5 },
		{ SB_ERROR_IDEMPOTENCY, 6 },
		{ SB_ERROR_REFUSED, 7 },
		{ SB_ERROR_UNAVAILABLE, 8 },
		{ SB_ERROR_TIMEOUT, 8 },
		{ SB_ERROR_UNKNOWN_OUTCOME, 9 },
		{ SB_ERROR_PARTIAL, 10 },
		{ SB_ERROR_CANCELLED, 130 },
		{ SB_ERROR_CORRUPT, 70 },
		{ SB_ERROR_INTERNAL, 70 },
	};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(cases), SB_ERROR_INTERNAL + 1);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = g_error_new_literal(SB_ERROR, (int)cases[i].code, "it failed");

		assert_int_equal(sb_error_exit_code(error), cases[i].exit_code);
	}
}

static void
no_error_exits_with_0_and_a_foreign_one_with_70(void **state)
{
	g_autoptr(GError) foreign = g_error_new_literal(G_KEY_FILE_ERROR, SB_ERROR_NOT_FOUND, "no such key");

	(void)state;
	assert_int_equal(sb_error_exit_code(NULL), 0);
	assert_int_equal(sb_error_exit_code(foreign), 70);
}

static void
an_error_is_of_its_code_and_domain_only(void **state)
{
	g_autoptr(GError) error = g_error_new_literal(SB_ERROR, SB_ERROR_CONFLICT, "taken");
	g_autoptr(GError) foreign = g_error_new_literal(G_KEY_FILE_ERROR, SB_ERROR_CONFLICT, "taken");

	(void)state;
	assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
	assert_false(sb_error_is(error, SB_ERROR_CONCURRENCY));
	assert_false(sb_error_is(foreign, SB_ERROR_CONFLICT));
	assert_false(sb_error_is(NULL, SB_ERROR_USAGE));
}

static void
an_error_without_an_origin_has_empty_texts(void **state)
{
	g_autoptr(GError) error = g_error_new_literal(SB_ERROR, SB_ERROR_CONFLICT, "taken");
	g_autoptr(GError) foreign = g_error_new_literal(G_KEY_FILE_ERROR, 0, "no such key");

	(void)state;
	assert_string_equal(sb_error_sqlstate(error), "");
	assert_string_equal(sb_error_constraint(error), "");
	assert_string_equal(sb_error_sqlstate(foreign), "");
	assert_string_equal(sb_error_constraint(foreign), "");
	assert_string_equal(sb_error_sqlstate(NULL), "");
	assert_string_equal(sb_error_constraint(NULL), "");
}

static void
the_origin_follows_copies_and_prefixes(void **state)
{
	g_autoptr(GError) error = g_error_new_literal(SB_ERROR, SB_ERROR_CONFLICT, "taken");

	(void)state;
	sb_error_set_origin(error, "23505", "users_email_key");
	g_prefix_error(&error, "users add: ");
	g_autoptr(GError) copy = g_error_copy(error);
	g_clear_error(&error);

	assert_string_equal(copy->message, "users add: taken");
	assert_string_equal(sb_error_sqlstate(copy), "23505");
	assert_string_equal(sb_error_constraint(copy), "users_email_key");
}

static void
an_origin_can_be_set_anew_from_its_own_texts(void **state)
{
	g_autoptr(GError) error = g_error_new_literal(SB_ERROR, SB_ERROR_CONFLICT, "taken");

	(void)state;
	sb_error_set_origin(error, "23505", "users_email_key");
	sb_error_set_origin(error, sb_error_sqlstate(error), NULL);
	assert_string_equal(sb_error_sqlstate(error), "23505");
	assert_string_equal(sb_error_constraint(error), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_has_the_exit_code_that_scripts_rely_on),
		cmocka_unit_test(no_error_exits_with_0_and_a_foreign_one_with_70),
		cmocka_unit_test(an_error_is_of_its_code_and_domain_only),
		cmocka_unit_test(an_error_without_an_origin_has_empty_texts),
		cmocka_unit_test(the_origin_follows_copies_and_prefixes),
		cmocka_unit_test(an_origin_can_be_set_anew_from_its_own_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
