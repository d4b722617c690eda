#include "terminal_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

extern char **environ;

static Terminal *all_terminals;

static const char *const inherited[] = { "PATH", "HOME", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
	"TSAN_OPTIONS", "LLVM_PROFILE_FILE", "GCOV_PREFIX", NULL };

static char **
build_environment(const char *const *extra)
{
	char **env = g_new0(char *, 1);

	for (size_t i = 0; inherited[i] != NULL; i++)
		if (g_getenv(inherited[i]) != NULL)
			env = g_environ_setenv(env, inherited[i], g_getenv(inherited[i]), TRUE);
	env = g_environ_setenv(env, "TERM", "xterm-256color", TRUE);
	env = g_environ_setenv(env, "LANG", "C.UTF-8", TRUE);
	env = g_environ_setenv(env, "TZ", "UTC", TRUE);
	for (size_t i = 0; extra != NULL && extra[i] != NULL; i++) {
		g_auto(GStrv) pair = g_strsplit(extra[i], "=", 2);

		if (pair[1] != NULL)
			env = g_environ_setenv(env, pair[0], pair[1], TRUE);
		else
			env = g_environ_unsetenv(env, pair[0]);
	}
	return env;
}

/* A forked copy of the test: neither the test runner's handlers nor the other terminals are its business. */
static void
forget_the_test(void)
{
	sigset_t none;

	all_terminals = NULL;
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	setvbuf(stdin, NULL, _IONBF, 0);
}

/* The arguments with the program's path; only its end when there is no such program. */
static char **
find_program(const char *const *argv)
{
	GPtrArray *arguments = g_ptr_array_new();

	for (size_t i = 0; argv != NULL && argv[i] != NULL; i++)
		g_ptr_array_add(arguments, i == 0 ? g_find_program_in_path(argv[i]) : g_strdup(argv[i]));
	g_ptr_array_add(arguments, NULL);
	return (char **)g_ptr_array_free(arguments, FALSE);
}

