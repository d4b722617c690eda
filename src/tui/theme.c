#include "theme.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT (-1)

/* Numbers of the 256 colour palette, and of the first 16 (of which a terminal with 8 has the lower half,
 * bold). */
typedef struct Colour {
	short dark256, light256;
	short dark16, light16;
} Colour;

static const Colour plain = { DEFAULT, DEFAULT, DEFAULT, DEFAULT };
static const Colour black = { 232, 232, 0, 0 };
static const Colour white = { 255, 255, 15, 15 };
static const Colour red = { 203, 160, 9, 1 };
static const Colour green = { 114, 28, 10, 2 };
static const Colour yellow = { 221, 130, 11, 3 };
static const Colour blue = { 111, 25, 12, 4 };
static const Colour magenta = { 176, 127, 13, 5 };
static const Colour cyan = { 80, 30, 14, 6 };
static const Colour grey = { 245, 242, 7, 0 };
static const Colour deep_red = { 160, 160, 1, 1 };
static const Colour deep_green = { 28, 28, 2, 2 };
static const Colour deep_yellow = { 178, 178, 3, 3 };
static const Colour deep_blue = { 25, 25, 4, 4 };
static const Colour deep_magenta = { 90, 90, 5, 5 };
static const Colour deep_cyan = { 30, 30, 6, 6 };
static const Colour deep_grey = { 250, 250, 7, 7 };
static const Colour band = { 236, 254, DEFAULT, DEFAULT };
static const Colour cursor_band = { 18, 153, DEFAULT, DEFAULT };
static const Colour marked_band = { 236, 229, DEFAULT, DEFAULT };
static const Colour both_band = { 53, 189, DEFAULT, DEFAULT };

typedef struct StyleDef {
	const Colour *foreground, *background;
	attr_t attributes;
	attr_t without_colour; /* what has to tell it apart where there are no colours */
} StyleDef;

static const StyleDef styles[STYLE_COUNT] = {
	[STYLE_ROW] = { &plain, &plain, A_NORMAL, A_NORMAL },
	[STYLE_HEADER] = { &white, &deep_blue, A_BOLD, A_REVERSE },
	[STYLE_HEADER_PRODUCTION] = { &white, &deep_red, A_BOLD, A_REVERSE | A_BOLD },
	[STYLE_HEADER_RED] = { &white, &deep_red, A_BOLD, A_REVERSE },
	[STYLE_HEADER_GREEN] = { &white, &deep_green, A_BOLD, A_REVERSE },
	[STYLE_HEADER_YELLOW] = { &black, &deep_yellow, A_NORMAL, A_REVERSE },
	[STYLE_HEADER_BLUE] = { &white, &deep_blue, A_BOLD, A_REVERSE },
	[STYLE_HEADER_MAGENTA] = { &white, &deep_magenta, A_BOLD, A_REVERSE },
	[STYLE_HEADER_CYAN] = { &white, &deep_cyan, A_BOLD, A_REVERSE },
	[STYLE_HEADER_GREY] = { &black, &deep_grey, A_NORMAL, A_REVERSE },
	[STYLE_TAB] = { &grey, &band, A_NORMAL, A_NORMAL },
	[STYLE_TAB_CURRENT] = { &plain, &band, A_BOLD, A_BOLD | A_UNDERLINE },
	[STYLE_FILTER] = { &cyan, &plain, A_NORMAL, A_NORMAL },
	[STYLE_COLUMN_TITLE] = { &plain, &plain, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE },
	[STYLE_COLUMN_TITLE_SORTED] = { &blue, &plain, A_BOLD | A_UNDERLINE, A_BOLD | A_UNDERLINE },
	[STYLE_HINT_KEY] = { &yellow, &plain, A_BOLD, A_BOLD },
	[STYLE_HINT_TEXT] = { &grey, &plain, A_NORMAL, A_NORMAL },
	[STYLE_COMMAND_LINE] = { &plain, &plain, A_NORMAL, A_NORMAL },
	[STYLE_ERROR] = { &red, &plain, A_BOLD, A_BOLD | A_REVERSE },
	[STYLE_WARNING] = { &yellow, &plain, A_BOLD, A_BOLD },
	[STYLE_NOTE] = { &green, &plain, A_NORMAL, A_NORMAL },
	[STYLE_BORDER] = { &grey, &plain, A_NORMAL, A_NORMAL },
	[STYLE_TITLE] = { &plain, &plain, A_BOLD, A_BOLD },
	[STYLE_NULL] = { &grey, &plain, A_DIM, A_DIM },
	[STYLE_CHANGED] = { &cyan, &plain, A_BOLD, A_BOLD },
	[STYLE_MATCH] = { &black, &deep_yellow, A_NORMAL, A_REVERSE },
	[STYLE_BAR] = { &blue, &plain, A_NORMAL, A_NORMAL },
	[STYLE_YELLOW] = { &yellow, &plain, A_NORMAL, A_NORMAL },
	[STYLE_GREEN] = { &green, &plain, A_NORMAL, A_NORMAL },
	[STYLE_RED] = { &red, &plain, A_NORMAL, A_BOLD },
	[STYLE_GREY] = { &grey, &plain, A_NORMAL, A_DIM },
	[STYLE_BLUE] = { &blue, &plain, A_NORMAL, A_NORMAL },
	[STYLE_MAGENTA] = { &magenta, &plain, A_NORMAL, A_NORMAL },
	[STYLE_CYAN] = { &cyan, &plain, A_NORMAL, A_NORMAL },
};

