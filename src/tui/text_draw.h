#ifndef SIGNALBOX_TUI_TEXT_DRAW_H
#define SIGNALBOX_TUI_TEXT_DRAW_H

#include "theme.h"

/*
 * The only way in which text reaches curses. A text that text_is_clean does not accept is sanitised here, and
 * what the locale cannot show as wide as it is counted becomes `?`: nothing moves the cursor, nothing shifts
 * the cells after it.
 *
 * Places outside of the window and cells beyond its right edge are cut off; `cells` below 1 draws nothing.
 */

/* Draws as much as fits into `cells` from y, x on, `…` in the last cell when something is cut. The cells that
 * were used. */
int text_draw(WINDOW *window, const Theme *theme, int y, int x, int cells, const char *text, Look look);

/* The same, then blanks in the same look: always exactly `cells`. `right` puts the blanks before it. */
void text_draw_padded(
    WINDOW *window, const Theme *theme, int y, int x, int cells, const char *text, bool right, Look look);

/* Repeats a one-cell glyph, or blanks with " ". */
void text_draw_repeated(WINDOW *window, int y, int x, int cells, const char *glyph, Look look);

/* A vertical line of `height` cells, and a frame along the edges of the window. */
void text_draw_column(WINDOW *window, int y, int x, int height, const char *glyph, Look look);
void text_draw_frame(WINDOW *window, const Theme *theme, Look look);

#endif
