#ifndef SIGNALBOX_TUI_TERMINAL_H
#define SIGNALBOX_TUI_TERMINAL_H

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/*
 * The terminal while curses has it. However the program ends (tui_terminal_leave, exit, SIGSEGV, SIGBUS,
 * SIGFPE, SIGILL, SIGABRT and so every failed assertion, SIGTRAP and so every g_error, SIGQUIT, SIGSYS,
 * SIGXCPU, SIGXFSZ), the terminal gets back the modes it had and its main screen: by a sequence of bytes made
 * ready in tui_terminal_enter, which a signal handler can write. SIGTERM, SIGINT and SIGHUP are the loop's:
 * it quits and leaves. There is one such terminal at a time. Main thread only.
 */
typedef struct TuiTerminal TuiTerminal;

/* Below this, screens show a message instead of themselves. */
#define TUI_TERMINAL_ROWS_MIN 10
#define TUI_TERMINAL_COLS_MIN 40

/*
 * Starts curses on stdin and stdout: raw, no echo, keypad, default colours, bracketed paste, Escape after 25
 * ms, and with `mouse` reports of buttons and the wheel. stdscr reads without waiting. USAGE with one
 * sentence when stdin or stdout is no terminal, TERM is unknown, or the terminal cannot place its cursor.
 */
TuiTerminal *tui_terminal_enter(bool mouse, GError **error);

/* Gives the terminal back and frees. NULL does nothing. */
void tui_terminal_leave(TuiTerminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TuiTerminal, tui_terminal_leave)

/* Gives the terminal back for a while (the REPL), and takes it again: afterwards everything must be drawn
 * anew. */
void tui_terminal_release(TuiTerminal *self);
void tui_terminal_retake(TuiTerminal *self);

/*
 * Stops the program as Ctrl-Z does, and returns when it is continued, with the terminal taken again and to be
 * drawn anew. Returns at once where nobody could continue it (no job control).
 */
void tui_terminal_suspend(TuiTerminal *self);

/*
 * Readable when SIGTSTP or SIGCONT came from outside. Then tui_terminal_handle_signals takes the terminal
 * again after a SIGSTOP; true when everything must be drawn anew. `ret_stop`: the caller is to suspend, when
 * it has ended what must not stand still (a transaction).
 */
int tui_terminal_signal_fd(const TuiTerminal *self);
bool tui_terminal_handle_signals(TuiTerminal *self, bool *ret_stop);

/* After SIGWINCH: brings curses to the window's size. True when it changed. Any number of signals may share
 * one call. */
bool tui_terminal_resize(TuiTerminal *self);

/* True when it is smaller than the minimum. */
bool tui_terminal_is_too_small(void);

/* True when the terminal has vanished. Asked when a read says ERR though the descriptor was readable: reading
 * again would spin. */
bool tui_terminal_is_gone(const TuiTerminal *self);

/* Writes bytes that are not curses' (OSC 52), between two screens. False when they could not be written. */
bool tui_terminal_write(TuiTerminal *self, const char *bytes, size_t length);

#endif
