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

/* Several lines of plain text in one style. */
void text_view_add_text(TextView *self, Style style, const char *text);

/* Forgets all lines, keeps the place. */
void text_view_clear(TextView *self);

/* Movement, `/` is not handled here: true when it was taken. */
bool text_view_press(TextView *self, KeyPress press, int height);

/* Draws as many lines as the window has rows; long lines are wrapped on cell borders. */
void text_view_draw(TextView *self, WINDOW *window, const Theme *theme);

/* "12-40 of 180", for a header; newly allocated. */
char *text_view_place(const TextView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextView, text_view_free)

#endif
