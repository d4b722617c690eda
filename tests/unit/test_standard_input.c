#include "console/terminal_door.h"

#include "base/error.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include <cmocka.h>

/* What `-` reads. Each test has a pipe for its standard input. */

static int writer;

static int
set_up(void **state)
{
	int ends[2];

	(void)state;
	if (pipe(ends) != 0 || dup2(ends[0], STDIN_FILENO) < 0)
		return -1;
	close(ends[0]);
	writer = ends[1];
	clearerr(stdin);
	return 0;
}

static void
feed(const char *text)
{
	assert_int_equal(write(writer, text, strlen(text)), strlen(text));
}

static void
standard_input_is_read_to_its_end(void **state)
{
	g_autofree char *text = NULL;

	(void)state;
	feed("one\ntwo");
	close(writer);
	assert_true(terminal_read_stdin(&text, NULL));
	assert_string_equal(text, "one\ntwo");
}

static void
what_is_no_text_is_refused(void **state)
{
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	feed("one\xff");
	close(writer);
	assert_false(terminal_read_stdin(&text, &error));
	assert_true(sb_error_is(error, SB_ERROR_USAGE));
}

static void
wake(int number)
{
	(void)number;
}

/* Ctrl-C while `cat slow | signalbox posts add --content -` waits: half a text is no text. */
static void
an_interrupted_read_gives_no_half_of_a_text(void **state)
{
	struct sigaction action = { .sa_handler = wake }, before;
	const struct itimerval ticking = { { 0, 1000 }, { 0, 1000 } }, stopped = { { 0, 0 }, { 0, 0 } };
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	sigaction(SIGALRM, &action, &before);
	feed("half of ");
	setitimer(ITIMER_REAL, &ticking, NULL);
	assert_false(terminal_read_stdin(&text, &error));
	setitimer(ITIMER_REAL, &stopped, NULL);
	sigaction(SIGALRM, &before, NULL);
	assert_true(sb_error_is(error, SB_ERROR_CANCELLED));
	assert_null(text);
	close(writer);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(standard_input_is_read_to_its_end, set_up),
		cmocka_unit_test_setup(what_is_no_text_is_refused, set_up),
		cmocka_unit_test_setup(an_interrupted_read_gives_no_half_of_a_text, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
