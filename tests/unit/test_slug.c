#include "base/error.h"
#include "domain/values.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define ROUNDS 5000
#define SEED 20260131

static void
a_title_becomes_lower_case_ascii_words(void **state)
{
	static const struct {
		const char *title, *slug;
	} rows[] = {
		{ "Hello, World!", "hello-world" },
		{ "  --Twice   spaced-- ", "twice-spaced" },
		{ "Öffnung über Łódź", "offnung-uber-lodz" },
		{ "O\xcc\x88"
		  "ffnung",
		    "offnung" },
		{ "Straße, STRAẞE", "strasse-strasse" },
		{ "Æsir, þórr & Øre: đ, ð, œuvre", "aesir-thorr-ore-d-d-oeuvre" },
		{ "İstanbul'da ışık", "istanbulda-isik" },
		{ "Don’t panic", "dont-panic" },
		{ "Привет, мир", "privet-mir" },
		{ "Объявление: Ёлка и Йод", "obiavlenie-elka-i-iod" },
		{ "Київ, Європа, Ґанок", "kiiv-ievropa-ganok" },
		{ "Љубав, Џез", "ljubav-dzez" },
		{ "Καλημέρα Κόσμε", "kalimera-kosme" },
		{ "Ψωμί, Θάλασσα, Χίος", "psomi-thalassa-chios" },
		{ "ﬁne Ｗｉｄｅ ２０２４", "fine-wide-2024" },
		{ "C++ 17 / 100%", "c-17-100" },
		{ "日本語 2024", "2024" },
		{ "Emoji 🎉 party", "emoji-party" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *slug = NULL;
		g_autoptr(GError) error = NULL;

		if (!slug_from_title(rows[i].title, &slug, &error))
			fail_msg("%s", error->message);
		assert_string_equal(slug, rows[i].slug);
	}
}

static void
a_title_that_yields_nothing_asks_for_a_slug(void **state)
{
	static const char *const titles[] = { "日本語", "你好", "שלום", "!?", "🎉", "'’", "ьъ" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autofree char *slug = NULL;
		g_autoptr(GError) error = NULL;

		assert_false(slug_from_title(titles[i], &slug, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_non_null(strstr(error->message, titles[i]));
		assert_non_null(strstr(error->message, "--slug"));
		assert_null(slug);
	}
}

static void
a_title_that_is_none_gives_its_own_error(void **state)
{
	g_autofree char *slug = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(slug_from_title("a\xff", &slug, &error));
	assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
	assert_non_null(strstr(error->message, "not valid UTF-8"));
}

static void
only_words_joined_by_one_hyphen_are_a_slug(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "a", true },
		{ "2024", true },
		{ "my-first-post", true },
		{ "a-2", true },
		{ "", false },
		{ "-", false },
		{ "-a", false },
		{ "a-", false },
		{ "a--b", false },
		{ "A", false },
		{ "a b", false },
		{ "a_b", false },
		{ "é", false },
		{ "a\n", false },
		{ "\xff", false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		if (slug_check(rows[i].text, &error) != rows[i].good)
			fail_msg("'%s' should be %s", rows[i].text, rows[i].good ? "a slug" : "none");
		if (rows[i].good)
			continue;
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_true(g_utf8_validate(error->message, -1, NULL));
	}
}

static void
a_slug_has_at_most_200_characters(void **state)
{
	g_autofree char *longest = g_strnfill(SLUG_MAX_LENGTH, 'a');
	g_autofree char *longer = g_strnfill(SLUG_MAX_LENGTH + 1, 'a');
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(slug_check(longest, NULL));
	assert_false(slug_check(longer, &error));
	assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
	assert_non_null(strstr(error->message, "has 201 characters: at most 200"));
}

/* `ß` and `щ` become more letters than they were, so the longest title may not fit. */
static void
a_slug_is_cut_to_fit_without_a_hyphen_at_its_end(void **state)
{
	g_autoptr(GString) title = g_string_new(NULL);
	g_autofree char *slug = NULL;
	g_autofree char *expected = NULL;

	(void)state;
	for (int i = 0; i < 49; i++)
		g_string_append(title, "щ");
	g_string_append(title, "abc and more");
	assert_true(slug_from_title(title->str, &slug, NULL));
	assert_int_equal(strlen(slug), SLUG_MAX_LENGTH - 1);
	assert_true(g_str_has_suffix(slug, "shchabc"));
	assert_true(slug_check(slug, NULL));
	expected = slug_with_number(slug, 10);
	assert_int_equal(strlen(expected), SLUG_MAX_LENGTH);
}

static void
a_number_is_appended_to_a_slug_that_is_taken(void **state)
{
	g_autofree char *second = slug_with_number("post", 2);
	g_autofree char *third = slug_with_number("post", 3);

	(void)state;
	assert_string_equal(second, "post-2");
	assert_string_equal(third, "post-3");
}

static void
append_any_character(GString *text, GRand *rand)
{
	static const gunichar ranges[][2] = { { 0x20, 0x7f }, { 0xa0, 0x250 }, { 0x370, 0x530 },
		{ 0x3040, 0x30ff }, { 0x1e00, 0x2070 }, { 0x1f300, 0x1f600 } };
	const gunichar *range = ranges[g_rand_int_range(rand, 0, G_N_ELEMENTS(ranges))];

	g_string_append_unichar(text, (gunichar)g_rand_int_range(rand, (gint32)range[0], (gint32)range[1]));
}

static void
whatever_the_title_the_slug_is_a_slug(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
	int made = 0;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		g_autoptr(GString) title = g_string_new(NULL);
		g_autofree char *slug = NULL;
		g_autoptr(GError) error = NULL;
		int length = g_rand_int_range(rand, 1, TITLE_MAX_LENGTH);

		for (int n = 0; n < length; n++)
			append_any_character(title, rand);
		if (!slug_from_title(title->str, &slug, &error)) {
			assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
			continue;
		}
		made++;
		for (unsigned number = 1; number < 2000000000; number = number * 7 + 1) {
			g_autofree char *numbered = slug_with_number(slug, number);

			if (!slug_check(numbered, &error))
				fail_msg("%s, from '%s'", error->message, title->str);
		}
		if (!slug_check(slug, &error))
			fail_msg("%s, from '%s'", error->message, title->str);
	}
	assert_true(made > ROUNDS / 2);
}

static void
a_slug_of_a_slug_is_the_slug(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		g_autoptr(GString) title = g_string_new("a");
		g_autofree char *once = NULL;
		g_autofree char *twice = NULL;

		for (int n = g_rand_int_range(rand, 1, 30); n > 0; n--)
			append_any_character(title, rand);
		if (!slug_from_title(title->str, &once, NULL))
			continue;
		assert_true(slug_from_title(once, &twice, NULL));
		assert_string_equal(once, twice);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_title_becomes_lower_case_ascii_words),
		cmocka_unit_test(a_title_that_yields_nothing_asks_for_a_slug),
		cmocka_unit_test(a_title_that_is_none_gives_its_own_error),
		cmocka_unit_test(only_words_joined_by_one_hyphen_are_a_slug),
		cmocka_unit_test(a_slug_has_at_most_200_characters),
		cmocka_unit_test(a_slug_is_cut_to_fit_without_a_hyphen_at_its_end),
		cmocka_unit_test(a_number_is_appended_to_a_slug_that_is_taken),
		cmocka_unit_test(whatever_the_title_the_slug_is_a_slug),
		cmocka_unit_test(a_slug_of_a_slug_is_the_slug),
	};

	return cmocka_run_group_tests_name("slug", tests, NULL, NULL);
}
