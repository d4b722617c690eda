#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "keys.h"
#include "terminal_reset.h"

#define ESCAPE_DELAY_MS 25

struct TuiTerminal {
	SCREEN *screen;
	bool mouse;
	bool released;
	bool can_stop;  /* SIGTSTP was not ignored by whoever started us */
	int signals[2]; /* a byte per SIGTSTP and SIGCONT */
	struct sigaction stop_before, continue_before;
};

/* For the handler. Written before the handler is set, and after it is gone. */
static int signal_pipe = -1;

static void
note_signal(int number)
{
	int saved = errno;
	char byte = number == SIGTSTP ? 's' : 'c';

	/* When the pipe is full, enough has been said. */
	if (write(signal_pipe, &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

static bool
check_terminal(GError **error)
{
	int result = 0;
	const char *name = g_getenv("TERM");
	g_autofree char *shown = text_sanitised(name != NULL ? name : "", TEXT_SINGLE_LINE);
	const char *cursor;
	bool usable;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s is not a terminal: for a pipe or a file use 'signalbox COMMAND' or 'signalbox run "
		    "FILE'",
		    isatty(STDIN_FILENO) ? "the output" : "the input");
		return false;
	}
	if (*shown == '\0' || setupterm(name, STDOUT_FILENO, &result) == ERR) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "the terminal '%s' (TERM) is not known here: set TERM to one that is, such as "
		    "xterm-256color",
		    shown);
		return false;
	}
	cursor = tigetstr("cup");
	usable = cursor != NULL && (intptr_t)cursor != -1;
	/* newterm reads the description again, into a place of its own. */
	del_curterm(cur_term);
	if (!usable)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "the terminal '%s' (TERM) cannot place its cursor: use --linear", shown);
	return usable;
}

static bool
catch_job_signals(TuiTerminal *self, GError **error)
{
	struct sigaction action = { .sa_handler = note_signal, .sa_flags = SA_RESTART };

	if (!g_unix_open_pipe(self->signals, FD_CLOEXEC, error))
		return false;
	for (int i = 0; i < 2; i++)
		fcntl(self->signals[i], F_SETFL, O_NONBLOCK);
	signal_pipe = self->signals[1];
	sigemptyset(&action.sa_mask);
	sigaction(SIGTSTP, NULL, &self->stop_before);
	self->can_stop = self->stop_before.sa_handler != SIG_IGN;
	if (self->can_stop)
		sigaction(SIGTSTP, &action, NULL);
	sigaction(SIGCONT, &action, &self->continue_before);
	return true;
}

static void
forget_job_signals(TuiTerminal *self)
{
	sigaction(SIGTSTP, &self->stop_before, NULL);
	sigaction(SIGCONT, &self->continue_before, NULL);
	signal_pipe = -1;
	close(self->signals[0]);
	close(self->signals[1]);
}

static void
set_modes(TuiTerminal *self)
{
	set_escdelay(ESCAPE_DELAY_MS);
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	curs_set(0);
	keypress_define();
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
	if (self->mouse) {
		mousemask(
		    BUTTON1_PRESSED | BUTTON2_PRESSED | BUTTON3_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED,
		    NULL);
		/* Clicks are told at once, not after a wait for a second one. */
		mouseinterval(0);
	}
}

/* putp goes through stdio, curses past it. */
static void
send_sequence(const char *sequence)
{
	putp(sequence);
	fflush(stdout);
}

static bool
start_curses(TuiTerminal *self, GError **error)
{
	struct termios modes;

	tcgetattr(STDIN_FILENO, &modes);
	self->screen = newterm(NULL, stdout, stdin);
	if (self->screen == NULL) {
		forget_job_signals(self);
		g_set_error_literal(error, SB_ERROR, SB_ERROR_USAGE, "curses cannot use this terminal");
		return false;
	}
	terminal_reset_prepare(STDOUT_FILENO, &modes, self->mouse);
	terminal_reset_arm();
	set_modes(self);
	send_sequence(terminal_reset_paste_on());
	return true;
}

