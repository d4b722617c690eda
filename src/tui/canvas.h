#ifndef SIGNALBOX_TUI_CANVAS_H
#define SIGNALBOX_TUI_CANVAS_H

#include "text_draw.h"
#include "theme.h"

/* Where a room may draw: some rows of the screen, over its whole width. */
typedef struct Canvas {
	WINDOW *window;
	const Theme *theme;
	int y, height;
	int width;
} Canvas;

static inline bool
canvas_has_line(const Canvas *self, int y)
{
	return y >= 0 && y < self->height;
}

/* A text in a style, from x on; how many cells it took. Nothing is drawn above or below the canvas. */
static inline int
canvas_text(const Canvas *self, int y, int x, int cells, const char *text, Style style)
{
	if (!canvas_has_line(self, y))
		return 0;
	return text_draw(self->window, self->theme, self->y + y, x, cells, text,
	    theme_look(self->theme, style, ROW_PLAIN));
}

/* The rest of a line in a style. */
static inline void
canvas_fill(const Canvas *self, int y, int x, Style style)
{
	if (!canvas_has_line(self, y))
		return;
	text_draw_repeated(
	    self->window, self->y + y, x, self->width - x, " ", theme_look(self->theme, style, ROW_PLAIN));
}

/* A text over as many lines as it needs, broken at blanks, as far as there is room. */
void canvas_paragraph(const Canvas *self, int y, int x, const char *text, Style style);

#endif
