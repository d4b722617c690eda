#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <fcntl.h>
#include <locale.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "terminal.h"
#include "tui/keys.h"
#include "tui/terminal.h"

static void
draw(const char *text)
{
	erase();
	mvprintw(0, 0, "%s %dx%d", text, LINES, COLS);
	refresh();
}

/* More than may be in it. */
static void
fill_a_file(void)
{
	const struct rlimit limit = { 1, 1 };
	FILE *file = tmpfile();

	setrlimit(RLIMIT_FSIZE, &limit);
	fputs("two", file);
	fflush(file);
	fclose(file);
}

static void
fall_over(KeyPress press)
{
	static const struct {
		KeyPress press;
		int number;
	} ways[] = { { 's', SIGSEGV }, { 'b', SIGBUS }, { 'f', SIGFPE }, { 'i', SIGILL }, { 'a', SIGABRT },
		{ 't', SIGTRAP }, { 'Q', SIGQUIT }, { 'S', SIGSYS }, { 'c', SIGXCPU }, { 'x', SIGXFSZ } };

	volatile int *volatile nowhere = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		if (ways[i].press == press)
			raise(ways[i].number);
	if (press == 'A')
		g_assert_cmpstr("left", ==, "right");
	if (press == 'E')
		g_error("nothing is left");
	if (press == 'F')
		fill_a_file();
	if (press == 'e')
		exit(5);
	if (press == '0')
		*nowhere = 1;
}

typedef struct Loop {
	TuiTerminal *terminal;
	GMainLoop *main;
	int status;
} Loop;

static void
end(Loop *self, int status)
{
	self->status = status;
	g_main_loop_quit(self->main);
}

static void
handle_press(Loop *self, KeyPress press)
{
	fall_over(press);
	if (press == 'q')
		end(self, 0);
	if (press == 26) {
		tui_terminal_suspend(self->terminal);
		draw("back");
	}
	if (press == 'r') {
		tui_terminal_release(self->terminal);
		printf("outside\n");
		getchar();
		tui_terminal_retake(self->terminal);
		draw("inside");
	}
	if (press == 'o')
		tui_terminal_write(self->terminal, "\033]52;c;aGVsbG8=\a", 16);
}

static gboolean
on_input(int descriptor, GIOCondition condition, gpointer data)
{
	Loop *self = data;
	KeyPress press;

	(void)descriptor;
	if ((condition & ~G_IO_IN) != 0 && tui_terminal_is_gone(self->terminal)) {
		end(self, 9);
		return G_SOURCE_REMOVE;
	}
	while ((press = keypress_read(stdscr)) != PRESS_NONE)
		handle_press(self, press);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_signal(int descriptor, GIOCondition condition, gpointer data)
{
	Loop *self = data;
	bool stop;

	(void)descriptor;
	(void)condition;
	if (tui_terminal_handle_signals(self->terminal, &stop))
		draw("again");
	if (stop) {
		tui_terminal_suspend(self->terminal);
		draw("again");
	}
	return G_SOURCE_CONTINUE;
}

static gboolean
on_resize(gpointer data)
{
	Loop *self = data;

	if (tui_terminal_resize(self->terminal))
		draw("resized");
	return G_SOURCE_CONTINUE;
}

/* The real loop in small. Ends on q, or when the terminal has gone. */
static int
loop(TuiTerminal *terminal)
{
	Loop self = { .terminal = terminal, .main = g_main_loop_new(NULL, FALSE) };

	g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &self);
	g_unix_fd_add(tui_terminal_signal_fd(terminal), G_IO_IN, on_signal, &self);
	g_unix_signal_add(SIGWINCH, on_resize, &self);
	draw("ready");
	g_main_loop_run(self.main);
	g_main_loop_unref(self.main);
	return self.status;
}

static int
program(const void *data)
{
	g_autoptr(GError) error = NULL;
	TuiTerminal *terminal;
	int status;

	setlocale(LC_ALL, "");
	if (data != NULL)
		signal(SIGHUP, SIG_IGN);
	printf("shell\n");
	terminal = tui_terminal_enter(true, &error);
	if (terminal == NULL) {
		printf("refused: %s\n", error->message);
		return 2;
	}
	status = loop(terminal);
	tui_terminal_leave(terminal);
	return status;
}

static Terminal *
start(void)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 12, .cols = 60, .run = program });

	terminal_wait_text(terminal, "ready 12x60", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	return terminal;
}

static void
assert_restored(Terminal *terminal)
{
	int row, col;

	assert_true(terminal_is_cooked(terminal));
	assert_false(terminal_on_alternate_screen(terminal));
	assert_true(terminal_cursor(terminal, &row, &col));
	assert_false(terminal_brackets_paste(terminal));
	assert_false(terminal_reports_mouse(terminal));
	assert_true(terminal_find(terminal, "shell", NULL) >= 0);
	assert_true(terminal_find(terminal, "ready", NULL) < 0);
}

