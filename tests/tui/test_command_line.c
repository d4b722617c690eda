#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/command_line.h"
#include "widget_stage.h"

static char *state_folder;

static int
make_state_folder(void **state)
{
	(void)state;
	state_folder = g_dir_make_tmp("signalbox-history-XXXXXX", NULL);
	assert_non_null(state_folder);
	return g_setenv("XDG_STATE_HOME", state_folder, TRUE) ? 0 : -1;
}

static int
remove_state_folder(void **state)
{
	g_autofree char *folder = g_build_filename(state_folder, "signalbox", NULL);
	g_autofree char *file = g_build_filename(folder, "history", NULL);

	(void)state;
	remove(file);
	remove(folder);
	remove(state_folder);
	g_free(state_folder);
	return 0;
}

/* Nothing is left of the test before. */
static CommandHistory *
history_of(const char *const *lines)
{
	g_autofree char *file = g_build_filename(state_folder, "signalbox", "history", NULL);
	CommandHistory *history;

	remove(file);
	history = history_load();
	for (; *lines != NULL; lines++)
		history_add(history, *lines);
	return history;
}

static void
candidate_free(void *data)
{
	Candidate *self = data;

	g_free(self->text);
	g_free(self->help);
	g_free(self);
}

/* "text|help" each; a text that ends in ~ is partial, without it. */
static Completion *
completion_of(size_t word_start, const char *const *texts)
{
	Completion *self = g_new0(Completion, 1);

	self->word_start = word_start;
	self->candidates = g_ptr_array_new_with_free_func(candidate_free);
	for (; *texts != NULL; texts++) {
		Candidate *candidate = g_new0(Candidate, 1);
		g_auto(GStrv) parts = g_strsplit(*texts, "|", 2);
		size_t length = strlen(parts[0]);

		candidate->partial = length > 0 && parts[0][length - 1] == '~';
		candidate->text = g_strndup(parts[0], length - candidate->partial);
		candidate->help = g_strdup(parts[1]);
		g_ptr_array_add(self->candidates, candidate);
	}
	return self;
}

static void
press(void *widget, KeyPress key)
{
	command_line_press(widget, key);
}

static void
up_and_down_find_lines_that_begin_as_typed(void **state)
{
	static const char *const lines[] = { "posts list", "users list", "posts show 1",
		"posts list state=Draft", "posts show 1", NULL };
	static const struct {
		const char *typed, *keys, *text;
	} rows[] = {
		{ "", "Up", "posts show 1" },
		{ "", "Up Up Up Up Up", "posts list" },
		{ "", "Up Up Up Up Up Up Up", "posts list" },
		{ "users", "Up", "users list" },
		{ "users", "Up Up", "users list" },
		{ "users", "Up Down", "users" },
		{ "posts", "Up Up", "posts list state=Draft" },
		{ "posts", "Up Up Down Down Down", "posts" },
		{ "posts l", "Up Up", "posts list" },
		{ "nothing", "Up", "nothing" },
		{ "posts", "Down", "posts" },
		{ "", "C-p C-p C-n", "posts show 1" },
		/* what is edited is what was typed from then on */
		{ "users", "Up Backspace Up", "users list" },
		{ "users", "Up C-u p Up", "posts show 1" },
	};
	g_autoptr(CommandHistory) history = history_of(lines);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", rows[i].typed, history);

		press_keys(rows[i].keys, press, line);
		if (strcmp(command_line_text(line), rows[i].text) != 0)
			fail_msg("row %zu: '%s'", i, command_line_text(line));
		assert_int_equal(command_line_cursor(line), strlen(rows[i].text));
	}
}

static void
a_line_without_a_history_stays_as_it_is(void **state)
{
	g_autoptr(CommandLine) line = command_line_new("/", "state=Dead", NULL);

	(void)state;
	press_keys("Up Down Right End", press, line);
	assert_string_equal(command_line_text(line), "state=Dead");
}

