#include "transliteration.h"

#include <glib.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct Letter {
	gunichar letter; /* lower case */
	const char *ascii;
} Letter;

/*
 * Letters that no decomposition leads to ASCII, by code point. Those with marks are not here: NFKD makes `й`
 * an `и` and a breve, `ё` an `е`, `ό` an `ο`.
 */
static const Letter letters[] = {
	{ 0x00df, "ss" }, /* ß */
	{ 0x00e6, "ae" }, /* æ */
	{ 0x00f0, "d" },  /* ð */
	{ 0x00f8, "o" },  /* ø */
	{ 0x00fe, "th" }, /* þ */
	{ 0x0111, "d" },  /* đ */
	{ 0x0127, "h" },  /* ħ */
	{ 0x0131, "i" },  /* ı */
	{ 0x0138, "k" },  /* ĸ */
	{ 0x0142, "l" },  /* ł */
	{ 0x014b, "ng" }, /* ŋ */
	{ 0x0153, "oe" }, /* œ */
	{ 0x0167, "t" },  /* ŧ */
	{ 0x0192, "f" },  /* ƒ */
	{ 0x0259, "e" },  /* ə */
	/* Greek, letter by letter after ISO 843 */
	{ 0x03b1, "a" }, { 0x03b2, "v" }, { 0x03b3, "g" }, { 0x03b4, "d" }, { 0x03b5, "e" }, { 0x03b6, "z" },
	{ 0x03b7, "i" }, { 0x03b8, "th" }, { 0x03b9, "i" }, { 0x03ba, "k" }, { 0x03bb, "l" }, { 0x03bc, "m" },
	{ 0x03bd, "n" }, { 0x03be, "x" }, { 0x03bf, "o" }, { 0x03c0, "p" }, { 0x03c1, "r" }, { 0x03c2, "s" },
	{ 0x03c3, "s" }, { 0x03c4, "t" }, { 0x03c5, "y" }, { 0x03c6, "f" }, { 0x03c7, "ch" },
	{ 0x03c8, "ps" }, { 0x03c9, "o" },
	/* Cyrillic, after the passports' ICAO 9303; the two signs are silent */
	{ 0x0430, "a" }, { 0x0431, "b" }, { 0x0432, "v" }, { 0x0433, "g" }, { 0x0434, "d" }, { 0x0435, "e" },
	{ 0x0436, "zh" }, { 0x0437, "z" }, { 0x0438, "i" }, { 0x043a, "k" }, { 0x043b, "l" }, { 0x043c, "m" },
	{ 0x043d, "n" }, { 0x043e, "o" }, { 0x043f, "p" }, { 0x0440, "r" }, { 0x0441, "s" }, { 0x0442, "t" },
	{ 0x0443, "u" }, { 0x0444, "f" }, { 0x0445, "kh" }, { 0x0446, "ts" }, { 0x0447, "ch" },
	{ 0x0448, "sh" }, { 0x0449, "shch" }, { 0x044a, "" }, { 0x044b, "y" }, { 0x044c, "" },
	{ 0x044d, "e" }, { 0x044e, "iu" }, { 0x044f, "ia" }, { 0x0452, "dj" }, /* ђ */
	{ 0x0454, "ie" },                                                      /* є */
	{ 0x0455, "dz" },                                                      /* ѕ */
	{ 0x0456, "i" },                                                       /* і */
	{ 0x0458, "j" },                                                       /* ј */
	{ 0x0459, "lj" },                                                      /* љ */
	{ 0x045a, "nj" },                                                      /* њ */
	{ 0x045b, "c" },                                                       /* ћ */
	{ 0x045f, "dz" },                                                      /* џ */
	{ 0x0491, "g" },                                                       /* ґ */
};

static int
letter_compare(const void *key, const void *element)
{
	const gunichar *c = key;
	const Letter *letter = element;

	return *c < letter->letter ? -1 : *c > letter->letter;
}

static bool
is_apostrophe(gunichar c)
{
	return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02bc;
}

char *
transliterate(const char *text)
{
	g_autofree char *decomposed = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
	g_autoptr(GString) ascii = g_string_new(NULL);

	for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_unichar_tolower(g_utf8_get_char(p));
		const Letter *letter;

		if (g_unichar_ismark(c) || is_apostrophe(c))
			continue;
		letter = bsearch(&c, letters, G_N_ELEMENTS(letters), sizeof letters[0], letter_compare);
		if (letter != NULL)
			g_string_append(ascii, letter->ascii);
		else
			g_string_append_c(ascii, c < 0x80 && g_ascii_isalnum((char)c) ? (char)c : ' ');
	}
	return g_string_free(g_steal_pointer(&ascii), FALSE);
}
