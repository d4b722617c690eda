#ifndef SIGNALBOX_TESTS_TERMINAL_H
#define SIGNALBOX_TESTS_TERMINAL_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A terminal for tests: a program on a pseudo terminal, its output drawn by libvterm, so that a test reads
 * cells and attributes as a person sees them. Nothing here sleeps: a wait ends when its state is reached, or
 * fails at its deadline. Functions that say "fails" print the screen and fail the running cmocka test at the
 * caller's line.
 *
 * The terminal speaks like xterm: it answers the program's questions and sends the key sequences that the
 * program asked for (application cursor keys, bracketed paste, mouse reports).
 */
typedef struct Terminal Terminal;

#define TERMINAL_DEADLINE_MS 10000

typedef struct TerminalOptions {
	int rows;                /* 0: 24 */
	int cols;                /* 0: 80 */
	const char *const *argv; /* the program, looked up in PATH, and its arguments */
	int (*run)(
	    const void *data);  /* instead of argv: called in the child, its result is the exit status */
	const void *data;       /* for `run` */
	const char *const *env; /* NAME=value, or NAME alone to leave it out; over the ones below */
	const char *cwd;        /* NULL: this process's folder */
} TerminalOptions;

/*
 * Starts the program as the leader of a session on a new terminal. Its environment is PATH, HOME and the
 * sanitizers' options of this process, TERM=xterm-256color, LANG=C.UTF-8, TZ=UTC, and `env`. Fails when it
 * cannot.
 */
Terminal *terminal_start(const TerminalOptions *options);

/* Kills the program (SIGKILL, by its id) if it still runs, reaps it and frees the rest. NULL does nothing. */
void terminal_free(Terminal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Terminal, terminal_free)

/* A cmocka teardown: frees every terminal that is still there. A failed assertion leaves its test by a jump,
 * so this, not g_autoptr, ends the program of a failed test. Also called at exit. */
int terminal_teardown(void **state);

/* -- what a person does -------------------------------------------------------------------------------------
 */

/* Sends text as it is, as if typed. */
void terminal_type(Terminal *self, const char *text);

/*
 * Presses one key: one character, or Enter, Escape, Tab, S-Tab, Backspace, Insert, Delete, Up, Down, Left,
 * Right, Home, End, PgUp, PgDn, F1..F12, space, C-a.., M-a... What is sent next after an Escape waits for the
 * time within which a terminal could not tell the two from one function key. Fails on an unknown name.
 */
void terminal_press(Terminal *self, const char *key);

/* Presses several keys, separated by blanks. */
void terminal_press_all(Terminal *self, const char *keys);

/* Pastes: bracketed when the program asked for it. */
void terminal_paste(Terminal *self, const char *text);

/* Presses and releases a mouse button at a cell; button 1..3, or 4 and 5 for the wheel. Nothing is sent
 * unless the program asked for the mouse. */
void terminal_click(Terminal *self, int row, int col, int button);

/* Gives the window a new size; the program gets SIGWINCH. */
void terminal_resize(Terminal *self, int rows, int cols);

/* Sends a signal to the program by its id. */
void terminal_signal(Terminal *self, int signal_number);

/* The terminal vanishes: the program gets SIGHUP, its reads end and its writes fail. The screen stays
 * readable. */
void terminal_hang_up(Terminal *self);

/* -- waiting ------------------------------------------------------------------------------------------------
 */

typedef bool TerminalPredicate(Terminal *self, void *data);

/*
 * Reads the program's output until the predicate holds: true. False when the time is over or the program has
 * ended. The predicate is asked whenever output came and, for states outside of the screen, 50 times a
 * second.
 */
bool terminal_wait_until(Terminal *self, TerminalPredicate *predicate, void *data, int timeout_ms);

/* Fails unless the text is seen within one row of the screen in time. */
#define terminal_wait_text(self, text, timeout_ms)                                                           \
	terminal_wait_text_at((self), (text), (timeout_ms), __FILE__, __LINE__)

/* Fails unless the text has gone from the screen in time. */
#define terminal_wait_gone(self, text, timeout_ms)                                                           \
	terminal_wait_gone_at((self), (text), (timeout_ms), __FILE__, __LINE__)

/*
 * Waits until the screen stands still: all input has been taken by the program, every thread of it sleeps,
 * and no byte came within a short window. A program that waits for someone else (a server) looks settled too:
 * wait for a text or a predicate first. Fails when it never settles.
 */
#define terminal_settle(self) terminal_settle_at((self), __FILE__, __LINE__)

/* The program's wait status, after all of its output was read. Fails when it still runs at the deadline. */
#define terminal_wait_exit(self, timeout_ms) terminal_wait_exit_at((self), (timeout_ms), __FILE__, __LINE__)

