#include "application/registry.h"
#include "console/console.h"
#include "tui/screens.h"
#include "tui/tui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

static Registry *
all_commands(void)
{
	Registry *registry = registry_new();

	registry_add(registry, application_commands);
	registry_add(registry, tui_commands);
	registry_add(registry, console_commands);
	return registry;
}

static void
every_screen_of_the_program_stands_its_check(void **state)
{
	g_autoptr(Registry) registry = all_commands();
	g_autoptr(GPtrArray) warnings = NULL;
	g_autoptr(ScreenSet) screens = screen_set_load(registry, &warnings);

	(void)state;
	for (guint i = 0; warnings != NULL && i < warnings->len; i++)
		print_error("%s\n", (const char *)warnings->pdata[i]);
	assert_true(warnings == NULL || warnings->len == 0);
	assert_true(screen_set_tabs(screens)->len >= 8);
}

static void
the_whole_registry_has_no_fault(void **state)
{
	g_autoptr(Registry) registry = all_commands();
	g_autoptr(GPtrArray) faults = registry_faults(registry);

	(void)state;
	for (guint i = 0; i < faults->len; i++)
		print_error("%s\n", (const char *)faults->pdata[i]);
	assert_int_equal(faults->len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_of_the_program_stands_its_check),
		cmocka_unit_test(the_whole_registry_has_no_fault),
	};

	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
