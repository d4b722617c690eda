#include "console_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define LONG_TABLE                                                                                           \
	"DROP TABLE IF EXISTS long_table;"                                                                   \
	"CREATE TABLE long_table AS SELECT n AS id, repeat('x', 200) AS filling FROM generate_series(1, "    \
	"20000) n;"                                                                                          \
	"ALTER TABLE long_table ADD PRIMARY KEY (id); ANALYZE long_table"

static Terminal *
browse_long_table(void)
{
	Terminal *terminal;

	cluster_execute(stage_cluster(), STAGE_DATABASE, LONG_TABLE);
	terminal = stage_screen("posts", "Post 500");
	terminal_type(terminal, ":tables browse long_table\r");
	terminal_wait_text(terminal, "FILLING", STAGE_DEADLINE_MS);
	terminal_settle(terminal);
	return terminal;
}

static void
quit(Terminal *terminal)
{
	terminal_settle(terminal);
	terminal_press(terminal, "C-c");
	terminal_wait_text(terminal, "Quit Signalbox?", STAGE_DEADLINE_MS);
	stage_wait_armed(terminal);
	terminal_press(terminal, "y");
	assert_int_equal(terminal_wait_exit(terminal, STAGE_DEADLINE_MS), 0);
	assert_false(terminal_on_alternate_screen(terminal));
	assert_true(terminal_is_cooked(terminal));
	terminal_expect_allowed_bytes(terminal);
}

static void
a_server_that_was_lost_and_comes_back_is_found_again(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	cluster_halt(stage_cluster());
	terminal_press(terminal, "R");
	terminal_wait_text(terminal, "server", STAGE_DEADLINE_MS);
	stage_wait_current(terminal, "Post 500");
	terminal_press(terminal, "j");
	stage_wait_current(terminal, "Post 499");
	cluster_resume(stage_cluster());
	cluster_execute(
	    stage_cluster(), STAGE_DATABASE, "UPDATE posts SET title = 'Seen again' WHERE slug = 'post-499'");
	terminal_press(terminal, "R");
	stage_wait_current(terminal, "Seen again");
	quit(terminal);
}

static void
a_storm_of_sizes_ends_in_a_whole_screen(void **state)
{
	static const char *const opened[] = { "", ":posts ", "?", "p" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(opened); i++) {
		Terminal *terminal = stage_screen("outbox", "order.placed.v1");

		terminal_type(terminal, *opened[i] == 'p' ? "D" : opened[i]);
		for (int step = 0; step < 300; step++)
			terminal_resize(terminal, 1 + step * 7 % 60, 1 + step * 31 % 250);
		terminal_resize(terminal, 1, 1);
		terminal_settle(terminal);
		terminal_resize(terminal, 500, 200);
		terminal_settle(terminal);
		terminal_resize(terminal, 24, 80);
		terminal_wait_text(terminal, "Outbox", STAGE_DEADLINE_MS);
		terminal_press_all(terminal, "Escape Escape");
		terminal_wait_text(terminal, "order.placed.v1", STAGE_DEADLINE_MS);
		terminal_expect_allowed_bytes(terminal);
		terminal_free(terminal);
	}
}

/* What is not seen is not acted upon. */
static void
keys_do_nothing_on_a_screen_that_is_too_small_but_quit(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");
	g_autofree char *states = NULL;

	(void)state;
	terminal_settle(terminal);
	terminal_resize(terminal, 9, 80);
	terminal_wait_text(terminal, "Signalbox needs", STAGE_DEADLINE_MS);
	terminal_type(terminal, "p");
	terminal_settle(terminal);
	terminal_resize(terminal, 24, 80);
	stage_wait_current(terminal, "Post 500");
	terminal_settle(terminal);
	states = cluster_query_text(
	    stage_cluster(), STAGE_DATABASE, "SELECT state_type FROM posts WHERE slug = 'post-500'");
	assert_string_equal(states, "Draft");
	terminal_resize(terminal, 9, 80);
	terminal_wait_text(terminal, "Signalbox needs", STAGE_DEADLINE_MS);
	terminal_press(terminal, "q");
	assert_int_equal(terminal_wait_exit(terminal, STAGE_DEADLINE_MS), 0);
}

