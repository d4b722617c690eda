#include "base/error.h"
#include "domain/values.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

typedef bool (*Normalise)(const char *text, char **ret_value, GError **error);

/* `normal` NULL: a VALIDATION error whose message has `says`. */
typedef struct ValueRow {
	const char *text;
	const char *normal;
	const char *says;
} ValueRow;

static void
assert_rows(Normalise normalise, const ValueRow *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *value = NULL;
		g_autoptr(GError) error = NULL;
		bool done = normalise(rows[i].text, &value, &error);

		if (rows[i].normal != NULL) {
			if (!done)
				fail_msg("'%s': %s", rows[i].text, error->message);
			assert_string_equal(value, rows[i].normal);
			continue;
		}
		if (done)
			fail_msg("'%s' was taken as '%s'", rows[i].text, value);
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_null(value);
		assert_true(g_utf8_validate(error->message, -1, NULL));
		if (rows[i].says == NULL || strstr(error->message, rows[i].says) == NULL)
			fail_msg("'%s' is not in '%s'", rows[i].says, error->message);
	}
}

static char *
repeated(const char *piece, int count)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < count; i++)
		g_string_append(text, piece);
	return g_string_free(text, FALSE);
}

static void
an_email_has_one_at_and_a_domain(void **state)
{
	static const ValueRow rows[] = {
		{ "ada@example.org", "ada@example.org", NULL },
		{ " \tAda.L+x@Example.ORG\n", "Ada.L+x@example.org", NULL },
		{ "root@LocalHost", "root@localhost", NULL },
		{ "jörg@müller.example", "jörg@müller.example", NULL },
		{ "x@MÜLLER.example", "x@müller.example", NULL },
		{ "", NULL, "email '' is empty" },
		{ "ada", NULL, "email 'ada' has no '@'" },
		{ "@example.org", NULL, "nothing before" },
		{ "ada@", NULL, "no valid domain" },
		{ "ada@example", NULL, "no valid domain" },
		{ "ada@example..org", NULL, "no valid domain" },
		{ "ada@.example.org", NULL, "no valid domain" },
		{ "ada@example.org.", NULL, "no valid domain" },
		{ "ada@-example.org", NULL, "no valid domain" },
		{ "ada@exa_mple.org", NULL, "no valid domain" },
		{ "a@b@example.org", NULL, "more than one" },
		{ "a da@example.org", NULL, "blank" },
		{ "ada@exam ple.org", NULL, "blank" },
		{ "a\xe2\x80\xae"
		  "da@example.org",
		    NULL, "invisible" },
		{ "a\nb@example.org", NULL, "U+000A at position 2" },
		{ "a\xff@example.org", NULL, "not valid UTF-8" },
	};

	(void)state;
	assert_rows(email_normalise, rows, G_N_ELEMENTS(rows));
}

static void
a_name_is_trimmed_and_not_empty(void **state)
{
	static const ValueRow rows[] = {
		{ "Ada", "Ada", NULL },
		{ "  Ada  Lovelace \n", "Ada  Lovelace", NULL },
		{ "\xc2\xa0"
		  "Ada\xe3\x80\x80",
		    "Ada", NULL },
		{ "", NULL, "name '' is empty" },
		{ "   ", NULL, "name '' is empty" },
		{ "\xe2\x80\x8b", NULL, "is empty" },
		{ "Ada\tLovelace", NULL, "U+0009 at position 4" },
		{ "Ada\x1b[31m", NULL, "U+001B at position 4" },
		{ "Ada\xc2\x9b", NULL, "U+009B" },
		{ "Ada\xe2\x80\xa8L", NULL, "U+2028" },
		{ "Ada\xc3", NULL, "not valid UTF-8 (byte 4)" },
	};

	(void)state;
	assert_rows(display_name_normalise, rows, G_N_ELEMENTS(rows));
}

static void
an_excerpt_may_be_empty(void **state)
{
	static const ValueRow rows[] = {
		{ "", "", NULL },
		{ "  ", "", NULL },
		{ " Short ", "Short", NULL },
		{ "two\nlines", NULL, "U+000A" },
	};

	(void)state;
	assert_rows(excerpt_normalise, rows, G_N_ELEMENTS(rows));
}