static void
a_suggestion_is_only_text_once_it_is_taken(void **state)
{
	static const char *const lines[] = { "posts list", "posts list state=Draft", NULL };
	static const struct {
		const char *keys, *text;
	} rows[] = {
		{ "Enter", "posts" },
		{ "Right", "posts list state=Draft" },
		{ "End", "posts list state=Draft" },
		{ "C-e", "posts list state=Draft" },
		{ "Left Right", "posts" },
		{ "Home End", "posts" },
		{ "space Right", "posts list state=Draft" },
		{ "x Right", "postsx" },
	};
	g_autoptr(CommandHistory) history = history_of(lines);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", "posts", history);

		press_keys(rows[i].keys, press, line);
		assert_string_equal(command_line_text(line), rows[i].text);
	}
}

static const char *const three[] = { "publish|Publish posts", "purge|Purge", "put~", NULL };

static void
tab_asks_then_goes_through_the_candidates(void **state)
{
	static const struct {
		const char *keys, *text;
	} rows[] = {
		{ "Tab", "posts publish" },
		{ "Tab Tab", "posts purge" },
		{ "Tab Tab Tab Tab", "posts publish" },
		{ "S-Tab", "posts put" },
		{ "S-Tab S-Tab", "posts purge" },
		{ "Tab S-Tab", "posts put" },
		{ "Tab space x", "posts publish x" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", "posts p", NULL);

		assert_false(command_line_wants_candidates(line));
		press(line, PRESS_TAB);
		assert_true(command_line_wants_candidates(line));
		command_line_take(line, completion_of(6, three));
		assert_false(command_line_wants_candidates(line));
		assert_string_equal(command_line_text(line), "posts pu");
		assert_int_equal(command_line_list_height(line), 3);
		press_keys(rows[i].keys, press, line);
		assert_string_equal(command_line_text(line), rows[i].text);
	}
}

static void
what_is_certain_is_put_in(void **state)
{
	static const struct {
		const char *typed;
		size_t word_start;
		const char *candidates[4];
		const char *text;
	} rows[] = {
		{ "posts pub", 6, { "publish" }, "posts publish " },
		{ "posts list st", 11, { "state=~" }, "posts list state=" },
		{ "posts list D", 11, { "'Draft post'" }, "posts list 'Draft post' " },
		{ "x s", 2, { "世界", "世間" }, "x 世" },
		{ "x DR", 2, { "Draft", "Drafted" }, "x Draft" },
		/* not less than what was typed, not a part of a character */
		{ "x dr", 2, { "Draft", "drum" }, "x dr" },
		{ "x ", 2, { "é", "è" }, "x " },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", rows[i].typed, NULL);

		press(line, PRESS_TAB);
		command_line_take(line, completion_of(rows[i].word_start, rows[i].candidates));
		assert_string_equal(command_line_text(line), rows[i].text);
	}
}

static void
a_candidate_in_the_middle_leaves_what_follows(void **state)
{
	static const char *const one[] = { "list", NULL };
	g_autoptr(CommandLine) line = command_line_new(":", "posts l state=Draft", NULL);

	(void)state;
	press_keys("Home Right Right Right Right Right Right Right Tab", press, line);
	command_line_take(line, completion_of(6, one));
	assert_string_equal(command_line_text(line), "posts list state=Draft");
	assert_int_equal(command_line_cursor(line), 10);
}

static void
candidates_for_another_text_are_dropped(void **state)
{
	static const char *const keys[] = { "Tab x", "Tab Left", "Tab Escape", "x", "Tab C-u" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", "posts p", NULL);
		g_autofree char *before = NULL;

		press_keys(keys[i], press, line);
		before = g_strdup(command_line_text(line));
		assert_false(command_line_wants_candidates(line));
		command_line_take(line, completion_of(6, three));
		assert_string_equal(command_line_text(line), before);
		assert_int_equal(command_line_list_height(line), 0);
	}
}

static void
a_completion_of_a_longer_text_harms_nothing(void **state)
{
	g_autoptr(CommandLine) line = command_line_new(":", "p", NULL);

	(void)state;
	press(line, PRESS_TAB);
	command_line_take(line, completion_of(40, three));
	assert_string_equal(command_line_text(line), "p");
	press(line, PRESS_TAB);
	command_line_take(line, NULL);
	assert_false(command_line_wants_candidates(line));
}

static void
lines_end_by_enter_escape_and_a_backspace_too_many(void **state)
{
	static const struct {
		const char *typed, *keys;
		CommandLineOutcome outcome;
	} rows[] = {
		{ "posts", "x", COMMAND_LINE_OPEN },
		{ "posts", "Enter", COMMAND_LINE_ACCEPTED },
		{ "posts", "Escape", COMMAND_LINE_CANCELLED },
		{ "", "Backspace", COMMAND_LINE_CANCELLED },
		{ "a", "Backspace", COMMAND_LINE_OPEN },
		{ "a", "Backspace Backspace", COMMAND_LINE_CANCELLED },
		{ "a", "Home Backspace", COMMAND_LINE_OPEN },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(CommandLine) line = command_line_new(":", rows[i].typed, NULL);

		press_keys(rows[i].keys, press, line);
		assert_int_equal(command_line_outcome(line), rows[i].outcome);
	}
}

static void
escape_closes_the_list_first(void **state)
{
	g_autoptr(CommandLine) line = command_line_new(":", "posts p", NULL);

	(void)state;
	press(line, PRESS_TAB);
	command_line_take(line, completion_of(6, three));
	press(line, PRESS_ESCAPE);
	assert_int_equal(command_line_outcome(line), COMMAND_LINE_OPEN);
	assert_int_equal(command_line_list_height(line), 0);
	press(line, PRESS_ESCAPE);
	assert_int_equal(command_line_outcome(line), COMMAND_LINE_CANCELLED);
}

static void
pasted_keys_are_text(void **state)
{
	static const KeyPress pasted[] = { PRESS_PASTE_BEGIN, 'a', PRESS_TAB, 'b', PRESS_ENTER, PRESS_ESCAPE,
		'c', PRESS_UP, PRESS_PASTE_END };
	static const char *const lines[] = { "a line", NULL };
	g_autoptr(CommandHistory) history = history_of(lines);
	g_autoptr(CommandLine) line = command_line_new(":", "", history);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(pasted); i++)
		press(line, pasted[i]);
	assert_string_equal(command_line_text(line), "a b c");
	assert_int_equal(command_line_outcome(line), COMMAND_LINE_OPEN);
	assert_false(command_line_wants_candidates(line));
}

