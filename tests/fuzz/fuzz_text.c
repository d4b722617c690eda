#include "base/text.h"

#include <locale.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	g_assert(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
	return 0;
}

static void
check_code_points(const GString *clean, TextMode mode)
{
	g_assert(strlen(clean->str) == clean->len);
	g_assert(g_utf8_validate(clean->str, (gssize)clean->len, NULL));
	for (const char *cursor = clean->str; *cursor != '\0'; cursor = g_utf8_next_char(cursor)) {
		gunichar c = g_utf8_get_char(cursor);

		if (c == '\n' && mode == TEXT_MULTI_LINE)
			continue;
		g_assert(wcwidth((wchar_t)c) == text_char_width(c));
	}
}

static void
check_idempotent(const GString *clean, TextMode mode)
{
	g_autoptr(GString) again = g_string_new(NULL);

	text_sanitise(again, clean->str, (gssize)clean->len, mode);
	g_assert(g_string_equal(clean, again));
}

static void
check_cut(const char *clean, int cells)
{
	g_autoptr(GString) cut = g_string_new(NULL);
	g_autoptr(GString) padded = g_string_new(NULL);
	int used = text_cut(cut, clean, cells, false);

	g_assert(used <= cells && used == text_width(cut->str));
	g_assert(text_is_clean(cut->str, (gssize)cut->len));
	g_assert(text_width(clean) > cells || strcmp(clean, cut->str) == 0);
	text_pad(padded, clean, cells, cells % 2 == 0, true);
	g_assert(text_width(padded->str) == cells);
}

static void
check_offset(const char *clean, int cell)
{
	size_t offset = text_offset_of_cell(clean, cell);
	g_autofree char *before = g_strndup(clean, offset);

	g_assert(offset <= strlen(clean));
	g_assert(g_utf8_validate(before, -1, NULL) && g_utf8_validate(clean + offset, -1, NULL));
	g_assert(text_width(before) + text_width(clean + offset) == text_width(clean));
	/* The character that `cell` falls into begins at most one cell before it. */
	g_assert(clean[offset] == '\0' || cell <= 0 ||
	    (text_width(before) >= cell && text_width(before) <= cell + 1));
}

/* The first byte chooses the mode, the second a number of cells; the rest is the text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;

	TextMode mode = data[0] % 2 == 0 ? TEXT_SINGLE_LINE : TEXT_MULTI_LINE;
	int cells = data[1];
	const char *text = (const char *)data + 2;
	gssize length = (gssize)(size - 2);
	g_autoptr(GString) clean = g_string_new(NULL);

	text_sanitise(clean, text, length, mode);
	check_code_points(clean, mode);
	check_idempotent(clean, mode);
	if (mode == TEXT_MULTI_LINE)
		return 0;
	g_assert(text_is_clean(clean->str, -1));
	g_assert(text_is_clean(text, length) ==
	    (clean->len == (gsize)length && memcmp(clean->str, text, clean->len) == 0));
	check_cut(clean->str, cells);
	check_offset(clean->str, cells);
	return 0;
}
