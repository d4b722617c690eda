#include "terminal_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/*
 * Sequences after ESC [ as POSIX regular text would have them: `leader` (? or none), the final byte, and the
 * parameters that are allowed: NULL for any numbers.
 */
typedef struct Control {
	char leader;
	char final;
	const char *parameters; /* blank-separated alternatives, `-` for none */
} Control;

/* infocmp xterm-256color, what ncurses 6.4 uses of it; then the modes that ncurses or the program itself
 * sets. */
static const Control controls[] = {
	{ 0, '@', NULL },            /* ich */
	{ 0, 'A', NULL },            /* cuu */
	{ 0, 'B', NULL },            /* cud */
	{ 0, 'C', NULL },            /* cuf */
	{ 0, 'D', NULL },            /* cub */
	{ 0, 'G', NULL },            /* hpa */
	{ 0, 'H', NULL },            /* cup, home */
	{ 0, 'J', "- 2 3" },         /* ed, clear, E3 */
	{ 0, 'K', "- 1" },           /* el, el1 */
	{ 0, 'L', NULL },            /* il */
	{ 0, 'M', NULL },            /* dl */
	{ 0, 'P', NULL },            /* dch */
	{ 0, 'S', NULL },            /* indn */
	{ 0, 'T', NULL },            /* rin */
	{ 0, 'X', NULL },            /* ech */
	{ 0, 'Z', NULL },            /* cbt */
	{ 0, 'b', NULL },            /* rep */
	{ 0, 'd', NULL },            /* vpa */
	{ 0, 'h', "4" },             /* smir */
	{ 0, 'l', "4" },             /* rmir */
	{ 0, 'm', NULL },            /* sgr */
	{ 0, 'r', NULL },            /* csr */
	{ 0, 't', "22;0;0 23;0;0" }, /* the title is kept and put back with the alternate screen */
	{ '?', 'h', "1 7 12 25 12;25 1000 1002 1006 1006;1000 1049 2004" },
	{ '?', 'l', "1 7 12 25 1000 1002 1006 1006;1000 1049 2004" },
};

/* After ESC alone: sc, rc, smkx, rmkx, ri, nel, and the two character sets. */
static const char *const escapes[] = { "7", "8", "=", ">", "M", "E", "(B", "(0" };

/* Invisible by Unicode's Default_Ignorable_Code_Point though no format control; variation selectors are
 * marks. */
static const gunichar ignorable[] = { 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180c, 0x180d, 0x180f,
	0x3164, 0xffa0 };

static bool
has_word(const char *words, const char *text, size_t length)
{
	g_auto(GStrv) list = g_strsplit(words, " ", -1);

	for (size_t i = 0; list[i] != NULL; i++)
		if (strlen(list[i]) == length && memcmp(list[i], text, length) == 0)
			return true;
	return length == 0 && strcmp(words, "-") == 0;
}

/* Bytes of the control sequence at `text` (which starts with ESC [), 0 when it is not allowed. */
static size_t
control_length(const char *text, size_t length)
{
	size_t start = 2, end;
	char leader = 0;

	if (start < length && strchr("<=>?", text[start]) != NULL && text[start] != '\0')
		leader = text[start++];
	for (end = start; end < length && (g_ascii_isdigit(text[end]) || text[end] == ';'); end++)
		continue;
	if (end >= length)
		return 0;
	for (size_t i = 0; i < G_N_ELEMENTS(controls); i++) {
		if (controls[i].leader != leader || controls[i].final != text[end])
			continue;
		if (controls[i].parameters == NULL ||
		    has_word(controls[i].parameters, text + start, end - start) ||
		    (end == start && has_word(controls[i].parameters, "-", 1)))
			return end + 1;
	}
	return 0;
}

/* OSC 52 may set the clipboard; asking for it (`?`) would bring what others copied into the program's input.
 */
static size_t
clipboard_length(const char *text, size_t length)
{
	static const char lead[] = "\033]52;";
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
	size_t at = sizeof(lead) - 1;

	if (length < at || memcmp(text, lead, at) != 0)
		return 0;
	while (at < length && (text[at] == 'c' || text[at] == 'p'))
		at++;
	if (at >= length || text[at++] != ';')
		return 0;
	while (at < length && text[at] != '\0' && strchr(base64, text[at]) != NULL)
		at++;
	if (at < length && text[at] == '\a')
		return at + 1;
	return at + 1 < length && text[at] == '\033' && text[at + 1] == '\\' ? at + 2 : 0;
}

/* oc: endwin puts the palette back. */
static size_t
palette_length(const char *text, size_t length)
{
	static const char reset[] = "\033]104\a";

	return length >= sizeof(reset) - 1 && memcmp(text, reset, sizeof(reset) - 1) == 0 ? sizeof(reset) - 1
											  : 0;
}

static size_t
escape_length(const char *text, size_t length)
{
	if (length >= 2 && text[1] == '[')
		return control_length(text, length);
	if (length >= 2 && text[1] == ']')
		return MAX(clipboard_length(text, length), palette_length(text, length));
	for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++) {
		size_t size = strlen(escapes[i]);

		if (length > size && memcmp(text + 1, escapes[i], size) == 0)
			return size + 1;
	}
	return 0;
}

static bool
is_visible(gunichar c)
{
	switch ((int)g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_SURROGATE:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_UNASSIGNED:
	case G_UNICODE_LINE_SEPARATOR:
	case G_UNICODE_PARAGRAPH_SEPARATOR: return false;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(ignorable); i++)
		if (c == ignorable[i])
			return false;
	return true;
}

static size_t
character_length(const char *text, size_t length)
{
	gunichar c = g_utf8_get_char_validated(text, (gssize)MIN(length, 4));

	if (c == (gunichar)-1 || c == (gunichar)-2 || !is_visible(c))
		return 0;
	return (size_t)(g_utf8_next_char(text) - text);
}

static size_t
allowed_length(const char *text, size_t length)
{
	if (*text == '\033')
		return escape_length(text, length);
	/* CAN before a sequence: what a dying program writes, so that one cut in half does not swallow it. */
	if (*text == '\030' && length > 1 && text[1] == '\033')
		return 1;
	if (*text != '\0' && strchr("\a\b\t\n\r", *text) != NULL)
		return 1;
	return character_length(text, length);
}

bool
terminal_bytes_are_allowed(const char *bytes, size_t length, char **ret_what)
{
	for (size_t at = 0, size; at < length; at += size) {
		size = allowed_length(bytes + at, length - at);
		if (size > 0)
			continue;
		if (ret_what != NULL) {
			g_autofree char *shown = g_strndup(bytes + at, MIN(length - at, 24));
			g_autofree char *escaped = g_strescape(shown, NULL);

			*ret_what = g_strdup_printf("at byte %zu: \"%s\"", at, escaped);
		}
		return false;
	}
	return true;
}

void
terminal_expect_allowed_bytes_at(Terminal *self, const char *file, int line)
{
	g_autofree char *what = NULL;
	size_t length;
	const char *bytes = terminal_bytes(self, &length);

	if (!terminal_bytes_are_allowed(bytes, length, &what))
		terminal_fail(self, file, line, "the program sent what no terminal should get, %s", what);
}
