#include "terminal_private.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

/* Twice the 25 ms that the program waits before it takes an Escape for a key of its own. */
#define ESCAPE_APART_US 50000

static const struct {
	const char *name;
	VTermKey key;
	VTermModifier modifier;
} named_keys[] = {
	{ "Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE },
	{ "Escape", VTERM_KEY_ESCAPE, VTERM_MOD_NONE },
	{ "Tab", VTERM_KEY_TAB, VTERM_MOD_NONE },
	{ "S-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT },
	{ "Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE },
	{ "Insert", VTERM_KEY_INS, VTERM_MOD_NONE },
	{ "Delete", VTERM_KEY_DEL, VTERM_MOD_NONE },
	{ "Up", VTERM_KEY_UP, VTERM_MOD_NONE },
	{ "Down", VTERM_KEY_DOWN, VTERM_MOD_NONE },
	{ "Left", VTERM_KEY_LEFT, VTERM_MOD_NONE },
	{ "Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE },
	{ "Home", VTERM_KEY_HOME, VTERM_MOD_NONE },
	{ "End", VTERM_KEY_END, VTERM_MOD_NONE },
	{ "PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE },
	{ "PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE },
};

static void
wait_apart_from_escape(Terminal *self)
{
	while (g_get_monotonic_time() < self->escape_until) {
		gint64 left = self->escape_until - g_get_monotonic_time();

		terminal_pump(self, left > 0 ? (int)(left / 1000) + 1 : 0);
		if (self->exited && self->closed)
			return;
	}
}

void
terminal_send(Terminal *self, const char *bytes, size_t length)
{
	gint64 deadline = g_get_monotonic_time() + TERMINAL_DEADLINE_MS * (gint64)1000;

	wait_apart_from_escape(self);
	while (length > 0 && !self->closed) {
		struct pollfd writable = { .fd = self->master, .events = POLLOUT };
		ssize_t put = write(self->master, bytes, length);

		if (put > 0) {
			bytes += put;
			length -= (size_t)put;
		} else if (put < 0 && errno != EAGAIN && errno != EINTR) {
			return; /* the program has gone: the test sees that by its exit */
		} else if (!terminal_pump(self, 0)) {
			poll(&writable, 1, 10);
		}
		if (g_get_monotonic_time() > deadline)
			terminal_fail(self, __FILE__, __LINE__, "the program does not read its input");
	}
}

void
terminal_flush(Terminal *self)
{
	g_autofree char *bytes = g_strndup(self->answers->str, self->answers->len);
	size_t length = self->answers->len;

	g_string_truncate(self->answers, 0);
	if (length > 0)
		terminal_send(self, bytes, length);
}

void
terminal_type(Terminal *self, const char *text)
{
	terminal_send(self, text, strlen(text));
}

static bool
press_named(Terminal *self, const char *name)
{
	guint64 number;

	for (size_t i = 0; i < G_N_ELEMENTS(named_keys); i++) {
		if (strcmp(name, named_keys[i].name) != 0)
			continue;
		vterm_keyboard_key(self->vterm, named_keys[i].key, named_keys[i].modifier);
		terminal_flush(self);
		if (named_keys[i].key == VTERM_KEY_ESCAPE)
			self->escape_until = g_get_monotonic_time() + ESCAPE_APART_US;
		return true;
	}
	if (name[0] == 'F' && g_ascii_string_to_unsigned(name + 1, 10, 1, 12, &number, NULL)) {
		vterm_keyboard_key(self->vterm, (VTermKey)VTERM_KEY_FUNCTION(number), VTERM_MOD_NONE);
		terminal_flush(self);
		return true;
	}
	return false;
}

void
terminal_press(Terminal *self, const char *key)
{
	if (g_utf8_strlen(key, -1) == 1) {
		terminal_type(self, key);
	} else if (strcmp(key, "space") == 0) {
		terminal_type(self, " ");
	} else if (g_str_has_prefix(key, "C-") && strlen(key) == 3) {
		char control = key[2] == '?' ? 0x7f : (char)(key[2] & 0x1f);

		terminal_send(self, &control, 1);
	} else if (g_str_has_prefix(key, "M-") && g_utf8_strlen(key + 2, -1) == 1) {
		g_autofree char *sequence = g_strconcat("\033", key + 2, NULL);

		terminal_type(self, sequence);
	} else if (!press_named(self, key)) {
		terminal_fail(self, __FILE__, __LINE__, "there is no key '%s'", key);
	}
}

void
terminal_press_all(Terminal *self, const char *keys)
{
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);

	for (size_t i = 0; names[i] != NULL; i++)
		if (names[i][0] != '\0')
			terminal_press(self, names[i]);
}

/* libvterm keeps the mode to itself, but brackets only where the program asked for it. */
bool
terminal_brackets_paste(Terminal *self)
{
	bool brackets;

	terminal_flush(self);
	vterm_keyboard_start_paste(self->vterm);
	brackets = self->answers->len > 0;
	g_string_truncate(self->answers, 0);
	return brackets;
}

/* In one write: half a paste would be the harness's doing, not the program's. */
void
terminal_paste(Terminal *self, const char *text)
{
	g_autofree char *whole = terminal_brackets_paste(self)
	    ? g_strconcat("\033[200~", text, "\033[201~", NULL)
	    : g_strdup(text);

	terminal_type(self, whole);
}

void
terminal_click(Terminal *self, int row, int col, int button)
{
	/* libvterm would report the mouse to a program that never asked. */
	if (!self->mouse)
		return;
	vterm_mouse_move(self->vterm, row, col, VTERM_MOD_NONE);
	vterm_mouse_button(self->vterm, button, true, VTERM_MOD_NONE);
	if (button <= 3)
		vterm_mouse_button(self->vterm, button, false, VTERM_MOD_NONE);
	terminal_flush(self);
}

void
terminal_resize(Terminal *self, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	vterm_set_size(self->vterm, rows, cols);
	ioctl(self->master, TIOCSWINSZ, &size);
}

void
terminal_signal(Terminal *self, int signal_number)
{
	if (!self->exited)
		kill(self->pid, signal_number);
}

void
terminal_hang_up(Terminal *self)
{
	while (terminal_pump(self, 0))
		continue;
	close(self->master);
	self->master = -1;
	self->closed = true;
}
