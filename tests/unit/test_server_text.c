#include "infrastructure/persistence/server_text.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
one_line_is_kept_as_it_is(void **state)
{
	static const struct {
		const char *said, *kept;
	} cases[] = {
		{ NULL, "" },
		{ "", "" },
		{ "relation does not exist", "relation does not exist" },
		{ "first\nsecond", "first" },
		{ "\x1b]0;title\a", "\x1b]0;title\a" },
		{ "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "caf\xe9!", "caf\xef\xbf\xbd!" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = server_text(cases[i].said);

		assert_string_equal(text, cases[i].kept);
	}
}

/* Whatever stands at the border: 1 to 4 bytes, or bytes that are no character and grow to three each. */
static void
a_cut_never_splits_a_character(void **state)
{
	static const char *const characters[] = { "x", "\u00e9", "\u20ac", "\U0001f600", "\xff", "\x80" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(characters); i++) {
		for (int before = 0; before < 4; before++) {
			g_autoptr(GString) said = g_string_new(NULL);

			for (int j = 0; j < before; j++)
				g_string_append_c(said, 'a');
			while (said->len < 3000)
				g_string_append(said, characters[i]);
			g_autofree char *text = server_text(said->str);
			assert_true(g_utf8_validate(text, -1, NULL));
			assert_in_range(strlen(text), SERVER_TEXT_LIMIT - 3, SERVER_TEXT_LIMIT);
			if (g_utf8_validate(characters[i], -1, NULL))
				assert_null(strstr(text, "\xef\xbf\xbd"));
		}
	}
}

static void
what_fits_exactly_is_whole(void **state)
{
	g_autofree char *said = g_strnfill(SERVER_TEXT_LIMIT, 'x');
	g_autofree char *text = server_text(said);

	(void)state;
	assert_string_equal(text, said);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_line_is_kept_as_it_is),
		cmocka_unit_test(a_cut_never_splits_a_character),
		cmocka_unit_test(what_fits_exactly_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
