#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/timestamp.h"
#include "tui/dialog.h"
#include "widget_stage.h"

#define OPENED ((gint64)1000 * DURATION_SECOND)

static char *lines[] = { (char[]){ "41 messages in 3 groups" }, (char[]){ "oldest: 2h ago" }, NULL };

typedef struct Press {
	const char *key;
	int after_ms; /* since the press before, or the opening */
} Press;

static DialogOutcome
answer(const char *typed, const char *started_by, const Press *presses)
{
	LaneQuestion question = { (char[]){ "Retry 41 outbox messages?" }, lines, NULL };
	g_autofree char *copy = g_strdup(typed);
	KeyPress starter = PRESS_NONE;
	gint64 now = OPENED;

	question.typed = copy;
	if (started_by != NULL)
		assert_true(keypress_parse(started_by, &starter, NULL));
	g_autoptr(Dialog) dialog = dialog_new(&question, starter, now);

	for (; presses->key != NULL && dialog_outcome(dialog) == DIALOG_OPEN; presses++) {
		KeyPress key;

		assert_true(keypress_parse(presses->key, &key, NULL));
		now += presses->after_ms * DURATION_MILLISECOND;
		assert_true(dialog_press(dialog, key, now));
	}
	return dialog_outcome(dialog);
}

static void
only_a_deliberate_press_answers(void **state)
{
	static const struct {
		const char *started_by;
		Press presses[8];
		DialogOutcome outcome;
	} rows[] = {
		{ "t", { { "y", 301 } }, DIALOG_YES },
		{ "t", { { "Y", 301 } }, DIALOG_YES },
		{ "t", { { "n", 301 } }, DIALOG_NO },
		{ "t", { { "q", 301 } }, DIALOG_NO },
		{ "t", { { "Escape", 1 } }, DIALOG_NO },
		/* the focus is on Cancel */
		{ "t", { { "Enter", 301 } }, DIALOG_NO },
		{ "t", { { "Tab", 301 }, { "Enter", 50 } }, DIALOG_YES },
		{ "t", { { "Right", 301 }, { "Left", 50 }, { "Enter", 50 } }, DIALOG_NO },
		{ "t", { { "S-Tab", 301 }, { "Enter", 50 } }, DIALOG_YES },
		/* too early */
		{ "t", { { "y", 299 } }, DIALOG_OPEN },
		{ "t", { { "Enter", 299 } }, DIALOG_OPEN },
		{ "t", { { "Tab", 100 }, { "Enter", 301 } }, DIALOG_NO },
		/* the key that started it, held or pressed again */
		{ "y", { { "y", 5000 } }, DIALOG_OPEN },
		{ "y", { { "y", 5000 }, { "y", 5000 } }, DIALOG_OPEN },
		{ "y", { { "y", 5000 }, { "Y", 5000 } }, DIALOG_YES },
		{ "Enter", { { "Tab", 400 }, { "Enter", 400 } }, DIALOG_OPEN },
		{ "Enter", { { "Tab", 400 }, { "Enter", 400 }, { "y", 400 } }, DIALOG_YES },
		{ "Enter", { { "Enter", 400 } }, DIALOG_NO },
		{ "Enter", { { "Enter", 200 }, { "Enter", 200 }, { "Enter", 200 } }, DIALOG_OPEN },
		/* repeats */
		{ "t", { { "y", 299 }, { "y", 299 }, { "y", 299 } }, DIALOG_OPEN },
		{ "t", { { "y", 299 }, { "y", 301 } }, DIALOG_YES },
		/* other keys */
		{ "t", { { "space", 400 }, { "x", 400 }, { "C-d", 400 }, { "Down", 400 } }, DIALOG_OPEN },
		{ NULL, { { "y", 301 } }, DIALOG_YES },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		DialogOutcome outcome = answer(NULL, rows[i].started_by, rows[i].presses);

		if (outcome != rows[i].outcome)
			fail_msg("row %zu: %d instead of %d", i, outcome, rows[i].outcome);
	}
}