static void
a_tag_is_lower_case_without_blanks(void **state)
{
	static const ValueRow rows[] = {
		{ "news", "news", NULL },
		{ " Big  News ", "big-news", NULL },
		{ "big\tnews", "big-news", NULL },
		{ "ÄÖÜ", "äöü", NULL },
		{ "e\xcc\x81", "é", NULL },
		{ "日本語", "日本語", NULL },
		{ "c++", "c++", NULL },
		{ "", NULL, "tag '' is empty" },
		{ " \n ", NULL, "tag '' is empty" },
		{ "a\x07", NULL, "U+0007" },
	};

	(void)state;
	assert_rows(tag_normalise, rows, G_N_ELEMENTS(rows));
}

static void
lengths_count_code_points(void **state)
{
	static const struct {
		Normalise normalise;
		int maximum;
		const char *says;
	} rows[] = {
		{ display_name_normalise, DISPLAY_NAME_MAX_LENGTH, "name '" },
		{ title_normalise, TITLE_MAX_LENGTH, "title '" },
		{ excerpt_normalise, EXCERPT_MAX_LENGTH, "excerpt '" },
		{ tag_normalise, TAG_MAX_LENGTH, "tag '" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *longest = repeated("é", rows[i].maximum);
		g_autofree char *longer = repeated("é", rows[i].maximum + 1);
		g_autofree char *limit = g_strdup_printf(
		    "has %d characters: at most %d are allowed", rows[i].maximum + 1, rows[i].maximum);
		g_autofree char *padded = g_strconcat(longest, "  ", NULL);
		const ValueRow values[] = {
			{ longest, longest, NULL },
			{ padded, longest, NULL },
			{ longer, NULL, rows[i].says },
			{ longer, NULL, limit },
		};

		assert_rows(rows[i].normalise, values, G_N_ELEMENTS(values));
	}
}

static void
an_email_has_at_most_320_characters(void **state)
{
	static const char domain[] = "@example.org";
	g_autofree char *local = repeated("a", EMAIL_MAX_LENGTH - (int)strlen(domain));
	g_autofree char *longest = g_strconcat(local, domain, NULL);
	g_autofree char *longer = g_strconcat("a", longest, NULL);
	const ValueRow rows[] = {
		{ longest, longest, NULL },
		{ longer, NULL, "has 321 characters" },
	};

	(void)state;
	assert_rows(email_normalise, rows, G_N_ELEMENTS(rows));
}

static void
a_long_value_is_cut_in_the_message(void **state)
{
	g_autofree char *text = repeated("é", 100000);
	g_autofree char *title = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(title_normalise(text, &title, &error));
	assert_non_null(strstr(error->message, "…'"));
	assert_true(strlen(error->message) < 250);
}

static void
content_may_have_lines_but_no_other_controls(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "one", NULL },
		{ "  one\n\ttwo\r\nthree  \n", NULL },
		{ "", "is empty" },
		{ " \n\t", "is empty" },
		{ "one\rtwo", "U+000D at position 4" },
		{ "one\n\x1b", "U+001B at position 5" },
		{ "one\x7f", "U+007F" },
		{ "\xed\xa0\x80", "not valid UTF-8" },
	};
	g_autofree char *book = repeated("word ", 1000000);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		assert_int_equal(content_check(rows[i].text, &error), rows[i].says == NULL);
		if (rows[i].says == NULL)
			continue;
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_non_null(strstr(error->message, rows[i].says));
	}
	assert_true(content_check(book, NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_email_has_one_at_and_a_domain),
		cmocka_unit_test(a_name_is_trimmed_and_not_empty),
		cmocka_unit_test(an_excerpt_may_be_empty),
		cmocka_unit_test(a_tag_is_lower_case_without_blanks),
		cmocka_unit_test(lengths_count_code_points),
		cmocka_unit_test(an_email_has_at_most_320_characters),
		cmocka_unit_test(a_long_value_is_cut_in_the_message),
		cmocka_unit_test(content_may_have_lines_but_no_other_controls),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
