/* The REPL as a person at a terminal has it. */

#include "cluster.h"
#include "program.h"
#include "terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define DATABASE "repl"
#define WAIT TERMINAL_DEADLINE_MS
#define ADA "01900000-0000-7000-8000-0000000000a1"
#define DRAFT "01900000-0000-7000-8000-0000000000b1"

static Cluster *cluster;

static Terminal *
start_with(const char *setting)
{
	const char *const argv[] = { program_path(), "repl", NULL };
	const char *const extra[] = { setting, NULL };
	g_auto(GStrv) env = program_environment(setting != NULL ? extra : NULL);
	Terminal *self = terminal_start(&(TerminalOptions){ .argv = argv,
	    .env = (const char *const *)env,
	    .rows = 40,
	    .cols = 110,
	    .cwd = program_folder() });

	terminal_wait_text(self, ">", WAIT);
	terminal_settle(self);
	return self;
}

static Terminal *
start_repl(void)
{
	return start_with("NO_COLOR=1");
}

static int
cells_of(const char *text)
{
	int cells = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text))
		cells += g_unichar_iswide(g_utf8_get_char(text)) ? 2 : 1;
	return cells;
}

/* True once the cursor stands behind exactly this, blanks at its end included. */
static bool
stands_behind(Terminal *self, void *data)
{
	int row = 0;
	int col = 0;
	g_autofree char *expected = g_strchomp(g_strdup(data));
	g_autofree char *text = NULL;

	if (!terminal_cursor(self, &row, &col))
		return false;
	text = terminal_row_text(self, row);
	return strcmp(text, expected) == 0 && col == cells_of(data);
}

static void
wait_line(Terminal *self, const char *line)
{
	if (terminal_wait_until(self, stands_behind, (void *)(uintptr_t)line, WAIT))
		return;
	terminal_print(self, line);
	fail_msg("the line is not '%s'", line);
}

static void
enter(Terminal *self, const char *line)
{
	terminal_type(self, line);
	terminal_press(self, "Enter");
}

static void
assert_leaves(Terminal *self)
{
	int status = terminal_wait_exit(self, WAIT);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	terminal_free(self);
}

static void
a_line_is_run_and_the_prompt_comes_back(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	wait_line(terminal, "local> ");
	enter(terminal, "users list email=ada@example.org --columns email,display_name");
	terminal_wait_text(terminal, "ada@example.org  Ada Lovelace", WAIT);
	terminal_wait_text(terminal, "1 row", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "users shwo x");
	terminal_wait_text(terminal, "error: unknown command 'users shwo'; did you mean 'users show'?", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
ctrl_d_on_an_empty_line_leaves(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	terminal_press(terminal, "C-d");
	assert_leaves(terminal);
}

static void
tab_completes_names_options_fields_states_and_ids(void **state)
{
	static const struct {
		const char *typed;
		const char *completed;
	} cases[] = {
		{ "use", "local> users " },
		{ "posts pub", "local> posts publish " },
		{ "users add --em", "local> users add --email " },
		{ "users list --format js", "local> users list --format json" },
		{ "posts list auth", "local> posts list author_" },
		{ "posts list state=Dr", "local> posts list state=Draft " },
		{ "posts list --order publ", "local> posts list --order published_at" },
		{ "users set-role ada@example.org Ed", "local> users set-role ada@example.org Editor " },
		{ "users show gra", "local> users show grace@example.org " },
		{ "posts publish 01900000-0000-7000-8000-0000000000b",
		    "local> posts publish 01900000-0000-7000-8000-0000000000b" },
		{ "outbox list state=De", "local> outbox list state=Dead " },
		{ "help outbox ret", "local> help outbox retry " },
	};
	Terminal *terminal = start_repl();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		terminal_type(terminal, cases[i].typed);
		terminal_press(terminal, "Tab");
		wait_line(terminal, cases[i].completed);
		terminal_press(terminal, "C-c");
		wait_line(terminal, "local> ");
		terminal_press(terminal, "C-l");
		terminal_wait_gone(terminal, cases[i].completed, WAIT);
	}
	terminal_free(terminal);
}

static void
tab_lists_what_there_is_when_it_is_not_clear(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	terminal_type(terminal, "users set-");
	terminal_press(terminal, "Tab");
	terminal_wait_text(terminal, "set-role", WAIT);
	terminal_wait_text(terminal, "set-password", WAIT);
	terminal_wait_text(terminal, "Change what a user may do", WAIT);
	wait_line(terminal, "local> users set-");
	terminal_type(terminal, "r");
	terminal_press(terminal, "Tab");
	wait_line(terminal, "local> users set-role ");
	terminal_free(terminal);
}

static void
ctrl_r_finds_an_earlier_line(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "echo the needle");
	wait_line(terminal, "local> ");
	enter(terminal, "echo something else");
	wait_line(terminal, "local> ");
	terminal_press(terminal, "C-r");
	terminal_type(terminal, "needl");
	terminal_wait_text(terminal, "bck:needl", WAIT);
	terminal_press(terminal, "Enter");
	terminal_settle(terminal);
	terminal_press(terminal, "Enter");
	wait_line(terminal, "local> ");
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
a_line_that_is_open_goes_on(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "echo one \\");
	wait_line(terminal, "… ");
	enter(terminal, "two");
	terminal_wait_text(terminal, "one two", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "echo 'a quote");
	wait_line(terminal, "… ");
	enter(terminal, "and its end'");
	terminal_wait_text(terminal, "and its end", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "echo \"given up");
	wait_line(terminal, "… ");
	terminal_press(terminal, "C-c");
	wait_line(terminal, "local> ");
	terminal_free(terminal);
}

