#include "include_edges.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void
every_include_follows_an_arrow_of_the_house(void **state)
{
	g_autoptr(GPtrArray) broken = include_edges_broken(TEST_PROJECT_DIR);

	(void)state;
	for (guint i = 0; i < broken->len; i++)
		print_error("%s\n", (char *)broken->pdata[i]);
	assert_int_equal(broken->len, 0);
}

static void
the_house_is_not_empty(void **state)
{
	g_autoptr(GPtrArray) sources = tree_sources(TEST_PROJECT_DIR);

	(void)state;
	assert_true(sources->len > 50);
}

/* The tree in bad/ breaks each kind of wall once, and keeps to the arrows beside that. */
static void
each_broken_wall_of_a_bad_tree_is_named(void **state)
{
	static const char *const expected[] = {
		"include/console/shown.h:1: a shared header must not show <jansson.h>",
		"src/application/asks_server.c:1: application must not see <libpq-fe.h>",
		"src/application/asks_server.c:2: application must not see infrastructure",
		"src/base/knows_main.c:1: base must not see src/main.c",
		"src/domain/climbs.c:1: domain must not see application",
		"src/domain/climbs.c:2: domain must not see application",
		"src/domain/climbs.c:3: \"nowhere.h\" is not found",
		"src/repl/draws.c:1: repl must not see tui",
		"src/repl/draws.c:2: repl must not see <curses.h>",
	};
	g_autoptr(GPtrArray) broken = include_edges_broken(TEST_SOURCE_DIR "/architecture/bad");

	(void)state;
	for (guint i = 0; i < MIN(broken->len, G_N_ELEMENTS(expected)); i++)
		assert_string_equal(broken->pdata[i], expected[i]);
	assert_int_equal(broken->len, G_N_ELEMENTS(expected));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_include_follows_an_arrow_of_the_house),
		cmocka_unit_test(the_house_is_not_empty),
		cmocka_unit_test(each_broken_wall_of_a_bad_tree_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