/*
 * A row's background replaces a plain one. Of 16 colours none is a background on which all others can be
 * read: there, as without colours, the row's other attributes are added.
 */
static const struct {
	const Colour *background;
	attr_t attributes;
	attr_t without_colour;
} rows[ROW_LOOK_COUNT] = {
	[ROW_PLAIN] = { &plain, A_NORMAL, A_NORMAL },
	[ROW_CURSOR] = { &cursor_band, A_BOLD, A_REVERSE },
	[ROW_MARKED] = { &marked_band, A_NORMAL, A_BOLD },
	[ROW_CURSOR_MARKED] = { &both_band, A_BOLD, A_REVERSE | A_BOLD },
};

struct Theme {
	ThemeOptions options;
	Look looks[STYLE_COUNT][ROW_LOOK_COUNT];
};

static short
colour_number(const Theme *self, const Colour *colour)
{
	if (self->options.depth == COLOURS_256)
		return self->options.light ? colour->light256 : colour->dark256;
	return self->options.light ? colour->light16 : colour->dark16;
}

/* Of the bright colours a terminal with 8 has the bold ones, and only to write in. */
static short
fold(const Theme *self, short number, attr_t *attributes)
{
	if (self->options.depth != COLOURS_8 || number < 8)
		return number;
	*attributes |= A_BOLD;
	return (short)(number - 8);
}

/* alloc_pair gives the same number for the same colours, so that few styles stay few pairs: some terminals
 * have 64. */
static short
pair_of(short foreground, short background)
{
	int pair;

	if (foreground == DEFAULT && background == DEFAULT)
		return 0;
	pair = alloc_pair(foreground, background);
	return pair > 0 && pair <= G_MAXSHORT ? (short)pair : 0;
}

static Look
make_look(const Theme *self, const StyleDef *style, RowLook row)
{
	Look look = { style->attributes | rows[row].attributes, 0 };
	short foreground, background, band_number;

	if (self->options.depth == COLOURS_NONE)
		return (Look){ style->without_colour | rows[row].without_colour, 0 };
	foreground = fold(self, colour_number(self, style->foreground), &look.attributes);
	background = colour_number(self, style->background);
	band_number = colour_number(self, rows[row].background);
	if (row != ROW_PLAIN && background == DEFAULT) {
		background = band_number;
		if (band_number == DEFAULT)
			look.attributes |= rows[row].without_colour;
	}
	/* A text in the colour of its own background cannot be read. */
	if (foreground == background)
		foreground = DEFAULT;
	look.pair = pair_of(foreground, background);
	return look;
}

Theme *
theme_new(const ThemeOptions *options)
{
	Theme *self = g_new0(Theme, 1);

	self->options = *options;
	for (int style = 0; style < STYLE_COUNT; style++)
		for (int row = 0; row < ROW_LOOK_COUNT; row++)
			self->looks[style][row] = make_look(self, &styles[style], (RowLook)row);
	return self;
}

void
theme_free(Theme *self)
{
	g_free(self);
}

Look
theme_look(const Theme *self, Style style, RowLook row)
{
	return self->looks[style][row];
}

bool
theme_is_ascii(const Theme *self)
{
	return self->options.ascii;
}

ColourDepth
theme_depth(int colours)
{
	if (colours >= 256)
		return COLOURS_256;
	if (colours >= 16)
		return COLOURS_16;
	return colours >= 8 ? COLOURS_8 : COLOURS_NONE;
}

/* `foreground;background` or `foreground;default;background`, numbers of the 16 colours: 7 and the bright
 * ones are light. */
bool
theme_background_is_light(const char *colorfgbg)
{
	const char *last = colorfgbg != NULL ? strrchr(colorfgbg, ';') : NULL;
	char *end;
	long number;

	if (last == NULL || !g_ascii_isdigit(last[1]))
		return false;
	number = strtol(last + 1, &end, 10);
	return *end == '\0' && (number == 7 || (number > 8 && number < 16));
}

ThemeOptions
theme_detect(const char *theme, bool no_color, bool ascii)
{
	const char *unwanted = g_getenv("NO_COLOR");
	ThemeOptions options = { .depth = has_colors() ? theme_depth(COLORS) : COLOURS_NONE };

	if (no_color || (unwanted != NULL && *unwanted != '\0') || g_strcmp0(theme, "none") == 0)
		options.depth = COLOURS_NONE;
	options.light =
	    theme != NULL ? strcmp(theme, "light") == 0 : theme_background_is_light(g_getenv("COLORFGBG"));
	options.ascii = ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	return options;
}