static void
the_terminal_is_taken_and_given_back(void **state)
{
	Terminal *terminal = start();
	int row, col;

	(void)state;
	assert_false(terminal_is_cooked(terminal));
	assert_true(terminal_on_alternate_screen(terminal));
	assert_false(terminal_cursor(terminal, &row, &col));
	assert_true(terminal_brackets_paste(terminal));
	assert_true(terminal_reports_mouse(terminal));
	terminal_type(terminal, "oq");
	assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 0);
	assert_restored(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static void
an_exit_without_leaving_gives_it_back(void **state)
{
	Terminal *terminal = start();

	(void)state;
	terminal_type(terminal, "e");
	assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 5);
	assert_restored(terminal);
}

static void
every_fatal_signal_gives_it_back_and_still_kills(void **state)
{
	static const struct {
		const char *key;
		int number;
	} cases[] = { { "s", SIGSEGV }, { "b", SIGBUS }, { "f", SIGFPE }, { "i", SIGILL }, { "a", SIGABRT },
		{ "0", SIGSEGV }, { "t", SIGTRAP }, { "Q", SIGQUIT }, { "S", SIGSYS }, { "c", SIGXCPU },
		{ "x", SIGXFSZ }, { "E", SIGTRAP }, { "F", SIGXFSZ } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Terminal *terminal = start();
		int status;

		terminal_type(terminal, cases[i].key);
		status = terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);
		if (!WIFSIGNALED(status) || WTERMSIG(status) != cases[i].number)
			fail_msg("'%s': status %x", cases[i].key, (unsigned)status);
		assert_restored(terminal);
		terminal_expect_allowed_bytes(terminal);
		terminal_free(terminal);
	}
}

static void
a_failed_assertion_is_read_on_the_main_screen(void **state)
{
	Terminal *terminal = start();

	(void)state;
	terminal_type(terminal, "A");
	assert_int_equal(WTERMSIG(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), SIGABRT);
	assert_restored(terminal);
	terminal_wait_text(terminal, "(\"left\" == \"right\")", 0);
}

static void
others_may_have_the_terminal_for_a_while(void **state)
{
	Terminal *terminal = start();

	(void)state;
	terminal_type(terminal, "r");
	terminal_wait_text(terminal, "outside", TERMINAL_DEADLINE_MS);
	assert_restored(terminal);
	terminal_type(terminal, "\n");
	terminal_wait_text(terminal, "inside", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_false(terminal_is_cooked(terminal));
	assert_true(terminal_on_alternate_screen(terminal));
	assert_true(terminal_brackets_paste(terminal));
	assert_true(terminal_reports_mouse(terminal));
	terminal_type(terminal, "q");
	terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);
	assert_restored(terminal);
}

static void
the_window_may_change_its_size(void **state)
{
	Terminal *terminal = start();

	(void)state;
	terminal_resize(terminal, 30, 100);
	terminal_wait_text(terminal, "resized 30x100", TERMINAL_DEADLINE_MS);
	terminal_resize(terminal, 5, 20);
	terminal_wait_text(terminal, "resized 5x20", TERMINAL_DEADLINE_MS);
	for (int i = 1; i < 200; i++)
		terminal_resize(terminal, i, 201 - i);
	terminal_resize(terminal, 12, 61);
	terminal_wait_text(terminal, "12x61", TERMINAL_DEADLINE_MS);
	terminal_type(terminal, "q");
	terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);
	terminal_expect_allowed_bytes(terminal);
}

/* A shell with job control, as small as it can be: runs the program in its own foreground group; `fg`
 * continues it. */
static int
job_shell(const void *data)
{
	pid_t job;
	int status;

	(void)data;
	signal(SIGTTOU, SIG_IGN);
	job = fork();
	if (job == 0) {
		setpgid(0, 0);
		tcsetpgrp(STDIN_FILENO, getpgrp());
		signal(SIGTTOU, SIG_DFL);
		status = program(NULL);
		_exit(status);
	}
	setpgid(job, job);
	while (waitpid(job, &status, WUNTRACED) == job && WIFSTOPPED(status)) {
		tcsetpgrp(STDIN_FILENO, getpgrp());
		printf("stopped by %d\n", WSTOPSIG(status));
		getchar();
		tcsetpgrp(STDIN_FILENO, job);
		kill(-job, SIGCONT);
	}
	printf("ended with %d\n", WEXITSTATUS(status));
	return 0;
}

static Terminal *
start_job(void)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .rows = 12, .cols = 60, .run = job_shell });

	terminal_wait_text(terminal, "ready 12x60", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	return terminal;
}

