#include "terminal_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define ATTRIBUTES_HEADING "-- attributes --"

static gboolean
blot_out(const GMatchInfo *match, GString *out, gpointer data)
{
	g_autofree char *text = g_match_info_fetch(match, 0);

	(void)data;
	for (glong i = g_utf8_strlen(text, -1); i > 0; i--)
		g_string_append_c(out, '#');
	return FALSE;
}

static char *
masked(char *text, const char *const *masks)
{
	for (size_t i = 0; masks != NULL && masks[i] != NULL; i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GRegex) regex = g_regex_new(masks[i], G_REGEX_MULTILINE, 0, &error);
		char *next;

		if (regex == NULL)
			fail_msg("mask '%s': %s", masks[i], error->message);
		next = g_regex_replace_eval(regex, text, -1, 0, 0, blot_out, NULL, NULL);
		g_free(text);
		text = next;
	}
	return text;
}

static char *
describe(Terminal *self, const char *const *masks)
{
	g_autofree char *text = masked(terminal_screen_text(self), masks);
	g_autofree char *attributes = terminal_attributes(self);
	int rows, cols, row, col;
	bool visible = terminal_cursor(self, &row, &col);

	terminal_size(self, &rows, &cols);
	if (!visible)
		return g_strdup_printf(
		    "%dx%d, cursor hidden\n%s%s\n%s", rows, cols, text, ATTRIBUTES_HEADING, attributes);
	return g_strdup_printf(
	    "%dx%d, cursor %d,%d\n%s%s\n%s", rows, cols, row, col, text, ATTRIBUTES_HEADING, attributes);
}

/* Lines up to and with the heading are compared in place; attributes, whose number changes, by being there.
 */
static void
print_changed_rows(char **expected, char **got)
{
	for (size_t i = 0; expected[i] != NULL && got[i] != NULL; i++) {
		if (strcmp(expected[i], got[i]) != 0)
			print_error("%3zu- %s\n%3zu+ %s\n", i, expected[i], i, got[i]);
		if (strcmp(expected[i], ATTRIBUTES_HEADING) == 0 || strcmp(got[i], ATTRIBUTES_HEADING) == 0)
			break;
	}
}

static void
print_missing(char sign, char **lines, char **others)
{
	bool attributes = false;

	for (size_t i = 0; lines[i] != NULL; i++) {
		if (attributes && !g_strv_contains((const char *const *)others, lines[i]))
			print_error("   %c %s\n", sign, lines[i]);
		attributes = attributes || strcmp(lines[i], ATTRIBUTES_HEADING) == 0;
	}
}

static void
print_difference(const char *expected, const char *got)
{
	g_auto(GStrv) expected_lines = g_strsplit(expected, "\n", -1);
	g_auto(GStrv) got_lines = g_strsplit(got, "\n", -1);

	print_changed_rows(expected_lines, got_lines);
	print_missing('-', expected_lines, got_lines);
	print_missing('+', got_lines, expected_lines);
}

static void
rewrite(const char *path, const char *text)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autoptr(GError) error = NULL;

	g_mkdir_with_parents(folder, 0755);
	if (!g_file_set_contents(path, text, -1, &error))
		fail_msg("%s", error->message);
}

void
terminal_expect_file_at(
    Terminal *self, const char *path, const char *const *masks, const char *file, int line)
{
	g_autofree char *whole_path = g_build_filename(TEST_SOURCE_DIR "/..", path, NULL);
	g_autofree char *got = describe(self, masks);
	g_autofree char *expected = NULL;

	if (g_strcmp0(g_getenv("SIGNALBOX_UPDATE_EXPECTED"), "1") == 0) {
		rewrite(whole_path, got);
		return;
	}
	if (!g_file_get_contents(whole_path, &expected, NULL, NULL))
		terminal_fail(
		    self, file, line, "there is no '%s': SIGNALBOX_UPDATE_EXPECTED=1 writes it", path);
	if (strcmp(expected, got) == 0)
		return;
	print_error("the screen is not '%s' (- expected, + seen):\n", path);
	print_difference(expected, got);
	terminal_fail(self, file, line, "the screen differs from '%s'", path);
}
