#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tui/detail.h"
#include "widget_stage.h"

typedef struct Value {
	const char *name;
	ValueType type;
	const char *text; /* NULL: null */
	bool cut;
} Value;

#define VALUES_MAX 12

static void
fill(TextView *view, const Value *values)
{
	ResultColumn names[VALUES_MAX];
	Cell cells[VALUES_MAX];
	size_t count = 0;
	Timestamp now;

	for (; values[count].name != NULL; count++) {
		const Value *value = &values[count];

		names[count] = (ResultColumn){ value->name, value->type };
		cells[count] = (Cell){ .text = value->text != NULL ? value->text : "",
			.size = value->text != NULL ? strlen(value->text) : 0,
			.null = value->text == NULL,
			.cut = value->cut };
	}
	g_autoptr(RowColumns) columns = row_columns_new(names, count);
	g_autoptr(Row) row = row_new(cells, count);

	assert_true(timestamp_parse("2026-01-31T12:00:00Z", 0, &now));
	detail_fill(view, columns, row, now);
}

static int
show_record(const void *data)
{
	WidgetStage stage;
	TextView *view = text_view_new(NULL);

	stage_open(&stage, "dark");
	fill(view, data);
	text_view_draw(view, stdscr, stage.theme);
	mvaddstr(LINES - 1, COLS - 1, ".");
	refresh();
	stage_press(&stage);
	text_view_free(view);
	stage_close(&stage);
	return 0;
}

