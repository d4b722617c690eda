#include "console/console.h"
#include "console/history.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glib/gstdio.h>
#include <cmocka.h>

static char *folder;

static int
set_up(void **state)
{
	(void)state;
	folder = g_dir_make_tmp("signalbox-history-XXXXXX", NULL);
	g_setenv("XDG_STATE_HOME", folder, TRUE);
	return 0;
}

static int
tear_down(void **state)
{
	g_autofree char *path = state_path("history");
	g_autofree char *below = g_path_get_dirname(path);

	(void)state;
	g_unlink(path);
	g_rmdir(below);
	g_rmdir(folder);
	g_free(folder);
	return 0;
}

static void
a_line_comes_back_as_one_that_does_the_same(void **state)
{
	static const struct {
		const char *typed, *kept;
	} cases[] = {
		{ "posts list", "posts list" },
		{ "posts list \\\n --limit 2", "posts list  --limit 2" },
		{ "posts \\\nlist state=Dra\\\nft", "posts list state=Draft" },
		{ "echo 'one\ntwo'", "echo 'one two'" },
		{ "echo bye \r\n", "echo bye" },
	};
	g_autoptr(CommandHistory) history = history_load();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_string_equal(history_add(history, cases[i].typed), cases[i].kept);

	g_autoptr(CommandHistory) again = history_load();

	assert_int_equal(history_lines(again)->len, G_N_ELEMENTS(cases));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_string_equal(history_lines(again)->pdata[i], cases[i].kept);
}

static void
blank_and_repeated_lines_are_not_kept(void **state)
{
	g_autoptr(CommandHistory) history = history_load();

	(void)state;
	assert_null(history_add(history, ""));
	assert_null(history_add(history, " echo quietly"));
	assert_non_null(history_add(history, "echo"));
	assert_null(history_add(history, "echo"));
	assert_int_equal(history_lines(history)->len, 1);
}

static void
only_lines_that_may_hold_a_secret_are_secret(void **state)
{
	static const struct {
		const char *line;
		bool secret;
	} cases[] = {
		{ "users add --email a@b.org --name A", false },
		{ "users set-password a@b.org --password-stdin", true },
		{ "users set-password a@b.org --password hunter2", true },
		{ "--quiet users set-password a@b.org hunter2 'open", true },
		{ "users list --bogus", false },
		{ "nonsense", false },
		{ "", false },
		{ "# users set-password", false },
	};
	g_autoptr(Registry) registry = registry_new();
	g_autoptr(Console) console = NULL;

	(void)state;
	registry_add(registry, application_commands);
	console = console_new(&(ConsoleSettings){ .registry = registry });
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		if (console_line_is_secret(console, cases[i].line) != cases[i].secret)
			fail_msg("%s", cases[i].line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_line_comes_back_as_one_that_does_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(blank_and_repeated_lines_are_not_kept, set_up, tear_down),
		cmocka_unit_test(only_lines_that_may_hold_a_secret_are_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
