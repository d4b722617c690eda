#include "tui/screen_file.h"
#include "tui/screens.h"

#include "application/registry.h"
#include "base/error.h"
#include "console/console.h"
#include "tui/tui.h"

#include <glib/gstdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Registry *registry;

static int
make_registry(void **state)
{
	(void)state;
	registry = registry_new();
	registry_add(registry, application_commands);
	registry_add(registry, tui_commands);
	registry_add(registry, console_commands);
	return 0;
}

static int
free_registry(void **state)
{
	(void)state;
	registry_free(registry);
	return 0;
}

static bool
load(const char *text, Screen **ret_screen, GError **error)
{
	g_autoptr(Screen) screen = NULL;

	if (!screen_parse("mine", "mine.screen", text, strlen(text), &screen, error) ||
	    !screen_check(screen, registry, error))
		return false;
	*ret_screen = g_steal_pointer(&screen);
	return true;
}

static void
a_screen_is_read_as_its_file_says_it(void **state)
{
	static const char text[] =
	    "# A comment\n"
	    "[screen]\ntitle=Posts\nlist=posts list\ndetail=posts show {id}\norder=created_at:desc\nrefresh=5s\ntab=3\n"
	    "empty=Nothing; really\n"
	    "[columns]\n"
	    "title=rank 1; width 20-60; title HEADLINE\n"
	    "state=rank 2; colour Draft:yellow, Published:green\n"
	    "published_at=age\n"
	    "[keys]\n"
	    "p=posts publish {id} ; Publish ; state=Draft,Archived\n"
	    "a=:posts add --title 'a; b'\n"
	    "Enter=detail\n";
	g_autoptr(Screen) screen = NULL;
	g_autoptr(GError) error = NULL;
	const ScreenList *list;
	const ScreenKey *key;

	(void)state;
	if (!load(text, &screen, &error))
		fail_msg("%s", error->message);
	list = screen->lists->pdata[0];
	assert_string_equal(screen->title, "Posts");
	assert_int_equal(screen->tab, 3);
	assert_int_equal(screen->refresh, 5 * DURATION_SECOND);
	assert_string_equal(list->empty, "Nothing; really");
	assert_int_equal(screen_list_column(list, "title")->width_max, 60);
	assert_string_equal(screen_list_column(list, "title")->title, "HEADLINE");
	assert_int_equal(screen_list_column(list, "state")->colours->len, 2);
	assert_int_equal(screen_list_column(list, "published_at")->format, COLUMN_AGE);
	key = screen_list_key(list, 'p');
	assert_string_equal(key->template, "posts publish {id}");
	assert_string_equal(key->label, "Publish");
	assert_string_equal(key->when.values[1], "Archived");
	assert_int_equal(screen_list_key(list, 'a')->kind, SCREEN_KEY_PREFILL);
	assert_string_equal(screen_list_key(list, 'a')->template, "posts add --title 'a; b'");
	assert_int_equal(screen_list_key(list, PRESS_ENTER)->kind, SCREEN_KEY_DETAIL);
}

#define HEAD "[screen]\nlist=posts list\ndetail=posts show {id}\n"

static const struct {
	const char *text;
	const char *message; /* it begins with file and line, and holds this */
	int line;
} bad_files[] = {
	{ "", "no [screen] group", 1 },
	{ "[screen]\ntitle=x\n", "says no list", 1 },
	{ "[screen]\nlist=post list\n", "", 2 },
	{ "[screen]\nlist=posts publish\n", "changes something", 2 },
	{ "[screen]\nlist=posts list\nlits=1\n", "lits", 3 },
	{ "[screen]\nlist=posts list\nrefresh=soon\n", "no duration", 3 },
	{ "[screen]\nlist=posts list\nrefresh=10ms\n", "no duration", 3 },
	{ "[screen]\nlist=posts list\norder=content\n", "content", 3 },
	{ "[screen]\nlist=posts list\ntab=first\n", "no number", 3 },
	{ "[screen]\nlist=posts list\nfrom=middle\n", "from", 3 },
	{ "[screen]\nlist=posts list\ndetail=posts shwo {id}\n", "", 3 },
	{ "[screen]\nlist=posts list\nlist=users list\n", "stands already", 3 },
	{ HEAD "[colums]\ntitle=age\n", "unknown group", 4 },
	{ HEAD "[keys x]\np=detail\n", "unknown group", 4 },
	{ HEAD "[columns]\ntitel=age\n", "no column 'titel'", 5 },
	{ HEAD "[columns]\ntitle=rank 0\n", "rank '0'", 5 },
	{ HEAD "[columns]\ntitle=width 60-20\n", "width '60-20'", 5 },
	{ HEAD "[columns]\ntitle=colour Draft\n", "VALUE:COLOUR", 5 },
	{ HEAD "[columns]\ntitle=colour Draft:purple\n", "unknown colour 'purple'", 5 },
	{ HEAD "[columns]\ntitle=wide\n", "'wide'", 5 },
	{ HEAD "[keys]\npp=detail\n", "no key 'pp'", 5 },
	{ HEAD "[keys]\np=\n", "a key is written", 5 },
	{ HEAD "[keys]\np=posts pubish {id}\n", "", 5 },
	{ HEAD "[keys]\nq=posts publish {id}\n", "on every screen", 5 },
	{ HEAD "[keys]\nEscape=posts publish {id}\n", "on every screen", 5 },
	{ HEAD "[keys]\nEnter=detail\nC-m=detail\n", "stands already in line 5", 6 },
	{ HEAD "[keys]\np=posts publish {id\n", "{", 5 },
	{ HEAD "[keys]\np=posts publish {id} ; Publish ; Draft\n", "no condition", 5 },
	{ HEAD "[keys]\np=posts publish {id} ; Publish ; state=Draft ; more\n", "a key is written", 5 },
	{ HEAD "[columns]\nid=age\n[keys]\np=posts publish {di}\n", "no column 'di'", 7 },
	{ HEAD "[columns]\nid=age\n[keys]\np=posts publish {id} ; P ; stat=Draft\n", "no column 'stat'", 7 },
	{ "[screen]\nlist=posts list\n[keys]\nEnter=detail\n", "no detail=", 4 },
	{ "[panel a]\nlist=posts list\n", "no [screen]", 1 },
	{ "[screen]\n[panel a]\nlist=posts list\nrows=many\n", "no number", 4 },
	{ "[screen]\n[panel a]\ntitle=x\n", "says no list", 2 },
};

