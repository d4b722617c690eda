#ifndef SIGNALBOX_TUI_KEYS_H
#define SIGNALBOX_TUI_KEYS_H

#include <curses.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * One key press, as screen files and keys.conf name it. A value below 0x110000 is the code point that the
 * terminal sent: a character, or a control (C-a is 1, Tab 9, Enter 13, Escape 27). Keys without a code point
 * follow after.
 */
typedef uint32_t KeyPress;

enum {
	PRESS_TAB = 9,
	PRESS_ENTER = 13,
	PRESS_ESCAPE = 27,
	PRESS_SPACE = ' ',
	PRESS_NONE = 0x110000, /* nothing to read */
	PRESS_UNKNOWN,         /* a key without a name: to be ignored */
	PRESS_BACKSPACE,
	PRESS_DELETE,
	PRESS_INSERT,
	PRESS_SHIFT_TAB,
	PRESS_UP,
	PRESS_DOWN,
	PRESS_LEFT,
	PRESS_RIGHT,
	PRESS_PAGE_UP,
	PRESS_PAGE_DOWN,
	PRESS_HOME,
	PRESS_END,
	PRESS_F1,
	PRESS_F12 = PRESS_F1 + 11,
	PRESS_RESIZE,      /* the rest have no name: a file cannot bind them */
	PRESS_MOUSE,       /* getmouse() has the event */
	PRESS_PASTE_BEGIN, /* what follows up to the end is pasted text */
	PRESS_PASTE_END,
};

/*
 * Reads a name: one printable character, `space`, `equals`, `bracketleft`, `bracketright`, `numbersign`,
 * `semicolon` (characters that a key file keeps for itself), `Enter`, `Escape`, `Tab`, `S-Tab`, `Backspace`,
 * `Delete`, `Insert`, the arrows, `PgUp`, `PgDn`, `Home`, `End`, `F1`..`F12`, or `C-` and a letter, `space`,
 * `\`, `]`, `^` or `_`. What terminals cannot tell apart is the same press: C-i is Tab, C-m Enter, C-[
 * Escape. Case counts but after `C-`. USAGE when it is none.
 */
bool keypress_parse(const char *name, KeyPress *ret_press, GError **error);

/* The name that keypress_parse reads back; NULL for a press without one. Newly allocated. */
char *keypress_name(KeyPress press);

/* As a person reads it in hints and help: `=` rather than `equals`, `Space`. NULL without a name. Newly
 * allocated. */
char *keypress_label(KeyPress press);

/* True for a press that types a character into a line. */
bool keypress_is_text(KeyPress press);

/* Teaches curses the sequences that begin and end a bracketed paste; once after each start of curses. */
void keypress_define(void);

/* The press for what wget_wch returned and gave. */
KeyPress keypress_from_curses(int result, wint_t code);

/*
 * The next press, or PRESS_NONE when there is none at once. The window must have keypad() and nodelay() on.
 * After an Escape it waits up to ESCDELAY milliseconds for the rest of a function key.
 */
KeyPress keypress_read(WINDOW *window);

#endif