static void
where_something_must_be_typed_only_that_confirms(void **state)
{
	static const struct {
		const char *started_by;
		Press presses[8];
		DialogOutcome outcome;
	} rows[] = {
		{ "x", { { "4", 400 }, { "1", 50 }, { "Enter", 50 } }, DIALOG_YES },
		{ "x", { { "Enter", 400 } }, DIALOG_OPEN },
		{ "x", { { "4", 400 }, { "Enter", 50 } }, DIALOG_OPEN },
		{ "x", { { "4", 400 }, { "1", 50 }, { "space", 50 }, { "Enter", 50 } }, DIALOG_OPEN },
		{ "x", { { "4", 400 }, { "2", 50 }, { "Backspace", 50 }, { "1", 50 }, { "Enter", 50 } },
		    DIALOG_YES },
		{ "x", { { "y", 400 }, { "n", 50 }, { "q", 50 } }, DIALOG_OPEN },
		{ "x", { { "4", 400 }, { "Escape", 50 } }, DIALOG_NO },
		/* typed before the dialog was there to be read */
		{ "x", { { "4", 100 }, { "1", 100 }, { "Enter", 400 } }, DIALOG_OPEN },
		/* a key that is still held types nothing */
		{ "4",
		    { { "4", 200 }, { "4", 200 }, { "4", 200 }, { "4", 400 }, { "1", 50 }, { "Enter", 50 } },
		    DIALOG_YES },
		/* the command line was ended by Enter, too */
		{ "Enter", { { "4", 400 }, { "1", 50 }, { "Enter", 50 } }, DIALOG_YES },
		{ "Enter", { { "Enter", 200 }, { "Enter", 200 }, { "Enter", 400 } }, DIALOG_OPEN },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		DialogOutcome outcome = answer("41", rows[i].started_by, rows[i].presses);

		if (outcome != rows[i].outcome)
			fail_msg("row %zu: %d instead of %d", i, outcome, rows[i].outcome);
	}
}

static void
an_empty_text_to_type_is_a_question_for_yes_or_no(void **state)
{
	static const Press enter[] = { { "Enter", 400 }, { NULL, 0 } };

	(void)state;
	assert_int_equal(answer("", "t", enter), DIALOG_NO);
}

static void
paste(Dialog *dialog, const char *text, gint64 now)
{
	dialog_press(dialog, PRESS_PASTE_BEGIN, now);
	for (; *text != '\0'; text++)
		dialog_press(dialog, *text == '\n' ? PRESS_ENTER : (KeyPress)*text, now);
	dialog_press(dialog, PRESS_PASTE_END, now);
}

static void
a_pasted_text_is_no_answer(void **state)
{
	LaneQuestion question = { (char[]){ "Delete?" }, NULL, NULL };
	g_autoptr(Dialog) buttons = dialog_new(&question, 't', OPENED);

	(void)state;
	paste(buttons, "y\nn\n", OPENED + DURATION_SECOND);
	assert_int_equal(dialog_outcome(buttons), DIALOG_OPEN);

	question.typed = (char[]){ "orders" };
	g_autoptr(Dialog) typed = dialog_new(&question, 't', OPENED);

	paste(typed, "orders", OPENED + DURATION_SECOND);
	assert_int_equal(dialog_outcome(typed), DIALOG_OPEN);
	dialog_press(typed, PRESS_ENTER, OPENED + 2 * DURATION_SECOND);
	assert_int_equal(dialog_outcome(typed), DIALOG_YES);
}

static void
the_enter_in_a_pasted_text_does_not_confirm(void **state)
{
	LaneQuestion question = { (char[]){ "Delete?" }, NULL, (char[]){ "orders" } };
	g_autoptr(Dialog) dialog = dialog_new(&question, 't', OPENED);

	(void)state;
	paste(dialog, "orders\n", OPENED + DURATION_SECOND);
	assert_int_equal(dialog_outcome(dialog), DIALOG_OPEN);
}

static void
a_paste_without_an_end_can_still_be_left(void **state)
{
	LaneQuestion question = { (char[]){ "Delete?" }, NULL, NULL };
	g_autoptr(Dialog) dialog = dialog_new(&question, 't', OPENED);

	(void)state;
	dialog_press(dialog, PRESS_PASTE_BEGIN, OPENED + DURATION_SECOND);
	dialog_press(dialog, 'y', OPENED + DURATION_SECOND);
	assert_int_equal(dialog_outcome(dialog), DIALOG_OPEN);
	dialog_press(dialog, PRESS_ESCAPE, OPENED + DURATION_SECOND);
	assert_int_equal(dialog_outcome(dialog), DIALOG_NO);
}

