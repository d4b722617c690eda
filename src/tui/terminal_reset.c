#include "terminal_reset.h"

#include <curses.h>
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

/* A terminal that takes nothing (a frozen multiplexer) must not keep a dying program alive. */
#define WRITE_LIMIT_MS 200

/* SIGTRAP is how g_error ends a program, SIGXFSZ how a file that may not grow does. */
static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGQUIT, SIGSYS,
	SIGXCPU, SIGXFSZ };

static struct {
	atomic_bool armed;
	int terminal;
	struct termios modes;
	char bytes[512];
	size_t length;
	char last_words[1024]; /* of g_assert, printed on a screen that is about to go away */
	size_t last_words_length;
	struct sigaction before[G_N_ELEMENTS(fatal_signals)];
	stack_t stack_before;
	void *stack;
	bool prepared;
} reset;

/* Only what POSIX calls async-signal-safe from here on to handle_fatal. */
static void
write_all(int descriptor, const char *bytes, size_t length)
{
	struct pollfd writable = { .fd = descriptor, .events = POLLOUT };

	while (length > 0 && poll(&writable, 1, WRITE_LIMIT_MS) > 0 && (writable.revents & POLLOUT) != 0) {
		ssize_t put = write(descriptor, bytes, length);

		if (put < 0 && errno != EINTR && errno != EAGAIN)
			return;
		if (put > 0) {
			bytes += put;
			length -= (size_t)put;
		}
	}
}

static void
reset_once(void)
{
	if (!atomic_exchange(&reset.armed, false))
		return;
	write_all(reset.terminal, reset.bytes, reset.length);
	(void)tcsetattr(reset.terminal, TCSANOW, &reset.modes);
	write_all(STDERR_FILENO, reset.last_words, reset.last_words_length);
}

/* A fault comes by itself when its instruction runs again; others leave it behind. */
static bool
comes_again(int number)
{
	return number == SIGSEGV || number == SIGBUS || number == SIGFPE || number == SIGILL;
}

static void
handle_fatal(int number, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	reset_once();
	for (size_t i = 0; i < G_N_ELEMENTS(fatal_signals); i++)
		if (fatal_signals[i] == number)
			sigaction(number, &reset.before[i], NULL);
	if (info->si_code <= 0 || !comes_again(number))
		raise(number);
	errno = saved;
}

static void
keep_last_words(const char *text)
{
	size_t length = strlen(text);

	if (!atomic_load(&reset.armed)) {
		write_all(STDERR_FILENO, text, length);
		return;
	}
	length = MIN(length, sizeof(reset.last_words) - reset.last_words_length);
	memcpy(reset.last_words + reset.last_words_length, text, length);
	reset.last_words_length += length;
}

static int
append_byte(int byte)
{
	if (reset.length < sizeof(reset.bytes))
		reset.bytes[reset.length++] = (char)byte;
	return byte;
}

static const char *
capability(const char *name)
{
	const char *text = tigetstr(name);

	return text != NULL && (intptr_t)text != -1 ? text : "";
}

/* Terminals that follow xterm know bracketed paste whether or not their description says so. */
static const char *
paste_sequence(const char *name, const char *xterm_sequence)
{
	const char *text = capability(name);

	if (*text == '\0' && (tigetflag("XT") == 1 || g_str_has_prefix(capability("kmous"), "\033[")))
		text = xterm_sequence;
	return text;
}

const char *
terminal_reset_paste_on(void)
{
	return paste_sequence("BE", "\033[?2004h");
}

const char *
terminal_reset_paste_off(void)
{
	return paste_sequence("BD", "\033[?2004l");
}

static void
build_bytes(bool mouse)
{
	static const char *const endings[] = { "rmir", "sgr0", "op", "rmkx", "cnorm", "rmcup" };

	reset.length = 0;
	/* CAN ends a sequence that the crash cut in half. */
	append_byte('\030');
	if (mouse && *capability("kmous") != '\0')
		tputs("\033[?1006;1000l", 1, append_byte);
	tputs(terminal_reset_paste_off(), 1, append_byte);
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		tputs(capability(endings[i]), 1, append_byte);
}

static void
catch_fatal_signals(void)
{
	struct sigaction action = { .sa_sigaction = handle_fatal,
		.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER };
	size_t size = (size_t)MAX(SIGSTKSZ, 65536);
	stack_t stack = { .ss_size = size };

	reset.stack = g_malloc(size);
	stack.ss_sp = reset.stack;
	sigaltstack(&stack, &reset.stack_before);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < G_N_ELEMENTS(fatal_signals); i++)
		sigaction(fatal_signals[i], &action, &reset.before[i]);
}

void
terminal_reset_prepare(int terminal, const struct termios *modes, bool mouse)
{
	static bool registered = false;

	if (!registered)
		registered = atexit(reset_once) == 0;
	reset.terminal = terminal;
	reset.last_words_length = 0;
	terminal_reset_keep_modes(modes);
	build_bytes(mouse);
	if (!reset.prepared)
		catch_fatal_signals();
	reset.prepared = true;
}

void
terminal_reset_keep_modes(const struct termios *modes)
{
	reset.modes = *modes;
}

void
terminal_reset_arm(void)
{
	g_set_printerr_handler(keep_last_words);
	atomic_store(&reset.armed, true);
}

void
terminal_reset_disarm(void)
{
	atomic_store(&reset.armed, false);
	g_set_printerr_handler(NULL);
	write_all(STDERR_FILENO, reset.last_words, reset.last_words_length);
	reset.last_words_length = 0;
}

void
terminal_reset_forget(void)
{
	if (!reset.prepared)
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(fatal_signals); i++)
		sigaction(fatal_signals[i], &reset.before[i], NULL);
	sigaltstack(&reset.stack_before, NULL);
	g_clear_pointer(&reset.stack, g_free);
	reset.prepared = false;
}