static Terminal *
start(const Value *values, int rows, int cols)
{
	Terminal *terminal = terminal_start(
	    &(TerminalOptions){ .rows = rows, .cols = cols, .run = show_record, .data = values });

	terminal_wait_text(terminal, ".", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
	return terminal;
}

/* All rows but the last, blank ones at the end cut. */
static void
expect_shown(Terminal *terminal, const char *expected)
{
	g_autofree char *screen = terminal_screen_text(terminal);
	char *end = strrchr(screen, '.');

	*end = '\0';
	g_strchomp(screen);
	if (strcmp(screen, expected) != 0)
		print_error("%s\n", screen);
	assert_string_equal(screen, expected);
}

static void
fields_stand_in_a_column_with_their_values_beside_or_below(void **state)
{
	static const Value values[] = {
		{ "id", VALUE_UUID, "0190aaaa", false },
		{ "created_at", VALUE_TIME, "2026-01-31T10:00:00Z", false },
		{ "due_at", VALUE_TIME, "2026-01-31T12:05:00.5Z", false },
		{ "forever", VALUE_TIME, "infinity", false },
		{ "deleted_at", VALUE_TIME, NULL, false },
		{ "title", VALUE_TEXT, "a title of words that go on in the row below", false },
		{ "content", VALUE_TEXT, "first\n\033[2Jsecond\n", false },
		{ "excerpt", VALUE_TEXT, "only the beg", true },
		{ "payload", VALUE_JSON, "{\"a\": [1, true, null], \"e\": {}, \"s\": \"x,{\\\"}\"}", false },
		{ "none", VALUE_JSON, "[]", false },
		{ NULL },
	};
	Terminal *terminal = start(values, 30, 44);

	(void)state;
	expect_shown(terminal,
	    "id          0190aaaa\n"
	    "created_at  2026-01-31T10:00:00Z  2h ago\n"
	    "due_at      2026-01-31T12:05:00.500Z  in 5m\n"
	    "forever     infinity\n"
	    "deleted_at  –\n"
	    "title       a title of words that go on in\n"
	    "            the row below\n"
	    "content\n"
	    "  first\n"
	    "  ␛[2Jsecond\n"
	    "excerpt     only the beg… (cut)\n"
	    "payload\n"
	    "  {\n"
	    "    \"a\": [\n"
	    "      1,\n"
	    "      true,\n"
	    "      null\n"
	    "    ],\n"
	    "    \"e\": {},\n"
	    "    \"s\": \"x,{\\\"}\"\n"
	    "  }\n"
	    "none        []");
}

static void
json_is_laid_out_however_broken_it_is(void **state)
{
	static const struct {
		const char *json, *shown;
	} rows[] = {
		{ "{\"a\":1}", "j\n  {\n    \"a\": 1\n  }" },
		{ "\"just a text\"", "j  \"just a text\"" },
		{ "-1.5e3", "j  -1.5e3" },
		{ "", "j" },
		{ "[ ]", "j  []" },
		{ "{\"a\":[1,", "j\n  {\n    \"a\": [\n      1," },
		{ "{\"a", "j\n  {\n    \"a" },
		{ "{\"a\\", "j\n  {\n    \"a\\" },
		{ "]}1", "j\n  ]\n  } 1" },
		{ "nul tru 12x", "j  nul tru 12x" },
		{ "\"a\"\"b\"", "j  \"a\" \"b\"" },
		{ "[\"\xe4\xb8\x96\xff\"]", "j\n  [\n    \"世<FF>\"\n  ]" },
		{ "[\"a\nb\"]", "j\n  [\n    \"a␊b\"\n  ]" },
		{ "{:,}", "j\n  {\n    : ,\n\n  }" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Value values[] = { { "j", VALUE_JSON, rows[i].json, false }, { NULL } };
		Terminal *terminal = start(values, 10, 40);

		expect_shown(terminal, rows[i].shown);
		terminal_free(terminal);
	}
}

static void
depth_and_length_have_no_end(void **state)
{
	g_autofree char *deep = g_strnfill(100000, '[');
	const Value values[] = { { "j", VALUE_JSON, deep, false }, { NULL } };
	g_autoptr(TextView) view = text_view_new(NULL);

	(void)state;
	fill(view, values);
	assert_int_equal(text_view_rows(view, 80), 1 + 100000);
}

/* Numbers of the dark theme with 256 colours. */
enum {
	GREY = 245,
	GREEN = 114,
	YELLOW = 221,
	BLUE = 111,
	MAGENTA = 176,
	CYAN = 80,
};

static void
expect_colour(Terminal *terminal, const char *text, int colour)
{
	int col, row = terminal_find(terminal, text, &col);

	if (row < 0 || terminal_cell(terminal, row, col).fg != colour)
		fail_msg("'%s' is not drawn in %d", text, colour);
}

static void
json_is_coloured_by_what_its_parts_are(void **state)
{
	static const Value values[] = {
		{ "payload", VALUE_JSON, "{\"name\": \"text\", \"n\": 12, \"b\": false, \"z\": null}",
		    false },
		{ NULL },
	};
	Terminal *terminal = start(values, 10, 40);

	(void)state;
	assert_true(terminal_cell(terminal, 0, 0).bold);
	expect_colour(terminal, "\"name\"", CYAN);
	expect_colour(terminal, "\"text\"", GREEN);
	expect_colour(terminal, "12", YELLOW);
	expect_colour(terminal, "false", MAGENTA);
	expect_colour(terminal, "null", GREY);
	expect_colour(terminal, "{", GREY);
}

static void
keywords_strings_and_comments_of_sql_are_coloured(void **state)
{
	static const Value values[] = {
		{ "gone", VALUE_TEXT, NULL, false },
		{ "sql", VALUE_TEXT,
		    "-- why\nCREATE TABLE posts /* a /* nested */ one */ (\n\tid uuid,\n\tnote text DEFAULT '-- no\nreally'\n);\n"
		    "DO $x$ begin -- inside $x$;",
		    false },
		{ NULL },
	};
	Terminal *terminal = start(values, 14, 50);

	(void)state;
	expect_shown(terminal,
	    "gone  –\n"
	    "sql\n"
	    "  -- why\n"
	    "  CREATE TABLE posts /* a /* nested */ one */ (\n"
	    "          id uuid,\n"
	    "          note text DEFAULT '-- no\n"
	    "  really'\n"
	    "  );\n"
	    "  DO $x$ begin -- inside $x$;");
	expect_colour(terminal, "–", GREY);
	expect_colour(terminal, "-- why", GREY);
	expect_colour(terminal, "one */", GREY);
	expect_colour(terminal, "CREATE", BLUE);
	expect_colour(terminal, "DEFAULT", BLUE);
	expect_colour(terminal, "posts", TERMINAL_COLOUR_DEFAULT);
	expect_colour(terminal, "'-- no", GREEN);
	expect_colour(terminal, "really'", GREEN);
	expect_colour(terminal, "$x$ begin", GREEN);
	expect_colour(terminal, "-- inside", GREEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
		    fields_stand_in_a_column_with_their_values_beside_or_below, terminal_teardown),
		cmocka_unit_test_teardown(json_is_laid_out_however_broken_it_is, terminal_teardown),
		cmocka_unit_test(depth_and_length_have_no_end),
		cmocka_unit_test_teardown(json_is_coloured_by_what_its_parts_are, terminal_teardown),
		cmocka_unit_test_teardown(
		    keywords_strings_and_comments_of_sql_are_coloured, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
