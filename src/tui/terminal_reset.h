#ifndef SIGNALBOX_TUI_TERMINAL_RESET_H
#define SIGNALBOX_TUI_TERMINAL_RESET_H

#include <stdbool.h>
#include <termios.h>

/* How the terminal is put in order when nobody has the time for curses: see terminal.h. */

/*
 * Keeps the modes, and makes ready the bytes from terminfo that end whatever curses began. Then catches the
 * fatal signals, on a stack of their own, and watches exit(). curses must have been started.
 */
void terminal_reset_prepare(int terminal, const struct termios *modes, bool mouse);

/* Between these two, an end of the program resets the terminal. Disarmed, the handlers do nothing but pass
 * the signal on. */
void terminal_reset_arm(void);
void terminal_reset_disarm(void);

/* New modes to go back to. */
void terminal_reset_keep_modes(const struct termios *modes);

/* Puts the fatal signals back as they were. */
void terminal_reset_forget(void);

/* The sequences that curses does not know: bracketed paste on and off. "" when the terminal has none. */
const char *terminal_reset_paste_on(void);
const char *terminal_reset_paste_off(void);

#endif
