#ifndef SIGNALBOX_TUI_LINE_INPUT_H
#define SIGNALBOX_TUI_LINE_INPUT_H

#include "keys.h"
#include "theme.h"

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/* One line of text that is being edited: UTF-8, wide characters, the usual emacs keys (C-y puts back what
 * C-k, C-u and C-w took), pasted text as it is. Pure but for drawing. What is no UTF-8 in a text that is set
 * becomes U+FFFD. */
typedef struct LineInput LineInput;

LineInput *line_input_new(const char *text);
void line_input_free(LineInput *self);

/* True when the press is one that edits the text or moves the cursor. Between paste marks everything is text;
 * newlines and tabs become blanks, other controls are left out. */
bool line_input_press(LineInput *self, KeyPress press);

/* Between paste marks: then every press is to be given to line_input_press, Enter and Escape too. */
bool line_input_is_pasting(const LineInput *self);

/* Borrowed until the next change. */
const char *line_input_text(const LineInput *self);
size_t line_input_cursor(const LineInput *self); /* byte offset */

/* Puts the cursor at the end. */
void line_input_set(LineInput *self, const char *text);

/* Replaces the bytes from `start` up to the cursor. */
void line_input_replace(LineInput *self, size_t start, const char *text);

/* Draws into `cells` from y, x on, scrolled so that the cursor is seen, and places the terminal's cursor.
 * What is out of sight on either side is told by `…`. `suggestion` (may be NULL) follows in grey: it is never
 * part of the text. */
void line_input_draw(
    LineInput *self, WINDOW *window, const Theme *theme, int y, int x, int cells, const char *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LineInput, line_input_free)

#endif