static void
ctrl_z_stops_and_fg_brings_it_back(void **state)
{
	Terminal *terminal = start_job();

	(void)state;
	terminal_press(terminal, "C-z");
	terminal_wait_text(terminal, "stopped by", TERMINAL_DEADLINE_MS);
	assert_restored(terminal);
	terminal_resize(terminal, 14, 64);
	terminal_type(terminal, "\n");
	terminal_wait_text(terminal, "back 14x64", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	assert_false(terminal_is_cooked(terminal));
	assert_true(terminal_brackets_paste(terminal));
	assert_true(terminal_reports_mouse(terminal));
	terminal_press(terminal, "C-z");
	terminal_wait_text(terminal, "stopped by", TERMINAL_DEADLINE_MS);
	terminal_type(terminal, "\n");
	terminal_wait_text(terminal, "back 14x64", TERMINAL_DEADLINE_MS);
	terminal_type(terminal, "q");
	terminal_wait_text(terminal, "ended with 0", TERMINAL_DEADLINE_MS);
	terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS);
	assert_restored(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static int
foreground_of(Terminal *terminal)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", terminal_pid(terminal));
	g_autofree char *text = NULL;
	g_auto(GStrv) fields = NULL;

	/* proc(5): after the name come state, parent, group, session, terminal and its foreground group. */
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	fields = g_strsplit(strrchr(text, ')') + 2, " ", 7);
	return (int)g_ascii_strtoll(fields[5], NULL, 10);
}

static void
stop_signals_from_outside_are_survived(void **state)
{
	static const int signals[] = { SIGTSTP, SIGSTOP };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		Terminal *terminal = start_job();
		g_autofree char *stopped = g_strdup_printf("stopped by %d", signals[i]);

		kill(-foreground_of(terminal), signals[i]);
		terminal_wait_text(terminal, "stopped by", TERMINAL_DEADLINE_MS);
		if (signals[i] == SIGTSTP)
			assert_restored(terminal);
		terminal_type(terminal, signals[i] == SIGTSTP ? "\n" : "\r");
		terminal_wait_text(terminal, "again", TERMINAL_DEADLINE_MS);
		terminal_wait_gone(terminal, "stopped by", TERMINAL_DEADLINE_MS);
		terminal_type(terminal, "q");
		terminal_wait_text(terminal, "ended with 0", TERMINAL_DEADLINE_MS);
		terminal_free(terminal);
	}
}

static void
nobody_to_continue_it_means_no_stop(void **state)
{
	Terminal *terminal = start();

	(void)state;
	terminal_press(terminal, "C-z");
	terminal_wait_text(terminal, "back", TERMINAL_DEADLINE_MS);
	terminal_type(terminal, "q");
	assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 0);
}

static void
a_vanished_terminal_is_noticed_at_once(void **state)
{
	bool ignore_hang_up = true;
	Terminal *terminal = terminal_start(&(TerminalOptions){ .run = program, .data = &ignore_hang_up });
	int status;

	(void)state;
	terminal_wait_text(terminal, "ready", TERMINAL_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_hang_up(terminal);
	status = terminal_wait_exit(terminal, 1000);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 9);
	assert_true(terminal_cpu_ms(terminal) < 500);
}

static void
unusable_terminals_are_refused(void **state)
{
	static const struct {
		const char *env[2];
		const char *says;
	} cases[] = {
		{ { "TERM=no-such-terminal" },
		    "refused: the terminal 'no-such-terminal' (TERM) is not known" },
		{ { "TERM" }, "refused: the terminal '' (TERM) is not known" },
		{ { "TERM=dumb" }, "refused: the terminal 'dumb' (TERM) cannot place its cursor" },
		{ { "TERM=\033[31m" }, "refused: the terminal '\xe2\x90\x9b[31m' (TERM) is not known" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Terminal *terminal =
		    terminal_start(&(TerminalOptions){ .cols = 120, .run = program, .env = cases[i].env });

		assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 2);
		terminal_wait_text(terminal, cases[i].says, 0);
		assert_true(terminal_is_cooked(terminal));
		terminal_free(terminal);
	}
}

static int
program_without_input(const void *data)
{
	int nothing = open("/dev/null", O_RDONLY);

	dup2(nothing, STDIN_FILENO);
	close(nothing);
	return program(data);
}

static void
a_pipe_is_refused(void **state)
{
	Terminal *terminal = terminal_start(&(TerminalOptions){ .run = program_without_input });

	(void)state;
	assert_int_equal(WEXITSTATUS(terminal_wait_exit(terminal, TERMINAL_DEADLINE_MS)), 2);
	terminal_wait_text(terminal, "refused: the input is not a terminal", 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_terminal_is_taken_and_given_back, terminal_teardown),
		cmocka_unit_test_teardown(an_exit_without_leaving_gives_it_back, terminal_teardown),
		cmocka_unit_test_teardown(
		    every_fatal_signal_gives_it_back_and_still_kills, terminal_teardown),
		cmocka_unit_test_teardown(a_failed_assertion_is_read_on_the_main_screen, terminal_teardown),
		cmocka_unit_test_teardown(others_may_have_the_terminal_for_a_while, terminal_teardown),
		cmocka_unit_test_teardown(the_window_may_change_its_size, terminal_teardown),
		cmocka_unit_test_teardown(ctrl_z_stops_and_fg_brings_it_back, terminal_teardown),
		cmocka_unit_test_teardown(stop_signals_from_outside_are_survived, terminal_teardown),
		cmocka_unit_test_teardown(nobody_to_continue_it_means_no_stop, terminal_teardown),
		cmocka_unit_test_teardown(a_vanished_terminal_is_noticed_at_once, terminal_teardown),
		cmocka_unit_test_teardown(unusable_terminals_are_refused, terminal_teardown),
		cmocka_unit_test_teardown(a_pipe_is_refused, terminal_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
