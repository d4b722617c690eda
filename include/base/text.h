#ifndef SIGNALBOX_BASE_TEXT_H
#define SIGNALBOX_BASE_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Text for terminals. Whatever comes from the database, a file or the server is hostile until it went through
 * text_sanitise: afterwards every code point is printable and moves the cursor by exactly its width.
 */

typedef enum TextMode {
	TEXT_SINGLE_LINE, /* newline and tab are made visible like any other control */
	TEXT_MULTI_LINE,  /* newline stays; a tab becomes spaces up to the next multiple of 8 */
} TextMode;

/*
 * Appends `text` (`length` bytes, or -1 up to its NUL) to `out` as valid UTF-8 in which
 *   C0 controls and DEL are their Unicode pictures (U+2400 and on: ESC is U+241B),
 *   C1 controls are `<9B>`, invalid bytes `<FF>`,
 *   bidi, zero-width, tag and other format controls, line and paragraph separators are `<202E>`,
 *   noncharacters, surrogates, private use and unassigned code points are their number in the same form,
 *   so is what terminals give different widths: regional indicators, emoji modifiers, and all code points on
 *   which GLib and the C library differ; a zero-width joiner is shown, its parts stand side by side,
 *   a variation selector is left out after a symbol and in a keycap, anywhere else it is `<FE0F>`,
 *   at most 4 combining marks follow a base; the rest is counted as `<+996>`,
 *   a combining mark at the start of a line stands on U+25CC.
 * Sanitising a sanitised text changes nothing.
 */
void text_sanitise(GString *out, const char *text, gssize length, TextMode mode);

/* text_sanitise into a new string. */
char *text_sanitised(const char *text, TextMode mode);

/* True when `text` would come out of text_sanitise (single line) as it is. */
bool text_is_clean(const char *text, gssize length);

/* Cells that a sanitised, single-line text takes: 0 for combining marks, 2 for East Asian wide and emoji. */
int text_width(const char *text);

/* Cells of one code point that text_sanitise lets through. */
int text_char_width(gunichar c);

/*
 * Appends as much of a sanitised text as fits into `cells`, cut on cell borders; when something is cut the
 * last cell is the mark `…` (`~` where `ascii`). Returns the cells that were used, never more than `cells`.
 */
int text_cut(GString *out, const char *text, int cells, bool ascii);

/* Like text_cut, then pads with spaces: left or right aligned, exactly `cells` wide. */
void text_pad(GString *out, const char *text, int cells, bool right, bool ascii);

/* Byte offset into a sanitised text of the first code point that starts at or after `cell`. */
size_t text_offset_of_cell(const char *text, int cell);

#endif
