#include "base/error.h"
#include "infrastructure/external_services/password_hasher.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PASSWORD "correct horse battery"

static CancelToken *token;
static PasswordHasher *hasher;

static int
start(void **state)
{
	(void)state;
	token = cancel_token_new();
	hasher = password_hasher_new(token);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&hasher, password_hasher_free);
	g_clear_pointer(&token, cancel_token_free);
	return 0;
}

static char *
hash_of(const char *password)
{
	g_autoptr(GError) error = NULL;
	char *hash = NULL;

	if (!hasher->hash(hasher, password, &hash, &error))
		fail_msg("%s", error->message);
	return hash;
}

static bool
is_same(const char *password, const char *hash)
{
	g_autoptr(GError) error = NULL;
	bool same = false;

	assert_true(hasher->verify(hasher, password, hash, &same, &error));
	return same;
}

static void
a_hash_is_a_phc_string_with_our_costs(void **state)
{
	g_autofree char *hash = hash_of(PASSWORD);

	(void)state;
	assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"));
	assert_null(strstr(hash, "horse"));
	assert_false(hasher->needs_rehash(hasher, hash));
}

static void
the_same_password_gives_another_hash_each_time(void **state)
{
	g_autofree char *first = hash_of(PASSWORD);
	g_autofree char *second = hash_of(PASSWORD);

	(void)state;
	assert_string_not_equal(first, second);
	assert_true(is_same(PASSWORD, first));
	assert_true(is_same(PASSWORD, second));
}

static void
only_the_same_password_verifies(void **state)
{
	g_autofree char *hash = hash_of(PASSWORD);
	g_autofree char *endless = g_strnfill(5000, 'x');

	(void)state;
	assert_false(is_same("correct horse batterx", hash));
	assert_false(is_same("", hash));
	assert_false(is_same(PASSWORD, ""));
	assert_false(is_same(PASSWORD, "no hash at all"));
	assert_false(is_same(PASSWORD, endless));
}

static void
too_short_and_too_long_are_refused(void **state)
{
	static const struct {
		gsize length;
		bool accepted;
	} cases[] = { { 0, false }, { 7, false }, { 8, true }, { 1024, true }, { 1025, false } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *password = g_strnfill(cases[i].length, 'p');
		g_autofree char *hash = NULL;
		g_autoptr(GError) error = NULL;

		assert_int_equal(hasher->hash(hasher, password, &hash, &error), cases[i].accepted);
		assert_int_equal(sb_error_is(error, SB_ERROR_VALIDATION), !cases[i].accepted);
		assert_int_equal(hash != NULL, cases[i].accepted);
	}
}

static void
a_weaker_hash_must_be_made_again(void **state)
{
	(void)state;
	assert_true(hasher->needs_rehash(hasher,
	    "$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
	    "WGzS1pxk4Rh8n9jNvlrQZ1kQx8FqGL8m9GQnYYx5bUo"));
	assert_true(hasher->needs_rehash(hasher, "plain text"));
}

static void
a_fired_token_leaves_the_computation_behind(void **state)
{
	g_autofree char *hash = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	cancel_token_fire(token);
	assert_false(hasher->hash(hasher, PASSWORD, &hash, &error));
	cancel_token_reset(token);
	assert_true(sb_error_is(error, SB_ERROR_CANCELLED));
	assert_null(hash);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hash_is_a_phc_string_with_our_costs),
		cmocka_unit_test(the_same_password_gives_another_hash_each_time),
		cmocka_unit_test(only_the_same_password_verifies),
		cmocka_unit_test(too_short_and_too_long_are_refused),
		cmocka_unit_test(a_weaker_hash_must_be_made_again),
		cmocka_unit_test(a_fired_token_leaves_the_computation_behind),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
