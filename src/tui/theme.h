#ifndef SIGNALBOX_TUI_THEME_H
#define SIGNALBOX_TUI_THEME_H

#include <curses.h>
#include <glib.h>
#include <stdbool.h>

/* What a text on a screen is. How it looks is the theme's business alone. */
typedef enum Style {
	STYLE_ROW,
	STYLE_HEADER,
	STYLE_HEADER_PRODUCTION,
	STYLE_HEADER_RED,
	STYLE_HEADER_GREEN,
	STYLE_HEADER_YELLOW,
	STYLE_HEADER_BLUE,
	STYLE_HEADER_MAGENTA,
	STYLE_HEADER_CYAN,
	STYLE_HEADER_GREY,
	STYLE_TAB,
	STYLE_TAB_CURRENT,
	STYLE_FILTER,
	STYLE_COLUMN_TITLE,
	STYLE_COLUMN_TITLE_SORTED,
	STYLE_HINT_KEY,
	STYLE_HINT_TEXT,
	STYLE_COMMAND_LINE,
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_NOTE,
	STYLE_BORDER,
	STYLE_TITLE,
	STYLE_NULL,    /* a value that is not there */
	STYLE_CHANGED, /* a value that is new since the last refresh */
	STYLE_MATCH,   /* what a search found */
	STYLE_BAR,
	STYLE_YELLOW,
	STYLE_GREEN,
	STYLE_RED,
	STYLE_GREY,
	STYLE_BLUE,
	STYLE_MAGENTA,
	STYLE_CYAN,
	STYLE_COUNT,
} Style;

/* What the row below a text adds to its style: the cell keeps its colour and gets the row's background. */
typedef enum RowLook {
	ROW_PLAIN,
	ROW_CURSOR,
	ROW_MARKED,
	ROW_CURSOR_MARKED,
	ROW_LOOK_COUNT,
} RowLook;

typedef enum Glyph {
	GLYPH_CURSOR,   /* ▸ */
	GLYPH_MARK,     /* ● */
	GLYPH_ELLIPSIS, /* … */
	GLYPH_DESCENDING,
	GLYPH_ASCENDING,
	GLYPH_FOLDED,
	GLYPH_UNFOLDED,
	GLYPH_YES,
	GLYPH_NO,
	GLYPH_HORIZONTAL,
	GLYPH_VERTICAL,
	GLYPH_TOP_LEFT,
	GLYPH_TOP_RIGHT,
	GLYPH_BOTTOM_LEFT,
	GLYPH_BOTTOM_RIGHT,
	GLYPH_BAR_FULL,
	GLYPH_BAR_EMPTY,
	GLYPH_SCROLL,
	GLYPH_COUNT,
} Glyph;

#define SPINNER_FRAMES 10
#define SPARK_LEVELS 8

typedef enum ColourDepth {
	COLOURS_NONE,
	COLOURS_8,
	COLOURS_16,
	COLOURS_256,
} ColourDepth;

typedef struct ThemeOptions {
	ColourDepth depth;
	bool light; /* the background */
	bool ascii;
} ThemeOptions;

typedef struct Theme Theme;

/* How curses is told: attributes and a colour pair, for wattr_set. */
typedef struct Look {
	attr_t attributes;
	short pair;
} Look;

/*
 * What this terminal and this person want: `theme` is dark, light, none, or NULL to look (COLORFGBG, else
 * dark); NO_COLOR (not empty) and `no_color` mean none. ASCII is asked for, or the locale's encoding is not
 * UTF-8. After the start of curses.
 */
ThemeOptions theme_detect(const char *theme, bool no_color, bool ascii);

/* The parts of theme_detect that a table can test. */
bool theme_background_is_light(const char *colorfgbg);
ColourDepth theme_depth(int colours);

/* Makes its colour pairs known to curses, unless the depth is COLOURS_NONE. */
Theme *theme_new(const ThemeOptions *options);
void theme_free(Theme *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Theme, theme_free)

Look theme_look(const Theme *self, Style style, RowLook row);

bool theme_is_ascii(const Theme *self);

/* Always one cell. */
const char *theme_glyph(const Theme *self, Glyph glyph);
const char *theme_spinner(const Theme *self, unsigned frame);

/* A column of one cell, `level` 0 (lowest) to SPARK_LEVELS - 1. */
const char *theme_spark(const Theme *self, unsigned level);

/*
 * The style of a colour's name in a screen file (`yellow`, `green`, `red`, `grey`, `blue`, `magenta`,
 * `cyan`), or of a context's header with `header`. False when there is no such colour.
 */
bool theme_style_of_colour(const char *name, bool header, Style *ret_style);

/* The colours' names, ended by NULL. */
const char *const *theme_colour_names(void);

#endif