static _Noreturn void
child(const TerminalOptions *options, char **arguments, char **env, pid_t parent)
{
	/* A test that is killed must not leave its program behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(126);
	forget_the_test();
	if (options->cwd != NULL && chdir(options->cwd) != 0)
		_exit(126);
	if (options->run != NULL) {
		int status;

		environ = env;
		status = options->run(options->data);
		fflush(NULL);
		_exit(status);
	}
	if (arguments[0] != NULL)
		execve(arguments[0], arguments, env);
	_exit(127);
}

static int
draw_property(VTermProp property, VTermValue *value, void *user)
{
	Terminal *self = user;

	switch ((int)property) {
	case VTERM_PROP_CURSORVISIBLE: self->cursor_visible = value->boolean; break;
	case VTERM_PROP_ALTSCREEN: self->alternate = value->boolean; break;
	case VTERM_PROP_MOUSE: self->mouse = value->number != VTERM_PROP_MOUSE_NONE; break;
	}
	return 1;
}

/* Called from inside libvterm, where reading, and so drawing, would be a second entry: terminal_flush sends
 * it. */
static void
answer(const char *bytes, size_t length, void *user)
{
	Terminal *self = user;

	g_string_append_len(self->answers, bytes, (gssize)length);
}

static const VTermScreenCallbacks screen_callbacks = { .settermprop = draw_property };

static void
open_screen(Terminal *self, int rows, int cols)
{
	self->bytes = g_byte_array_new();
	self->answers = g_string_new(NULL);
	self->dialect = terminal_dialect_new();
	self->vterm = vterm_new(rows, cols);
	vterm_set_utf8(self->vterm, 1);
	vterm_output_set_callback(self->vterm, answer, self);
	self->screen = vterm_obtain_screen(self->vterm);
	vterm_screen_set_callbacks(self->screen, &screen_callbacks, self);
	vterm_screen_enable_altscreen(self->screen, 1);
	vterm_screen_reset(self->screen, 1);
	self->cursor_visible = true;
}

static void
free_all(void)
{
	terminal_teardown(NULL);
}

Terminal *
terminal_start(const TerminalOptions *options)
{
	Terminal *self = g_new0(Terminal, 1);
	struct winsize size = { .ws_row = (unsigned short)(options->rows > 0 ? options->rows : 24),
		.ws_col = (unsigned short)(options->cols > 0 ? options->cols : 80) };
	g_auto(GStrv) arguments = find_program(options->argv);
	g_auto(GStrv) env = build_environment(options->env);
	static bool registered = false;
	pid_t parent = getpid();

	if (!registered)
		registered = atexit(free_all) == 0;
	if (options->run == NULL && arguments[0] == NULL)
		fail_msg("terminal_start: no program '%s'", options->argv[0]);
	fflush(NULL);
	self->pid = forkpty(&self->master, NULL, NULL, &size);
	if (self->pid == 0)
		child(options, arguments, env, parent);
	if (self->pid < 0)
		fail_msg("terminal_start: forkpty: %s", g_strerror(errno));
	fcntl(self->master, F_SETFL, O_NONBLOCK);
	fcntl(self->master, F_SETFD, FD_CLOEXEC);
	self->process = pidfd_open(self->pid, 0);
	open_screen(self, size.ws_row, size.ws_col);
	self->next = all_terminals;
	all_terminals = self;
	if (self->process < 0)
		fail_msg("terminal_start: pidfd_open: %s", g_strerror(errno));
	return self;
}

static void
reap(Terminal *self, int options)
{
	struct rusage usage;

	if (self->exited || wait4(self->pid, &self->status, options, &usage) != self->pid)
		return;
	self->exited = true;
	self->cpu_ms = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

void
terminal_free(Terminal *self)
{
	if (self == NULL)
		return;
	for (Terminal **link = &all_terminals; *link != NULL; link = &(*link)->next) {
		if (*link == self) {
			*link = self->next;
			break;
		}
	}
	if (!self->exited) {
		kill(self->pid, SIGKILL);
		reap(self, 0);
	}
	if (self->master >= 0)
		close(self->master);
	if (self->process >= 0)
		close(self->process);
	vterm_free(self->vterm);
	terminal_dialect_free(self->dialect);
	g_byte_array_free(self->bytes, TRUE);
	g_string_free(self->answers, TRUE);
	g_free(self);
}

int
terminal_teardown(void **state)
{
	(void)state;
	while (all_terminals != NULL)
		terminal_free(all_terminals);
	return 0;
}

static void
draw(Terminal *self, const char *bytes, size_t length)
{
	g_autoptr(GString) translated = g_string_sized_new(length);

	g_byte_array_append(self->bytes, (const guint8 *)bytes, (guint)length);
	terminal_dialect_feed(self->dialect, bytes, length, translated);
	vterm_input_write(self->vterm, translated->str, translated->len);
	terminal_flush(self);
}

/* Output that the kernel still holds outlives the program, so an end of the program alone does not end the
 * reading. */
bool
terminal_pump(Terminal *self, int timeout_ms)
{
	struct pollfd watched[] = { { .fd = self->closed ? -1 : self->master, .events = POLLIN },
		{ .fd = self->exited ? -1 : self->process, .events = POLLIN } };
	char buffer[65536];
	ssize_t got;

	if (poll(watched, G_N_ELEMENTS(watched), timeout_ms) <= 0)
		return false;
	if (watched[1].revents != 0)
		reap(self, WNOHANG);
	if (watched[0].revents == 0)
		return false;
	got = read(self->master, buffer, sizeof(buffer));
	if (got > 0) {
		draw(self, buffer, (size_t)got);
		return true;
	}
	if (got == 0 || (errno != EAGAIN && errno != EINTR))
		self->closed = true;
	return false;
}

void
terminal_fail(Terminal *self, const char *file, int line, const char *format, ...)
{
	g_autofree char *why = NULL;
	va_list arguments;

	va_start(arguments, format);
	why = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	terminal_print(self, why);
	g_clear_pointer(&why, g_free);
	_fail(file, line);
}
