#include "base/text.h"

#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#define MARKS_LIMIT 4
#define TAB_WIDTH 8
#define DOTTED_CIRCLE 0x25cc
#define TEXT_VARIANT 0xfe0e
#define EMOJI_VARIANT 0xfe0f

typedef struct Range {
	gunichar first;
	gunichar last;
} Range;

/* Assigned code points that still have no picture, or no width that terminals agree on. In ascending order.
 */
static const Range uncertain[] = {
	{ 0x034f, 0x034f },   /* combining grapheme joiner */
	{ 0x115f, 0x1160 },   /* Hangul fillers */
	{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels */
	{ 0x180b, 0x180f },   /* Mongolian variation selectors */
	{ 0x2630, 0x2637 },   /* trigrams: wide since Unicode 16 */
	{ 0x268a, 0x268f },   /* monograms: wide since Unicode 16 */
	{ 0x3164, 0x3164 },   /* Hangul filler */
	{ 0x4dc0, 0x4dff },   /* hexagrams: wide since Unicode 16 */
	{ 0xfe00, 0xfe0f },   /* variation selectors */
	{ 0xffa0, 0xffa0 },   /* halfwidth Hangul filler */
	{ 0xfff0, 0xfff8 },   /* default ignorable */
	{ 0x1d300, 0x1d376 }, /* Tai Xuan Jing and counting rods: wide since Unicode 16 */
	{ 0x1f1e6, 0x1f1ff }, /* regional indicators: 1 or 2 cells each, 2 a pair */
	{ 0x1f3fb, 0x1f3ff }, /* emoji modifiers: 2 cells or part of the emoji before */
	{ 0xe0000, 0xe0fff }, /* tags and variation selectors */
};

typedef struct Sanitiser {
	GString *out;
	TextMode mode;
	gunichar last; /* what stands before, without marks' variants; 0 at the start of a line */
	size_t marks;  /* on that base */
	size_t column;
} Sanitiser;

static pthread_once_t ctype_once = PTHREAD_ONCE_INIT;
static locale_t ctype;

static void
open_ctype(void)
{
	ctype = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static bool
is_uncertain(gunichar c)
{
	size_t low = 0, high = G_N_ELEMENTS(uncertain);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > uncertain[middle].last)
			low = middle + 1;
		else if (c < uncertain[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

/* curses places cells by the C library's opinion, and so does many a terminal: where it differs, nobody
 * knows. */
static bool
is_width_disputed(gunichar c)
{
	return ctype != (locale_t)0 && wcwidth((wchar_t)c) != text_char_width(c);
}

static bool
is_printable(gunichar c)
{
	if (c < 0x300)
		return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c != 0xad);
	if (is_uncertain(c))
		return false;

	GUnicodeType type = g_unichar_type(c);
	return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED &&
	    type != G_UNICODE_PRIVATE_USE && type != G_UNICODE_SURROGATE &&
	    type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR &&
	    !is_width_disputed(c);
}

static size_t
sequence_length(uint8_t first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc0 || first >= 0xf8)
		return 0;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* How many of the `left` bytes are one code point, 0 when the first belongs to none. Lets surrogates pass. */
static size_t
decode(const uint8_t *bytes, size_t left, gunichar *ret_char)
{
	static const gunichar least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = sequence_length(bytes[0]);
	gunichar c = length < 2 ? bytes[0] : bytes[0] & (0x7fu >> length);

	if (length == 0 || length > left)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (bytes[i] & 0x3f);
	}
	if (c < least[length] || c > 0x10ffff)
		return 0;
	*ret_char = c;
	return length;
}

static void
put_ascii(Sanitiser *self, const char *text, size_t length)
{
	g_string_append_len(self->out, text, (gssize)length);
	self->last = (gunichar)text[length - 1];
	self->column += length;
}

static void
end_marks(Sanitiser *self)
{
	char count[32];

	if (self->marks > MARKS_LIMIT) {
		g_snprintf(count, sizeof count, "<+%zu>", self->marks - MARKS_LIMIT);
		put_ascii(self, count, strlen(count));
	}
	self->marks = 0;
}

static void
put_number(Sanitiser *self, int digits, unsigned number)
{
	char text[16];

	end_marks(self);
	g_snprintf(text, sizeof text, "<%0*X>", digits, number);
	put_ascii(self, text, strlen(text));
}

static void
put_base(Sanitiser *self, gunichar c)
{
	end_marks(self);
	g_string_append_unichar(self->out, c);
	self->last = c;
	self->column += (size_t)text_char_width(c);
}

static void
put_mark(Sanitiser *self, gunichar c)
{
	/* Without a base it would settle on whatever the screen shows before this text. */
	if (self->last == 0)
		put_base(self, DOTTED_CIRCLE);
	if (++self->marks <= MARKS_LIMIT)
		g_string_append_unichar(self->out, c);
}

static void
put_control(Sanitiser *self, gunichar c)
{
	if (self->mode == TEXT_MULTI_LINE && c == '\n') {
		end_marks(self);
		g_string_append_c(self->out, '\n');
		self->last = 0;
		self->column = 0;
	} else if (self->mode == TEXT_MULTI_LINE && c == '\t') {
		static const char spaces[] = "        ";

		end_marks(self);
		put_ascii(self, spaces, TAB_WIDTH - self->column % TAB_WIDTH);
	} else {
		put_base(self, c == 0x7f ? 0x2421 : 0x2400 + c);
	}
}

/*
 * Terminals do not agree whether a variant makes a symbol wider, so the symbol goes without it. On a letter
 * or a digit that is no keycap it can only be there to make two texts differ that look the same: there it is
 * shown.
 */
static bool
is_droppable_variant(const Sanitiser *self, gunichar c, const uint8_t *rest, size_t left)
{
	if ((c != EMOJI_VARIANT && c != TEXT_VARIANT) || self->marks > 0)
		return false;
	if (self->last < 0x80)
		return self->last != 0 && strchr("0123456789#*", (int)self->last) != NULL && left >= 3 &&
		    memcmp(rest, "\xe2\x83\xa3", 3) == 0;
	return self->last == 0x2139 || g_unichar_ispunct(self->last);
}

static void
put_char(Sanitiser *self, gunichar c, const uint8_t *rest, size_t left)
{
	if (c < 0x20 || c == 0x7f)
		put_control(self, c);
	else if (c >= 0x80 && c < 0xa0)
		put_number(self, 2, c);
	else if (is_droppable_variant(self, c, rest, left))
		return;
	else if (!is_printable(c))
		put_number(self, 4, c);
	else if (text_char_width(c) == 0)
		put_mark(self, c);
	else
		put_base(self, c);
}

static size_t
printable_ascii_length(const uint8_t *bytes, size_t left)
{
	size_t length = 0;

	while (length < left && bytes[length] >= 0x20 && bytes[length] < 0x7f)
		length++;
	return length;
}

static void
put_text(Sanitiser *self, const uint8_t *bytes, size_t left)
{
	while (left > 0) {
		gunichar c;
		size_t length = printable_ascii_length(bytes, left);

		if (length > 0) {
			end_marks(self);
			put_ascii(self, (const char *)bytes, length);
		} else if ((length = decode(bytes, left, &c)) > 0) {
			put_char(self, c, bytes + length, left - length);
		} else {
			length = 1;
			put_number(self, 2, *bytes);
		}
		bytes += length;
		left -= length;
	}
	end_marks(self);
}

void
text_sanitise(GString *out, const char *text, gssize length, TextMode mode)
{
	Sanitiser self = { .out = out, .mode = mode };
	const uint8_t *bytes = (const uint8_t *)text;
	size_t left = length < 0 ? strlen(text) : (size_t)length;

	pthread_once(&ctype_once, open_ctype);
	locale_t before = ctype != (locale_t)0 ? uselocale(ctype) : (locale_t)0;
	put_text(&self, bytes, left);
	if (before != (locale_t)0)
		uselocale(before);
}

char *
text_sanitised(const char *text, TextMode mode)
{
	size_t length = strlen(text);
	GString *out = g_string_sized_new(length + 1);

	text_sanitise(out, text, (gssize)length, mode);
	return g_string_free(out, FALSE);
}

bool
text_is_clean(const char *text, gssize length)
{
	size_t size = length < 0 ? strlen(text) : (size_t)length;

	if (printable_ascii_length((const uint8_t *)text, size) == size)
		return true;

	GString *out = g_string_sized_new(size + 1);
	text_sanitise(out, text, (gssize)size, TEXT_SINGLE_LINE);
	bool clean = out->len == size && memcmp(out->str, text, size) == 0;
	g_string_free(out, TRUE);
	return clean;
}