TuiTerminal *
tui_terminal_enter(bool mouse, GError **error)
{
	TuiTerminal *self;

	if (!check_terminal(error))
		return NULL;
	self = g_new0(TuiTerminal, 1);
	self->mouse = mouse;
	if (!catch_job_signals(self, error) || !start_curses(self, error))
		g_clear_pointer(&self, g_free);
	return self;
}

void
tui_terminal_release(TuiTerminal *self)
{
	if (self->released)
		return;
	self->released = true;
	curs_set(1);
	send_sequence(terminal_reset_paste_off());
	endwin();
	/* endwin leaves a part (the palette's reset) in stdio's buffer. */
	fflush(stdout);
	terminal_reset_disarm();
}

void
tui_terminal_retake(TuiTerminal *self)
{
	struct termios modes;

	/* Whoever had the terminal may have changed it for good: what we leave behind is what we found last.
	 */
	if (self->released && tcgetattr(STDIN_FILENO, &modes) == 0) {
		terminal_reset_keep_modes(&modes);
		def_shell_mode();
	}
	self->released = false;
	terminal_reset_arm();
	reset_prog_mode();
	tui_terminal_resize(self);
	clearok(curscr, TRUE);
	refresh();
	curs_set(0);
	send_sequence(terminal_reset_paste_on());
}

void
tui_terminal_leave(TuiTerminal *self)
{
	if (self == NULL)
		return;
	tui_terminal_release(self);
	delscreen(self->screen);
	terminal_reset_forget();
	forget_job_signals(self);
	g_free(self);
}

static void
drain_signals(TuiTerminal *self, bool *ret_stop, bool *ret_continued)
{
	char byte;

	*ret_stop = *ret_continued = false;
	while (read(self->signals[0], &byte, 1) == 1) {
		*ret_stop |= byte == 's';
		*ret_continued |= byte == 'c';
	}
}

/* The whole foreground job stops, as with Ctrl-Z in a shell: a script that started us would hang otherwise.
 */
void
tui_terminal_suspend(TuiTerminal *self)
{
	struct sigaction stop = { .sa_handler = SIG_DFL }, ours;
	bool ignored_stop, ignored_continue;

	if (!self->can_stop)
		return;
	tui_terminal_release(self);
	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, &ours);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
	drain_signals(self, &ignored_stop, &ignored_continue);
	tui_terminal_retake(self);
}

int
tui_terminal_signal_fd(const TuiTerminal *self)
{
	return self->signals[0];
}

bool
tui_terminal_handle_signals(TuiTerminal *self, bool *ret_stop)
{
	bool continued;

	drain_signals(self, ret_stop, &continued);
	if (self->released) {
		*ret_stop = false;
		return false;
	}
	if (continued)
		tui_terminal_retake(self);
	return continued;
}

bool
tui_terminal_resize(TuiTerminal *self)
{
	struct winsize size;

	(void)self;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	if (size.ws_row == LINES && size.ws_col == COLS)
		return false;
	return resizeterm(size.ws_row, size.ws_col) != ERR;
}

bool
tui_terminal_is_too_small(void)
{
	return LINES < TUI_TERMINAL_ROWS_MIN || COLS < TUI_TERMINAL_COLS_MIN;
}

bool
tui_terminal_is_gone(const TuiTerminal *self)
{
	struct pollfd watched = { .fd = STDIN_FILENO };
	struct termios modes;

	(void)self;
	if (poll(&watched, 1, 0) > 0 && (watched.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		return true;
	return tcgetattr(STDIN_FILENO, &modes) != 0 && errno != EINTR;
}

bool
tui_terminal_write(TuiTerminal *self, const char *bytes, size_t length)
{
	return !self->released && fwrite(bytes, 1, length, stdout) == length && fflush(stdout) == 0;
}
