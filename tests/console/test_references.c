/*
 * The printed references under docs/ are what the program prints; with SIGNALBOX_UPDATE_EXPECTED=1 in the
 * environment they are rewritten.
 */

#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DOCS TEST_SOURCE_DIR "/../docs/"

static void
assert_printed(const char *path, const char *line)
{
	g_auto(ProgramResult) result = program_line(line);
	g_autofree char *text = NULL;

	assert_int_equal(result.exit_code, 0);
	assert_string_equal(result.err, "");
	if (g_strcmp0(g_getenv("SIGNALBOX_UPDATE_EXPECTED"), "1") == 0)
		assert_true(g_file_set_contents(path, result.out, -1, NULL));
	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail_msg("'%s' can't be read", path);
	if (strcmp(text, result.out) != 0)
		fail_msg("'%s' is not what 'signalbox %s' prints; SIGNALBOX_UPDATE_EXPECTED=1 rewrites it",
		    path, line);
}

static void
the_commands_are_written_down_as_the_program_prints_them(void **state)
{
	(void)state;
	assert_printed(DOCS "commands.md", "--print-reference commands");
}

static void
the_keys_are_written_down_as_the_program_prints_them(void **state)
{
	(void)state;
	assert_printed(DOCS "keys.md", "--print-reference keys");
}

static char *
output_of(const char *line)
{
	g_auto(ProgramResult) result = program_line(line);

	if (result.exit_code != 0)
		fail_msg("'%s' ends with %d: %s", line, result.exit_code, result.err);
	return g_steal_pointer(&result.out);
}

static void
every_command_is_in_every_reference(void **state)
{
	g_autofree char *commands = output_of("--print-reference commands");
	g_autofree char *man = output_of("--print-reference man");
	g_autofree char *help = output_of("--help");
	g_auto(GStrv) lines = g_strsplit(commands, "\n", -1);
	guint count = 0;

	(void)state;
	for (char **line = lines; *line != NULL; line++) {
		g_autofree char *dashed = NULL;
		g_auto(GStrv) parts = NULL;

		if (!g_str_has_prefix(*line, "### "))
			continue;
		count++;
		parts = g_strsplit(*line + strlen("### "), "-", -1);
		dashed = g_strjoinv("\\-", parts);
		if (strstr(man, dashed) == NULL || strstr(help, *line + strlen("### ")) == NULL)
			fail_msg("'%s' is not in the man page or in --help", *line);
	}
	assert_true(count > 40);
}

/* troff reads bytes, and takes a line that begins with a dot for a request. */
static void
the_man_page_is_ascii_and_its_requests_are_known(void **state)
{
	static const char *const requests[] = { ".TH ", ".SH ", ".SS ", ".TP", ".PP", ".B " };
	g_autofree char *man = output_of("--print-reference man");
	g_auto(GStrv) lines = g_strsplit(man, "\n", -1);

	(void)state;
	assert_true(g_str_is_ascii(man));
	for (char **line = lines; *line != NULL; line++) {
		bool known = **line != '.' && **line != '\'';

		for (size_t i = 0; i < G_N_ELEMENTS(requests); i++)
			known = known || g_str_has_prefix(*line, requests[i]);
		if (!known)
			fail_msg("'%s' is no line of a man page", *line);
	}
}

static void
an_example_is_of_its_own_command(void **state)
{
	g_autofree char *commands = output_of("--print-reference commands");
	g_auto(GStrv) lines = g_strsplit(commands, "\n", -1);
	const char *command = NULL;
	guint count = 0;

	(void)state;
	for (char **line = lines; *line != NULL; line++) {
		if (g_str_has_prefix(*line, "### "))
			command = *line + strlen("### ");
		if (!g_str_has_prefix(*line, "Example: `"))
			continue;
		count++;
		if (!g_str_has_prefix(*line + strlen("Example: `"), command))
			fail_msg("the example of '%s' is of another command: %s", command, *line);
	}
	assert_true(count > 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_commands_are_written_down_as_the_program_prints_them),
		cmocka_unit_test(the_keys_are_written_down_as_the_program_prints_them),
		cmocka_unit_test(every_command_is_in_every_reference),
		cmocka_unit_test(the_man_page_is_ascii_and_its_requests_are_known),
		cmocka_unit_test(an_example_is_of_its_own_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
