#include "terminal_private.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

/* States that announce themselves by no descriptor (a thread that falls asleep, a stop) are asked for this
 * often. */
#define POLL_MS 5
#define ASK_MS 20
#define QUIET_US 20000

static gint64
deadline_after(int timeout_ms)
{
	return g_get_monotonic_time() + timeout_ms * (gint64)1000;
}

static int
left_ms(gint64 deadline)
{
	gint64 left = deadline - g_get_monotonic_time();

	return left > 0 ? (int)(left / 1000) + 1 : 0;
}

bool
terminal_wait_until(Terminal *self, TerminalPredicate *predicate, void *data, int timeout_ms)
{
	gint64 deadline = deadline_after(timeout_ms);

	for (;;) {
		while (terminal_pump(self, 0))
			continue;
		if (predicate(self, data))
			return true;
		if ((self->exited && self->closed) || left_ms(deadline) == 0)
			return false;
		terminal_pump(self, MIN(left_ms(deadline), ASK_MS));
	}
}

static bool
shows_text(Terminal *self, void *data)
{
	const char *const *text = data;

	return terminal_find(self, *text, NULL) >= 0;
}

static bool
lacks_text(Terminal *self, void *data)
{
	return !shows_text(self, data);
}

void
terminal_wait_text_at(Terminal *self, const char *text, int timeout_ms, const char *file, int line)
{
	if (!terminal_wait_until(self, shows_text, &text, timeout_ms))
		terminal_fail(self, file, line, "'%s' was not seen within %d ms", text, timeout_ms);
}

void
terminal_wait_gone_at(Terminal *self, const char *text, int timeout_ms, const char *file, int line)
{
	if (!terminal_wait_until(self, lacks_text, &text, timeout_ms))
		terminal_fail(self, file, line, "'%s' did not go away within %d ms", text, timeout_ms);
}

/* The state letter of proc(5), after the program's name, which may itself hold blanks and brackets. */
static char
state_letter(const char *stat_path)
{
	g_autofree char *text = NULL;
	const char *name_end;

	if (!g_file_get_contents(stat_path, &text, NULL, NULL))
		return '\0';
	name_end = strrchr(text, ')');
	return name_end != NULL && name_end[1] == ' ' ? name_end[2] : '\0';
}

static bool
process_sleeps(pid_t pid)
{
	g_autofree char *folder = g_strdup_printf("/proc/%d/task", (int)pid);
	g_autoptr(GDir) tasks = g_dir_open(folder, 0, NULL);
	const char *task;

	while (tasks != NULL && (task = g_dir_read_name(tasks)) != NULL) {
		g_autofree char *path = g_build_filename(folder, task, "stat", NULL);
		char state = state_letter(path);

		if (state == 'R' || state == 'D')
			return false;
	}
	return true;
}

/* Only the other side of a pseudo terminal tells how much of the input is still unread. */
static bool
input_is_taken(Terminal *self)
{
	const char *name = ptsname(self->master);
	int slave = name == NULL ? -1 : open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	int unread = 0;

	if (slave < 0)
		return true;
	ioctl(slave, FIONREAD, &unread);
	close(slave);
	return unread == 0;
}

static bool
is_idle(Terminal *self)
{
	pid_t foreground;

	if (self->exited || self->closed)
		return true;
	foreground = tcgetpgrp(self->master);
	return process_sleeps(self->pid) && (foreground <= 0 || process_sleeps(foreground)) &&
	    input_is_taken(self);
}

void
terminal_settle_at(Terminal *self, const char *file, int line)
{
	gint64 deadline = deadline_after(TERMINAL_DEADLINE_MS);
	gint64 quiet_since = g_get_monotonic_time();

	while (!(self->exited && self->closed)) {
		if (terminal_pump(self, POLL_MS) || !is_idle(self))
			quiet_since = g_get_monotonic_time();
		else if (g_get_monotonic_time() - quiet_since >= QUIET_US &&
		    g_get_monotonic_time() >= self->escape_until)
			return;
		else if (self->exited && self->master >= 0)
			self->closed = true;
		if (left_ms(deadline) == 0)
			terminal_fail(self, file, line, "the screen never settles");
	}
}

int
terminal_wait_exit_at(Terminal *self, int timeout_ms, const char *file, int line)
{
	gint64 deadline = deadline_after(timeout_ms);

	while (!self->exited && left_ms(deadline) > 0)
		terminal_pump(self, left_ms(deadline));
	if (!self->exited)
		terminal_fail(self, file, line, "the program still runs after %d ms", timeout_ms);
	while (terminal_pump(self, 0))
		continue;
	return self->status;
}

static bool
is_stopped(Terminal *self)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)self->pid);

	return state_letter(path) == 'T';
}

void
terminal_wait_stopped_at(Terminal *self, int timeout_ms, const char *file, int line)
{
	gint64 deadline = deadline_after(timeout_ms);

	while (!is_stopped(self)) {
		if (self->exited || left_ms(deadline) == 0)
			terminal_fail(self, file, line, "the program is not stopped after %d ms", timeout_ms);
		terminal_pump(self, POLL_MS);
	}
	while (terminal_pump(self, 0))
		continue;
}

double
terminal_cpu_ms(const Terminal *self)
{
	return self->cpu_ms;
}

int
terminal_pid(const Terminal *self)
{
	return (int)self->pid;
}