static void
a_table_that_gets_another_column_while_it_is_browsed_is_read_anew(void **state)
{
	Terminal *terminal = browse_long_table();

	(void)state;
	cluster_execute(stage_cluster(), STAGE_DATABASE,
	    "ALTER TABLE long_table ADD COLUMN added text DEFAULT 'new'; "
	    "ALTER TABLE long_table ALTER COLUMN filling TYPE text USING 'short'");
	for (int page = 0; page < 12; page++) {
		terminal_press(terminal, "PgDn");
		terminal_settle(terminal);
	}
	terminal_wait_text(terminal, "ADDED", STAGE_DEADLINE_MS);
	terminal_press(terminal, "g");
	terminal_wait_text(terminal, "new", STAGE_DEADLINE_MS);
	quit(terminal);
}

static long
resident_kb(Terminal *terminal)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/status", terminal_pid(terminal));
	g_autofree char *text = NULL;
	const char *line;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	line = strstr(text, "VmRSS:");
	assert_non_null(line);
	return strtol(line + strlen("VmRSS:"), NULL, 10);
}

static void
scroll(Terminal *terminal, int pages)
{
	for (int page = 0; page < pages; page++) {
		terminal_type(terminal, "\x06\x06\x06\x06");
		terminal_settle(terminal);
	}
}

/* A sanitizer keeps what was freed. */
static void
memory_does_not_grow_with_the_rows_that_were_passed(void **state)
{
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
	Terminal *terminal = browse_long_table();
	long before;

	(void)state;
	scroll(terminal, 40);
	before = resident_kb(terminal);
	scroll(terminal, 120);
	if (resident_kb(terminal) - before > 2048)
		fail_msg("%ld kB became %ld kB", before, resident_kb(terminal));
	quit(terminal);
#else
	(void)state;
	(void)resident_kb;
	(void)scroll;
#endif
}

/* A question that comes up in the middle of a paste is not answered by the rest of it. */
static void
a_paste_is_no_answer(void **state)
{
	Terminal *terminal = stage_screen("outbox", "order.placed.v1");
	g_autofree char *dead = NULL;

	(void)state;
	terminal_press(terminal, "D");
	terminal_wait_text(terminal, "12 rows", STAGE_DEADLINE_MS);
	terminal_type(terminal, "  ");
	terminal_wait_text(terminal, "2 marked", STAGE_DEADLINE_MS);
	terminal_type(terminal, "t:");
	terminal_type(terminal, "\033[200~posts");
	terminal_wait_text(terminal, "Retry 2 outbox messages?", STAGE_DEADLINE_MS);
	stage_wait_armed(terminal);
	terminal_type(terminal, "y\033[201~");
	terminal_settle(terminal);
	terminal_wait_text(terminal, "Retry 2 outbox messages?", STAGE_DEADLINE_MS);
	dead = cluster_query_text(stage_cluster(), STAGE_DATABASE,
	    "SELECT count(*) FROM outbox_messages WHERE state_type = 'Dead'");
	assert_string_equal(dead, "12");
	terminal_press_all(terminal, "Escape Escape");
	terminal_wait_gone(terminal, "Retry 2 outbox messages?", STAGE_DEADLINE_MS);
	quit(terminal);
}

static void
a_paste_where_nothing_takes_it_is_no_row_of_keys_even_without_an_end(void **state)
{
	Terminal *terminal = stage_screen("posts", "Post 500");

	(void)state;
	terminal_settle(terminal);
	terminal_paste(terminal, "jjp");
	terminal_type(terminal, "\033[200~jjjp");
	terminal_press_all(terminal, "Escape Escape j");
	stage_wait_current(terminal, "Post 499");
	terminal_type(terminal, ":\033[200~posts");
	terminal_press_all(terminal, "Escape Escape Escape k");
	stage_wait_current(terminal, "Post 500");
	quit(terminal);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_server_that_was_lost_and_comes_back_is_found_again),
		STAGE_TEST(a_storm_of_sizes_ends_in_a_whole_screen),
		STAGE_TEST(keys_do_nothing_on_a_screen_that_is_too_small_but_quit),
		STAGE_TEST(a_table_that_gets_another_column_while_it_is_browsed_is_read_anew),
		STAGE_TEST(memory_does_not_grow_with_the_rows_that_were_passed),
		STAGE_TEST(a_paste_is_no_answer),
		STAGE_TEST(a_paste_where_nothing_takes_it_is_no_row_of_keys_even_without_an_end),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
