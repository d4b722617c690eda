#include "tui/key_template.h"

#include "application/words.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEXT(value)                                                                                          \
	{                                                                                                    \
		.text = (value), .size = sizeof(value) - 1                                                   \
	}
#define NONE                                                                                                 \
	{                                                                                                    \
		.text = "", .null = true                                                                     \
	}
#define SHORTENED(value)                                                                                     \
	{                                                                                                    \
		.text = (value), .size = sizeof(value) - 1, .cut = true                                      \
	}

/* Rows of id, name and note. */
static const Cell first_row[] = { TEXT("0190"), TEXT("plain"), NONE };
static const Cell second_row[] = { TEXT("0191"), TEXT("it's; rm -rf {id} # \"x\" $y"), SHORTENED("long") };
static const Cell option_row[] = { TEXT("--all"), TEXT("a,b"), TEXT("x\ny") };

static RowColumns *columns;
static Row *rows[3];

static int
make_rows(void **state)
{
	static const ResultColumn defs[] = { { "id", VALUE_UUID }, { "name", VALUE_TEXT },
		{ "note", VALUE_TEXT } };

	(void)state;
	columns = row_columns_new(defs, G_N_ELEMENTS(defs));
	rows[0] = row_new(first_row, G_N_ELEMENTS(first_row));
	rows[1] = row_new(second_row, G_N_ELEMENTS(second_row));
	rows[2] = row_new(option_row, G_N_ELEMENTS(option_row));
	return 0;
}

static int
free_rows(void **state)
{
	(void)state;
	row_columns_free(columns);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		row_free(rows[i]);
	return 0;
}

static TemplateRows
chosen(size_t from, size_t count, const char *filter)
{
	return (TemplateRows){ columns, (const Row *const *)rows + from, count, filter };
}

static const struct {
	const char *template;
	size_t from, count;
	const char *filter;
	const char *line;
} filled[] = {
	{ "posts list", 0, 0, NULL, "posts list" },
	{ "posts publish {id}", 0, 1, NULL, "posts publish 0190" },
	{ "posts publish {id}", 0, 2, NULL, "posts publish 0190 0191" },
	{ "posts publish {id} --dry-run", 0, 2, NULL, "posts publish 0190 0191 --dry-run" },
	{ "x {name}", 1, 1, NULL, "x 'it'\\''s; rm -rf {id} # \"x\" $y'" },
	{ "x {id}", 2, 1, NULL, "x '--all'" },
	{ "x {note}", 2, 1, NULL, "x 'x\ny'" },
	{ "screen outbox aggregate_id={id}", 0, 1, NULL, "screen outbox aggregate_id=0190" },
	{ "screen outbox aggregate_id={id}", 0, 2, NULL, "screen outbox aggregate_id=0190,0191" },
	{ "screen users name={name}", 2, 1, NULL, "screen users name='a\\,b'" },
	{ "x {id}-{name}", 0, 1, NULL, "x 0190-plain" },
	{ "outbox retry --where {filter}", 0, 0, "state=Dead type~order",
	    "outbox retry --where state=Dead type~order" },
};

static void
placeholders_become_the_values_of_the_chosen_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(filled); i++) {
		TemplateRows template_rows = chosen(filled[i].from, filled[i].count, filled[i].filter);
		g_autofree char *line = NULL;
		g_autoptr(GError) error = NULL;

		if (!key_template_fill(filled[i].template, &template_rows, &line, &error))
			fail_msg("case %zu: %s", i, error->message);
		assert_string_equal(line, filled[i].line);
	}
}

/* Whatever a value holds, it comes out as one word, and that as a value. */
static void
a_filled_value_is_one_literal_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		TemplateRows template_rows = chosen(i, 1, NULL);
		g_autofree char *line = NULL;
		g_autoptr(GArray) words = NULL;
		const Word *word;

		assert_true(key_template_fill("x {name} y", &template_rows, &line, NULL));
		assert_int_equal(words_split(line, &words), WORDS_COMPLETE);
		assert_int_equal(words->len, 3);
		word = &g_array_index(words, Word, 1);
		assert_string_equal(word->text, row_cell(rows[i], 1)->text);
		assert_true(word->literal || word->text[0] != '-');
	}
}

static const struct {
	const char *template;
	size_t from, count;
	const char *message;
} refused[] = {
	{ "x {id}", 0, 0, "no row" },
	{ "x {nothing}", 0, 1, "this list has no nothing" },
	{ "x {note}", 0, 1, "has no note" },
	{ "x {note}", 1, 1, "shortened" },
	{ "x a{id}b", 0, 2, "one row" },
	{ "x {id", 0, 1, "{" },
	{ "x {}", 0, 1, "{" },
	{ "x {filter}", 0, 1, "filter first" },
};

static void
a_line_that_cannot_be_filled_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		TemplateRows template_rows = chosen(refused[i].from, refused[i].count, "");
		g_autofree char *line = NULL;
		g_autoptr(GError) error = NULL;

		if (key_template_fill(refused[i].template, &template_rows, &line, &error))
			fail_msg("case %zu became '%s'", i, line);
		assert_null(line);
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		if (strstr(error->message, refused[i].message) == NULL)
			fail_msg("case %zu: %s", i, error->message);
	}
}

static void
a_condition_must_hold_for_every_chosen_row(void **state)
{
	char name[] = "name", note[] = "note", nothing[] = "nothing";
	char plain_text[] = "plain", other_text[] = "other", null_text[] = "null";
	char *plain[] = { plain_text, other_text, NULL }, *null_value[] = { null_text, NULL };
	ScreenWhen always = { 0 };
	ScreenWhen is = { name, false, plain }, is_not = { name, true, plain };
	ScreenWhen is_null = { note, false, null_value }, unknown = { nothing, false, plain };
	TemplateRows one = chosen(0, 1, NULL), two = chosen(0, 2, NULL), none = chosen(0, 0, NULL);

	(void)state;
	assert_true(screen_when_holds(&always, &none));
	assert_true(screen_when_holds(&is, &one));
	assert_false(screen_when_holds(&is, &two));
	assert_false(screen_when_holds(&is, &none));
	assert_false(screen_when_holds(&is_not, &one));
	assert_true(screen_when_holds(&is_null, &one));
	assert_false(screen_when_holds(&is_null, &two));
	assert_false(screen_when_holds(&unknown, &one));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(placeholders_become_the_values_of_the_chosen_rows),
		cmocka_unit_test(a_filled_value_is_one_literal_word),
		cmocka_unit_test(a_line_that_cannot_be_filled_is_refused),
		cmocka_unit_test(a_condition_must_hold_for_every_chosen_row),
	};

	return cmocka_run_group_tests(tests, make_rows, free_rows);
}