/* Fails unless the program is stopped (SIGTSTP, SIGSTOP) in time. */
#define terminal_wait_stopped(self, timeout_ms)                                                              \
	terminal_wait_stopped_at((self), (timeout_ms), __FILE__, __LINE__)

void terminal_wait_text_at(Terminal *self, const char *text, int timeout_ms, const char *file, int line);
void terminal_wait_gone_at(Terminal *self, const char *text, int timeout_ms, const char *file, int line);
void terminal_settle_at(Terminal *self, const char *file, int line);
int terminal_wait_exit_at(Terminal *self, int timeout_ms, const char *file, int line);
void terminal_wait_stopped_at(Terminal *self, int timeout_ms, const char *file, int line);

/* Processor time of the program in milliseconds; only after terminal_wait_exit. */
double terminal_cpu_ms(const Terminal *self);

/* The program's process id, for a test that looks at it from outside. */
int terminal_pid(const Terminal *self);

/* -- what a person sees -------------------------------------------------------------------------------------
 */

#define TERMINAL_COLOUR_DEFAULT (-1)
#define TERMINAL_COLOUR_RGB 0x1000000 /* added to 0xrrggbb */

typedef struct TerminalCell {
	char text[40]; /* a base with its marks; " " for a blank; "" for the right half of a wide one */
	int width;     /* 1, 2, or 0 for the right half */
	int fg;        /* 0..255, or one of the above */
	int bg;
	bool bold, dim, italic, underline, blink, reverse;
} TerminalCell;

TerminalCell terminal_cell(Terminal *self, int row, int col);

void terminal_size(const Terminal *self, int *ret_rows, int *ret_cols);

/* One row, trailing blanks cut. Newly allocated. */
char *terminal_row_text(Terminal *self, int row);

/* All rows, each ended by a newline, trailing blanks cut. Newly allocated. */
char *terminal_screen_text(Terminal *self);

/* The first row that holds the text, and its first cell; -1 when there is none. `ret_col` may be NULL. */
int terminal_find(Terminal *self, const char *text, int *ret_col);

/*
 * The attributes of the screen as text, a line per run of equal cells that are not plain:
 * `ROW: FIRST-LAST bold dim italic underline blink reverse fg=N bg=N`. Newly allocated.
 */
char *terminal_attributes(Terminal *self);

/* Where the cursor stands; false when it is hidden. */
bool terminal_cursor(Terminal *self, int *ret_row, int *ret_col);

/* True while the program shows the alternate screen. */
bool terminal_on_alternate_screen(const Terminal *self);

/* True when the terminal echoes and edits lines, as a shell expects to find it. */
bool terminal_is_cooked(Terminal *self);

/* True while pasted text is bracketed, and while mouse reports are asked for. */
bool terminal_brackets_paste(Terminal *self);
bool terminal_reports_mouse(const Terminal *self);

/* Prints the screen with a sentence before it, for a test that is about to fail. */
void terminal_print(Terminal *self, const char *why);

/* -- what the program sent ----------------------------------------------------------------------------------
 */

/* Every byte so far; valid until the next call that waits. */
const char *terminal_bytes(const Terminal *self, size_t *ret_length);

/*
 * True when the bytes are printable UTF-8 (no C1, bidi, zero-width or unassigned code points), the controls
 * BEL, BS, HT, LF, CR (CAN before an escape sequence), the sequences that ncurses sends for xterm-256color,
 * mouse and bracketed paste modes, and OSC 52 that sets the clipboard. Else `ret_what` (may be NULL) says
 * what was found and where; newly allocated.
 */
bool terminal_bytes_are_allowed(const char *bytes, size_t length, char **ret_what);

/* Fails unless everything that the program sent so far is allowed. */
#define terminal_expect_allowed_bytes(self) terminal_expect_allowed_bytes_at((self), __FILE__, __LINE__)
void terminal_expect_allowed_bytes_at(Terminal *self, const char *file, int line);

/* -- expected screens ---------------------------------------------------------------------------------------
 */

/*
 * Compares size, cursor, text and attributes with a file under the project's folder; fails with a diff. With
 * SIGNALBOX_UPDATE_EXPECTED=1 in the environment the file is rewritten instead. `masks`: regular expressions,
 * ended by NULL, whose matches become `#` per character on both sides, for ids and times; NULL for none.
 */
#define terminal_expect_file(self, path) terminal_expect_file_at((self), (path), NULL, __FILE__, __LINE__)
#define terminal_expect_file_masked(self, path, masks)                                                       \
	terminal_expect_file_at((self), (path), (masks), __FILE__, __LINE__)
void terminal_expect_file_at(
    Terminal *self, const char *path, const char *const *masks, const char *file, int line);

#endif
