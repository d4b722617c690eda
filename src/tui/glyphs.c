#include "theme.h"

#include <string.h>

static const struct {
	const char *unicode;
	const char *ascii;
} glyphs[GLYPH_COUNT] = {
	[GLYPH_CURSOR] = { "▸", ">" },
	[GLYPH_MARK] = { "●", "*" },
	[GLYPH_ELLIPSIS] = { "…", "~" },
	[GLYPH_DESCENDING] = { "↓", "v" },
	[GLYPH_ASCENDING] = { "↑", "^" },
	[GLYPH_FOLDED] = { "▸", "+" },
	[GLYPH_UNFOLDED] = { "▾", "-" },
	[GLYPH_YES] = { "✓", "y" },
	[GLYPH_NO] = { "✗", "x" },
	[GLYPH_HORIZONTAL] = { "─", "-" },
	[GLYPH_VERTICAL] = { "│", "|" },
	[GLYPH_TOP_LEFT] = { "┌", "+" },
	[GLYPH_TOP_RIGHT] = { "┐", "+" },
	[GLYPH_BOTTOM_LEFT] = { "└", "+" },
	[GLYPH_BOTTOM_RIGHT] = { "┘", "+" },
	[GLYPH_BAR_FULL] = { "█", "#" },
	[GLYPH_BAR_EMPTY] = { "░", "." },
	[GLYPH_SCROLL] = { "┃", "#" },
};

static const char *const spinner[SPINNER_FRAMES] = { "⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏" };
static const char *const ascii_spinner[] = { "|", "/", "-", "\\" };
static const char *const sparks[SPARK_LEVELS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const ascii_sparks[SPARK_LEVELS] = { "_", ".", ":", "-", "=", "+", "*", "#" };

const char *
theme_glyph(const Theme *self, Glyph glyph)
{
	return theme_is_ascii(self) ? glyphs[glyph].ascii : glyphs[glyph].unicode;
}

const char *
theme_spinner(const Theme *self, unsigned frame)
{
	if (theme_is_ascii(self))
		return ascii_spinner[frame % G_N_ELEMENTS(ascii_spinner)];
	return spinner[frame % SPINNER_FRAMES];
}

const char *
theme_spark(const Theme *self, unsigned level)
{
	level = MIN(level, SPARK_LEVELS - 1);
	return theme_is_ascii(self) ? ascii_sparks[level] : sparks[level];
}

static const char *const colour_names[] = { "yellow", "green", "red", "grey", "blue", "magenta", "cyan",
	NULL };

static const struct {
	Style style;
	Style header;
} colour_styles[] = {
	{ STYLE_YELLOW, STYLE_HEADER_YELLOW },
	{ STYLE_GREEN, STYLE_HEADER_GREEN },
	{ STYLE_RED, STYLE_HEADER_RED },
	{ STYLE_GREY, STYLE_HEADER_GREY },
	{ STYLE_BLUE, STYLE_HEADER_BLUE },
	{ STYLE_MAGENTA, STYLE_HEADER_MAGENTA },
	{ STYLE_CYAN, STYLE_HEADER_CYAN },
};

const char *const *
theme_colour_names(void)
{
	return colour_names;
}

bool
theme_style_of_colour(const char *name, bool header, Style *ret_style)
{
	for (size_t i = 0; colour_names[i] != NULL; i++) {
		if (strcmp(colour_names[i], name) == 0) {
			*ret_style = header ? colour_styles[i].header : colour_styles[i].style;
			return true;
		}
	}
	return false;
}
