#ifndef SIGNALBOX_TUI_TEXT_VIEW_H
#define SIGNALBOX_TUI_TEXT_VIEW_H

#include "keys.h"
#include "theme.h"

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/* Lines that are scrolled and searched: help, the SQL of a migration, a record. Line by line, each with parts
 * in styles of their own. */
typedef struct TextView TextView;

TextView *text_view_new(const char *title);
void text_view_free(TextView *self);

/* Begins a line; then adds parts to it. Texts are raw: they are sanitised here. */
void text_view_line(TextView *self);
void text_view_add(TextView *self, Style style, const char *text);

/* Rows that the current line is continued on begin below what is added next; where that is beyond half of the
 * window, at its left edge. */
void text_view_hang(TextView *self);

/* Several lines of plain text in one style; a newline at its end begins none. */
void text_view_add_text(TextView *self, Style style, const char *text);

/* Forgets all lines, keeps the place. */
void text_view_clear(TextView *self);

/* Movement, `/` is not handled here: true when it was taken. */
bool text_view_press(TextView *self, KeyPress press, int height);

/* Draws as many lines as the window has rows; long lines are wrapped on cell borders. */
void text_view_draw(TextView *self, WINDOW *window, const Theme *theme);

/* "12-40 of 180", in rows as last drawn, for a header; newly allocated. */
char *text_view_place(const TextView *self);

/* Sanitised; borrowed. */
const char *text_view_title(const TextView *self);

/* The rows that it takes in a window of that width. */
int text_view_rows(TextView *self, int width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextView, text_view_free)

#endif