static void
what_is_wrong_is_told_with_file_and_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad_files); i++) {
		g_autoptr(Screen) screen = NULL;
		g_autoptr(GError) error = NULL;
		g_autofree char *place = g_strdup_printf("mine.screen:%d: ", bad_files[i].line);

		if (load(bad_files[i].text, &screen, &error))
			fail_msg("case %zu was accepted", i);
		if (!g_str_has_prefix(error->message, place) ||
		    strstr(error->message, bad_files[i].message) == NULL)
			fail_msg("case %zu: %s", i, error->message);
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
	}
}

static void
panels_have_columns_and_keys_of_their_own(void **state)
{
	static const char text[] =
	    "[screen]\ntitle=Two\n[panel a]\ntitle=A\nlist=users list\nrows=4\n[keys a]\nx=users deactivate {id}\n"
	    "[panel b]\ntitle=B\nlist=posts list\n[columns b]\ntitle=rank 1\n";
	g_autoptr(Screen) screen = NULL;
	g_autoptr(GError) error = NULL;
	const ScreenList *a, *b;

	(void)state;
	if (!load(text, &screen, &error))
		fail_msg("%s", error->message);
	a = screen->lists->pdata[0];
	b = screen->lists->pdata[1];
	assert_int_equal(a->rows, 4);
	assert_non_null(screen_list_key(a, 'x'));
	assert_null(screen_list_key(b, 'x'));
	assert_int_equal(b->columns->len, 1);
}

static void
the_built_in_screens_stand_their_check(void **state)
{
	g_autoptr(GPtrArray) warnings = NULL;
	g_autoptr(ScreenSet) screens = screen_set_load(registry, &warnings);

	(void)state;
	for (guint i = 0; i < warnings->len; i++)
		print_message("%s\n", (const char *)warnings->pdata[i]);
	assert_int_equal(warnings->len, 0);
	assert_true(screen_set_tabs(screens)->len >= 5);
	assert_non_null(screen_set_find(screens, "dashboard"));
	assert_null(screen_set_find(screens, "nothing"));
}

static void
a_persons_own_screen_wins_and_a_bad_one_is_left_out(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("signalbox-XXXXXX", NULL);
	g_autofree char *screens_folder = g_build_filename(folder, "signalbox", "screens", NULL);
	g_autofree char *own = g_build_filename(screens_folder, "users.screen", NULL);
	g_autofree char *bad = g_build_filename(screens_folder, "posts.screen", NULL);
	g_autofree char *parent = g_build_filename(folder, "signalbox", NULL);
	g_autoptr(GPtrArray) warnings = NULL;
	ScreenSet *screens;

	(void)state;
	g_mkdir_with_parents(screens_folder, 0700);
	assert_true(g_file_set_contents(own, "[screen]\ntitle=People\nlist=users list\ntab=1\n", -1, NULL));
	assert_true(g_file_set_contents(bad, "[screen]\nlist=nothing\n", -1, NULL));
	g_setenv("XDG_CONFIG_HOME", folder, TRUE);
	screens = screen_set_load(registry, &warnings);
	g_unsetenv("XDG_CONFIG_HOME");
	assert_string_equal(screen_set_find(screens, "users")->title, "People");
	assert_string_equal(screen_set_find(screens, "posts")->title, "Posts");
	assert_int_equal(warnings->len, 1);
	assert_non_null(strstr(warnings->pdata[0], "posts.screen:2: "));
	screen_set_free(screens);
	g_unlink(own);
	g_unlink(bad);
	g_rmdir(screens_folder);
	g_rmdir(parent);
	g_rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_screen_is_read_as_its_file_says_it),
		cmocka_unit_test(what_is_wrong_is_told_with_file_and_line),
		cmocka_unit_test(panels_have_columns_and_keys_of_their_own),
		cmocka_unit_test(the_built_in_screens_stand_their_check),
		cmocka_unit_test(a_persons_own_screen_wins_and_a_bad_one_is_left_out),
	};

	return cmocka_run_group_tests(tests, make_registry, free_registry);
}