#define COLS_SHOWN 40

static int
show_command_line(const void *data)
{
	static const char *const lines[] = { "posts publish 1", NULL };
	static const char *const many[] = { "one|the first", "two|the second\033[2J", "three", "four", "five",
		"six", "seven", "eight", "nine", "ten|the last of them, with a help that is cut", NULL };
	g_autoptr(CommandHistory) history = history_of(lines);
	g_autoptr(CommandLine) line = command_line_new(":", data, history);
	WidgetStage stage;
	KeyPress key;

	stage_open(&stage, "none");
	do {
		int height = MIN(command_line_list_height(line), LINES - 1);
		WINDOW *bottom = newwin(1, COLS, LINES - 1, 0);
		WINDOW *list = height > 0 ? newwin(height, COLS, LINES - 1 - height, 0) : NULL;

		erase();
		wnoutrefresh(stdscr);
		command_line_draw(line, bottom, list, stage.theme);
		if (list != NULL) {
			wnoutrefresh(list);
			delwin(list);
		}
		wnoutrefresh(bottom);
		doupdate();
		delwin(bottom);
		key = stage_press(&stage);
		command_line_press(line, key);
		if (command_line_wants_candidates(line))
			command_line_take(line, completion_of(command_line_cursor(line), many));
	} while (key != PRESS_NONE && command_line_outcome(line) == COMMAND_LINE_OPEN);
	stage_close(&stage);
	return 0;
}

