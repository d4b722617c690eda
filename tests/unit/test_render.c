#include "console/render.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* ESC [2J, a carriage return, a tab, a line end, DEL, CSI as C1, right-to-left override, zero width space */
#define HOSTILE "a\033[2J\r\t\n\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\x8b\xc3\xa9\xf0\x9f\x98\x80z"

static Cell
cell(const char *text)
{
	return (Cell){ .text = text, .size = strlen(text) };
}

/* One row of one column, both named and filled by `name` and `value`; newly allocated with malloc. */
static char *
rendered(OutputFormat format, bool terminal, const char *name, ValueType type, const char *value)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const RenderOptions options = {
		.format = format, .header = true, .out_terminal = terminal, .out = out, .err = stderr
	};
	const ResultColumn column = { name, type };
	const ResultShape shape = { RESULT_LIST, "things", &column, 1 };
	const ResultEnd end = { .rows = 1, .total = 1 };
	const Cell cells[] = { cell(value) };
	Frontend *frontend = render_new(&options);

	assert_true(frontend->begin(frontend, &shape, NULL));
	assert_true(frontend->row(frontend, cells, NULL));
	assert_true(frontend->end(frontend, &end, NULL));
	frontend->created(frontend, value);
	render_free(frontend);
	fclose(out);
	return text;
}

static void
nothing_hostile_reaches_a_terminal_in_any_format(void **state)
{
	(void)state;
	for (int format = 0; output_format_names[format] != NULL; format++) {
		for (ValueType type = VALUE_TEXT; type <= VALUE_BYTES; type++) {
			char *text = rendered((OutputFormat)format, true, HOSTILE, type, HOSTILE);
			g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

			for (size_t i = 0; lines[i] != NULL; i++)
				if (!text_is_clean(lines[i], -1))
					fail_msg("%s: '%s'", output_format_names[format], lines[i]);
			free(text);
		}
	}
}

static void
machine_formats_keep_the_data_where_no_terminal_reads_it(void **state)
{
	static const struct {
		OutputFormat format;
		const char *value, *expected;
	} cases[] = {
		{ FORMAT_CSV, "a\033\xe2\x80\xae,\"b\"\n", "n\n\"a\033\xe2\x80\xae,\"\"b\"\"\n\"\n" },
		{ FORMAT_TSV, "a\033\t\xe2\x80\xae", "n\na\033\\t\xe2\x80\xae\n" },
		{ FORMAT_JSONL, "a\033\xe2\x80\xae\xc3\xa9", "{\"n\":\"a\\u001b\xe2\x80\xae\xc3\xa9\"}\n" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *text = rendered(cases[i].format, false, "n", VALUE_TEXT, cases[i].value);

		if (!g_str_has_prefix(text, cases[i].expected))
			fail_msg("%s", text);
		free(text);
	}
}

static void
json_escapes_on_a_terminal_what_it_may_not_show(void **state)
{
	static const struct {
		ValueType type;
		const char *value, *expected;
	} cases[] = {
		{ VALUE_TEXT, "\xe2\x80\xae\xc3\xa9", "{\"n\":\"\\u202e\xc3\xa9\"}\n" },
		{ VALUE_TEXT, "\xf3\xa0\x80\x81", "{\"n\":\"\\udb40\\udc01\"}\n" },
		{ VALUE_JSON, "{\"k\": \"\xe2\x80\xae\x7f\"}", "{\"n\":{\"k\": \"\\u202e\\u007f\"}}\n" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *text = rendered(FORMAT_JSONL, true, "n", cases[i].type, cases[i].value);

		if (!g_str_has_prefix(text, cases[i].expected))
			fail_msg("%s", text);
		free(text);
	}
}

static void
a_row_of_jsonl_is_one_line_also_when_its_json_has_several(void **state)
{
	char *text = rendered(FORMAT_JSONL, false, "n", VALUE_JSON, "{\n\t\"k\": \"a\\nb\"\r\n}");

	(void)state;
	assert_true(g_str_has_prefix(text, "{\"n\":{  \"k\": \"a\\nb\"  }}\n"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_hostile_reaches_a_terminal_in_any_format),
		cmocka_unit_test(machine_formats_keep_the_data_where_no_terminal_reads_it),
		cmocka_unit_test(json_escapes_on_a_terminal_what_it_may_not_show),
		cmocka_unit_test(a_row_of_jsonl_is_one_line_also_when_its_json_has_several),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
