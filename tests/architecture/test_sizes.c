#include "include_edges.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What is rarely exceeded is told, what never is fails. Headers hold contracts, so they may not grow without
 * end. */
enum {
	FILE_BUDGET = 400,
	FILE_LIMIT = 600,
	FUNCTION_BUDGET = 60,
	FUNCTION_LIMIT = 100,
};

typedef struct Sizes {
	guint over_budget;
	guint over_limit;
} Sizes;

static void
weigh(Sizes *sizes, const char *path, int line, int lines, int budget, int limit)
{
	if (lines <= budget)
		return;
	sizes->over_budget++;
	if (lines > limit)
		sizes->over_limit++;
	print_message("%s:%d: %d lines, %s %d\n", path, line, lines, lines > limit ? "limit" : "budget",
	    lines > limit ? limit : budget);
}

/* A function's body stands between braces in the first column, which nothing else does in this style. */
static Sizes
weigh_text(const char *path, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	Sizes sizes = { 0 };
	int count = 0;
	int body = 0;

	for (; lines[count] != NULL; count++) {
		if (strcmp(lines[count], "{") == 0)
			body = count + 1;
		else if (strcmp(lines[count], "}") == 0 && body > 0) {
			weigh(&sizes, path, body, count - body, FUNCTION_BUDGET, FUNCTION_LIMIT);
			body = 0;
		}
	}
	weigh(&sizes, path, 1, count - 1, FILE_BUDGET, FILE_LIMIT);
	return sizes;
}

static void
files_and_functions_keep_their_size(void **state)
{
	g_autoptr(GPtrArray) paths = tree_sources(TEST_PROJECT_DIR);
	guint over_limit = 0;

	(void)state;
	for (guint i = 0; i < paths->len; i++) {
		g_autofree char *path = g_build_filename(TEST_PROJECT_DIR, paths->pdata[i], NULL);
		g_autofree char *text = NULL;

		assert_true(g_file_get_contents(path, &text, NULL, NULL));
		over_limit += weigh_text(paths->pdata[i], text).over_limit;
	}
	assert_int_equal(over_limit, 0);
}

static char *
function_of(int lines)
{
	g_autoptr(GString) text = g_string_new("int\nf(void)\n{\n");

	for (int i = 0; i < lines; i++)
		g_string_append(text, "\tg();\n");
	g_string_append(text, "}\n");
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
a_function_is_weighed_by_its_body(void **state)
{
	static const struct {
		int lines;
		Sizes sizes;
	} rows[] = {
		{ FUNCTION_BUDGET, { 0, 0 } },
		{ FUNCTION_BUDGET + 1, { 1, 0 } },
		{ FUNCTION_LIMIT + 1, { 1, 1 } },
		{ FILE_LIMIT, { 2, 2 } },
	};

	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = function_of(rows[i].lines);
		Sizes sizes = weigh_text("example.c", text);

		assert_int_equal(sizes.over_budget, rows[i].sizes.over_budget);
		assert_int_equal(sizes.over_limit, rows[i].sizes.over_limit);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_function_is_weighed_by_its_body),
		cmocka_unit_test(files_and_functions_keep_their_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