/* Settled from the beginning: time has its tests above. */
static int
show_dialog(const void *data)
{
	const LaneQuestion *question = data;
	Dialog *dialog = dialog_new(question, PRESS_NONE, 0);
	WidgetStage stage;
	gint64 now = 0;

	stage_open(&stage, "none");
	while (dialog_outcome(dialog) == DIALOG_OPEN) {
		int height, width;
		WINDOW *window;
		KeyPress key;

		dialog_size(dialog, LINES, COLS, &height, &width);
		window = newwin(height, width, (LINES - height) / 2, (COLS - width) / 2);
		erase();
		wnoutrefresh(stdscr);
		dialog_draw(dialog, window, stage.theme);
		wnoutrefresh(window);
		doupdate();
		delwin(window);
		key = stage_press(&stage);
		if (key == PRESS_NONE)
			break;
		now += DURATION_SECOND;
		if (key != PRESS_RESIZE)
			dialog_press(dialog, key, now);
	}
	dialog_free(dialog);
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
start(const LaneQuestion *question, int rows, int cols)
{
	Terminal *terminal = terminal_start(
	    &(TerminalOptions){ .rows = rows, .cols = cols, .run = show_dialog, .data = question });

	terminal_wait_text(terminal, "┌", TERMINAL_DEADLINE_MS);
	return terminal;
}

static void
a_question_stands_in_a_frame_with_the_focus_on_cancel(void **state)
{
	const LaneQuestion question = { (char[]){ "Retry 41 outbox messages?" }, lines, NULL };
	Terminal *terminal = start(&question, 10, 46);
	int col;

	(void)state;
	expect_screen(terminal,
	    "\n"
	    "  ┌────────────────────────────────────────┐\n"
	    "  │ Retry 41 outbox messages?              │\n"
	    "  │                                        │\n"
	    "  │ 41 messages in 3 groups                │\n"
	    "  │ oldest: 2h ago                         │\n"
	    "  │                                        │\n"
	    "  │ [ n Cancel ]    y Yes                  │\n"
	    "  └────────────────────────────────────────┘\n"
	    "\n");
	terminal_find(terminal, "n Cancel", &col);
	assert_true(terminal_cell(terminal, 7, col).reverse);
	terminal_press(terminal, "Tab");
	terminal_wait_text(terminal, "[ y Yes ]", TERMINAL_DEADLINE_MS);
}

static void
in_40x10_all_of_a_long_question_can_be_read(void **state)
{
	char *many[] = { (char[]){ "first line" }, (char[]){ "second" },
		(char[]){ "a line that is too long for so narrow a window" }, (char[]){ "fourth" },
		(char[]){ "\033[2Jlast" }, NULL };
	const LaneQuestion question = { (char[]){ "Discard 2,000,000 messages of a very long topic?" }, many,
		(char[]){ "orders" } };
	Terminal *terminal = start(&question, 10, 40);

	(void)state;
	expect_screen(terminal,
	    "┌──────────────────────────────────────┐\n"
	    "│ Discard 2,000,000 messages of a very │\n"
	    "│ long topic?                          │\n"
	    "│ first line                           │\n"
	    "│ second                               │\n"
	    "│ a line that is too long for so       │\n"
	    "│ To confirm, type orders and press    │\n"
	    "│ Enter:                               │\n"
	    "│                                      │\n"
	    "└─────────────────────────── 1-3 of 6 ─┘\n");
	terminal_press_all(terminal, "PgDn PgDn o r d e r s");
	expect_screen(terminal,
	    "┌──────────────────────────────────────┐\n"
	    "│ Discard 2,000,000 messages of a very │\n"
	    "│ long topic?                          │\n"
	    "│ narrow a window                      │\n"
	    "│ fourth                               │\n"
	    "│ ␛[2Jlast                             │\n"
	    "│ To confirm, type orders and press    │\n"
	    "│ Enter:                               │\n"
	    "│ orders                             ✓ │\n"
	    "└─────────────────────────── 4-6 of 6 ─┘\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_deliberate_press_answers),
		cmocka_unit_test(where_something_must_be_typed_only_that_confirms),
		cmocka_unit_test(an_empty_text_to_type_is_a_question_for_yes_or_no),
		cmocka_unit_test(a_pasted_text_is_no_answer),
		cmocka_unit_test(the_enter_in_a_pasted_text_does_not_confirm),
		cmocka_unit_test(a_paste_without_an_end_can_still_be_left),
		cmocka_unit_test_teardown(
		    a_question_stands_in_a_frame_with_the_focus_on_cancel, terminal_teardown),
		cmocka_unit_test_teardown(in_40x10_all_of_a_long_question_can_be_read, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
