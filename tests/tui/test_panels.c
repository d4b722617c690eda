#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 14, 60 }, { 10, 40 } };

static Terminal *
dashboard(int rows, int cols)
{
	Terminal *terminal =
	    stage_console(rows, cols, (const char *const[]){ "--screen", "dashboard", NULL });

	stage_wait_current(terminal, "due");
	return terminal;
}

/* Blanks alone are between the hints: what shows through would be a panel's. */
static void
expect_clean_hints(Terminal *terminal, int row, const char *start, const char *end)
{
	g_autofree char *hints = NULL;

	/* The last line is drawn after the ones that were waited for. */
	terminal_wait_text(terminal, start, STAGE_DEADLINE_MS);
	terminal_wait_text(terminal, end, STAGE_DEADLINE_MS);
	hints = terminal_row_text(terminal, row);
	assert_true(g_str_has_prefix(hints, start));
	assert_non_null(strstr(hints, end));
}

static void
each_panel_is_in_sight_when_it_has_the_focus(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		Terminal *terminal = dashboard(sizes[i].rows, sizes[i].cols);

		terminal_press(terminal, "Tab");
		stage_wait_current(terminal, "HTTP 503");
		terminal_wait_text(terminal, "Dead messages by what went wrong", STAGE_DEADLINE_MS);
		expect_clean_hints(terminal, sizes[i].rows - 1, " Enter Messages  ", "  : command  ? help");
		terminal_press(terminal, "Tab");
		stage_wait_current(terminal, "20261118_AddPosts");
		terminal_press(terminal, "Tab");
		stage_wait_current(terminal, "due");
		terminal_press(terminal, "S-Tab");
		stage_wait_current(terminal, "20261118_AddPosts");
		terminal_free(terminal);
	}
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(each_panel_is_in_sight_when_it_has_the_focus),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