static void
expect_screen(Terminal *terminal, const char *expected)
{
	g_autofree char *screen = NULL;

	terminal_settle(terminal);
	screen = terminal_screen_text(terminal);
	if (strcmp(screen, expected) != 0)
		print_error("%s", screen);
	assert_string_equal(screen, expected);
	terminal_expect_allowed_bytes(terminal);
}

static Terminal *
start(const char *text, int rows)
{
	Terminal *terminal = terminal_start(
	    &(TerminalOptions){ .rows = rows, .cols = COLS_SHOWN, .run = show_command_line, .data = text });

	terminal_wait_text(terminal, ":", TERMINAL_DEADLINE_MS);
	return terminal;
}

static void
a_suggestion_is_drawn_behind_the_cursor(void **state)
{
	Terminal *terminal = start("posts p", 3);
	int row, col;

	(void)state;
	expect_screen(terminal, "\n\n:posts publish 1\n");
	assert_true(terminal_cursor(terminal, &row, &col));
	assert_int_equal(col, 8);
	assert_false(terminal_cell(terminal, 2, 7).dim);
	assert_true(terminal_cell(terminal, 2, 8).dim);
	terminal_press(terminal, "Left");
	expect_screen(terminal, "\n\n:posts p\n");
}

static void
candidates_are_listed_with_their_help(void **state)
{
	Terminal *terminal = start("", 12);

	(void)state;
	terminal_press(terminal, "Tab");
	expect_screen(terminal,
	    "\n\n"
	    " one    the first\n"
	    " two    the second␛[2J\n"
	    " three\n four\n five\n six\n seven\n eight\n"
	    " 1-8 of 10\n"
	    ":\n");
	terminal_press(terminal, "S-Tab");
	expect_screen(terminal,
	    "\n\n"
	    " three\n four\n five\n six\n seven\n eight\n nine\n"
	    " ten    the last of them, with a help …\n"
	    " 3-10 of 10\n"
	    ":ten\n");
	assert_true(terminal_cell(terminal, 9, 1).reverse);
	assert_false(terminal_cell(terminal, 8, 1).reverse);
	terminal_press(terminal, "Escape");
	expect_screen(terminal, "\n\n\n\n\n\n\n\n\n\n\n:ten\n");
}

static void
a_low_window_shows_what_it_can(void **state)
{
	Terminal *terminal = start("", 4);

	(void)state;
	terminal_press_all(terminal, "Tab Tab Tab Tab");
	expect_screen(terminal, " two    the second␛[2J\n three\n 2-3 of 10\n:three\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(up_and_down_find_lines_that_begin_as_typed),
		cmocka_unit_test(a_line_without_a_history_stays_as_it_is),
		cmocka_unit_test(a_suggestion_is_only_text_once_it_is_taken),
		cmocka_unit_test(tab_asks_then_goes_through_the_candidates),
		cmocka_unit_test(what_is_certain_is_put_in),
		cmocka_unit_test(a_candidate_in_the_middle_leaves_what_follows),
		cmocka_unit_test(candidates_for_another_text_are_dropped),
		cmocka_unit_test(a_completion_of_a_longer_text_harms_nothing),
		cmocka_unit_test(lines_end_by_enter_escape_and_a_backspace_too_many),
		cmocka_unit_test(escape_closes_the_list_first),
		cmocka_unit_test(pasted_keys_are_text),
		cmocka_unit_test_teardown(a_suggestion_is_drawn_behind_the_cursor, terminal_teardown),
		cmocka_unit_test_teardown(candidates_are_listed_with_their_help, terminal_teardown),
		cmocka_unit_test_teardown(a_low_window_shows_what_it_can, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, make_state_folder, remove_state_folder);
}