static bool
server_sleeps(Terminal *terminal, void *data)
{
	g_autofree char *count = cluster_query_text(cluster, "postgres",
	    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'select pg_sleep%'");

	(void)terminal;
	return strcmp(count, data) == 0;
}

static void
ctrl_c_cancels_what_runs_without_leaving(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "sql \"select pg_sleep(60)\"");
	assert_true(terminal_wait_until(terminal, server_sleeps, (char[]){ "1" }, WAIT));
	terminal_press(terminal, "C-c");
	terminal_wait_text(terminal, "error: ", WAIT);
	wait_line(terminal, "local> ");
	assert_true(terminal_wait_until(terminal, server_sleeps, (char[]){ "0" }, WAIT));
	enter(terminal, "sql \"select 'still here' as answer\"");
	terminal_wait_text(terminal, "1 row", WAIT);
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
ctrl_c_drops_what_was_typed(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	terminal_type(terminal, "users rename " ADA " Dropped");
	terminal_press(terminal, "C-c");
	wait_line(terminal, "local> ");
	enter(terminal, "echo kept");
	terminal_wait_text(terminal, "kept", WAIT);
	terminal_wait_gone(terminal, "renamed", WAIT);
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
history_outlives_the_program_but_secrets_do_not(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "echo remember me");
	wait_line(terminal, "local> ");
	enter(terminal, "users set-password " ADA " --password-stdin hunter2hunter2");
	terminal_wait_text(terminal, "error: ", WAIT);
	enter(terminal, "quit");
	assert_leaves(terminal);

	terminal = start_repl();
	terminal_press(terminal, "Up");
	wait_line(terminal, "local> quit");
	terminal_press(terminal, "Up");
	wait_line(terminal, "local> echo remember me");
	terminal_press(terminal, "Enter");
	terminal_settle(terminal);
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
help_explains_a_command(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "help outbox retry");
	terminal_wait_text(terminal, "Effect  write, role operator", WAIT);
	terminal_wait_text(terminal, "Example outbox retry", WAIT);
	wait_line(terminal, "local> ");
	terminal_free(terminal);
}

static void
a_destructive_command_asks_for_the_count_to_be_typed(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "posts delete " DRAFT);
	terminal_wait_text(terminal, "Type 1 to go on:", WAIT);
	enter(terminal, "yes");
	terminal_wait_text(terminal, "was not confirmed: nothing was done", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "posts delete " DRAFT);
	terminal_settle(terminal);
	enter(terminal, "1");
	terminal_wait_text(terminal, "deleted post 'on-engines'", WAIT);
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static void
another_context_is_named_by_the_prompt(void **state)
{
	g_autofree char *path = program_file(
	    "contexts", "[default]\ncontext = here\n[context here]\n[context prod]\nproduction = yes\n");
	Terminal *terminal = start_with("SIGNALBOX_CONFIG=contexts");

	(void)state;
	wait_line(terminal, "here> ");
	enter(terminal, "context use prod");
	wait_line(terminal, "PRODUCTION prod (read-only)> ");
	enter(terminal, "users rename " ADA " Refused");
	terminal_wait_text(terminal, "is refused: context 'prod' is read-only", WAIT);
	enter(terminal, "context use here");
	wait_line(terminal, "here> ");
	terminal_free(terminal);
}

static void
wide_characters_are_edited_as_characters(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	terminal_type(terminal, "echo né日本x");
	terminal_press_all(terminal, "Backspace Backspace");
	terminal_type(terminal, "木");
	wait_line(terminal, "local> echo né日木");
	terminal_press(terminal, "Enter");
	terminal_settle(terminal);
	assert_true(terminal_find(terminal, "né日木", NULL) >= 0);
	terminal_free(terminal);
}

/* What stands in a table must not speak to the terminal. */
static void
hostile_data_does_not_reach_the_terminal(void **state)
{
	Terminal *terminal = start_repl();
	const char *bytes;
	size_t length = 0;

	(void)state;
	enter(terminal, "sql \"select chr(27) || ']0;evil' || chr(7) || chr(27) || '[2J' as wild\"");
	terminal_wait_text(terminal, "␛]0;evil␇␛[2J", WAIT);
	bytes = terminal_bytes(terminal, &length);
	assert_null(g_strstr_len(bytes, (gssize)length, "\033]0;evil"));
	terminal_free(terminal);
}

static void
a_server_that_went_away_is_found_again(void **state)
{
	Terminal *terminal = start_repl();

	(void)state;
	enter(terminal, "users list --columns email --limit 1");
	terminal_wait_text(terminal, "row", WAIT);
	wait_line(terminal, "local> ");
	cluster_halt(cluster);
	enter(terminal, "users show " ADA);
	terminal_wait_text(terminal, "error: ", WAIT);
	wait_line(terminal, "local> ");
	cluster_resume(cluster);
	enter(terminal, "users show " ADA);
	terminal_wait_text(terminal, "last_login_at", WAIT);
	wait_line(terminal, "local> ");
	enter(terminal, "quit");
	assert_leaves(terminal);
}

static ProgramResult
piped(const char *input)
{
	static const char *const words[] = { "repl", NULL };

	return program_run(&(ProgramOptions){ .words = words, .input = input });
}

static void
a_pipe_is_run_line_by_line_without_prompts(void **state)
{
	g_auto(ProgramResult) good = piped("# a comment\n\necho one\necho 'two\nthree'\necho four \\\nfive\n"
					   "users list email~ada --columns email --no-header");
	g_auto(ProgramResult) bad =
	    piped("echo before\nusers show nobody@example.org\nusers lst\necho after\n");
	g_auto(ProgramResult) ended = piped("echo one\nquit\necho two\n");
	g_auto(ProgramResult) nothing = piped("");

	(void)state;
	assert_string_equal(good.out, "one\ntwo\nthree\nfour five\nada@example.org\n");
	assert_string_equal(good.err, "");
	assert_int_equal(good.exit_code, 0);
	assert_string_equal(bad.out, "before\nafter\n");
	assert_int_equal(bad.exit_code, 3);
	assert_string_equal(ended.out, "one\n");
	assert_int_equal(ended.exit_code, 0);
	assert_string_equal(nothing.out, "");
	assert_int_equal(nothing.exit_code, 0);
}

static void
a_pipe_that_ends_in_the_middle_of_a_line_says_so(void **state)
{
	g_auto(ProgramResult) result = piped("echo one\necho 'two\n");

	(void)state;
	assert_string_equal(result.out, "one\n");
	assert_string_equal(result.err, "error: the line is not complete: a ' has no partner\n");
	assert_int_equal(result.exit_code, 2);
}

static int
start(void **state)
{
	g_autofree char *data = NULL;

	(void)state;
	cluster = cluster_start();
	assert_true(g_file_get_contents(TEST_SOURCE_DIR "/console/scripts/data.sql", &data, NULL, NULL));
	cluster_database_with_schema(cluster, DATABASE);
	cluster_execute(cluster, DATABASE, data);
	cluster_execute(cluster, DATABASE, "CHECKPOINT");
	cluster_export(cluster, DATABASE);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

int
main(int argc, char **argv)
{
#define AT_TERMINAL(test) cmocka_unit_test_teardown(test, terminal_teardown)
	const struct CMUnitTest tests[] = {
		AT_TERMINAL(a_line_is_run_and_the_prompt_comes_back),
		AT_TERMINAL(ctrl_d_on_an_empty_line_leaves),
		AT_TERMINAL(tab_completes_names_options_fields_states_and_ids),
		AT_TERMINAL(tab_lists_what_there_is_when_it_is_not_clear),
		AT_TERMINAL(ctrl_r_finds_an_earlier_line),
		AT_TERMINAL(a_line_that_is_open_goes_on),
		AT_TERMINAL(ctrl_c_cancels_what_runs_without_leaving),
		AT_TERMINAL(ctrl_c_drops_what_was_typed),
		AT_TERMINAL(history_outlives_the_program_but_secrets_do_not),
		AT_TERMINAL(help_explains_a_command),
		AT_TERMINAL(a_destructive_command_asks_for_the_count_to_be_typed),
		AT_TERMINAL(another_context_is_named_by_the_prompt),
		AT_TERMINAL(wide_characters_are_edited_as_characters),
		AT_TERMINAL(hostile_data_does_not_reach_the_terminal),
		AT_TERMINAL(a_server_that_went_away_is_found_again),
		cmocka_unit_test(a_pipe_is_run_line_by_line_without_prompts),
		cmocka_unit_test(a_pipe_that_ends_in_the_middle_of_a_line_says_so),
	};

	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, start, stop);
}
