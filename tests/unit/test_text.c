#include "base/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>
#include <cmocka.h>

typedef struct Case {
	const char *text;
	const char *expected;
} Case;

static void
assert_all_become(const Case *cases, size_t count, TextMode mode)
{
	for (size_t i = 0; i < count; i++) {
		g_autofree char *once = text_sanitised(cases[i].text, mode);
		g_autofree char *twice = text_sanitised(once, mode);

		assert_string_equal(once, cases[i].expected);
		assert_string_equal(twice, once);
	}
}

static void
ordinary_text_of_any_script_passes_unchanged(void **state)
{
	static const char *const texts[] = {
		"",
		"plain ASCII ~!@#<>[]{}",
		"Grüße, naïve façade",
		"Ελλάδα Москва עברית العربية",
		"日本語 한국어 中文",
		"e\xcc\x81 is e with an accent",
		"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
		"🚀 ships 🎉",
		"हिन्दी ไทย",
		"→ ✓ … “quoted” – € ½",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *clean = text_sanitised(texts[i], TEXT_SINGLE_LINE);

		assert_string_equal(clean, texts[i]);
		assert_true(text_is_clean(texts[i], -1));
	}
}

static void
every_c0_control_becomes_its_picture(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 0x20; c++) {
		g_autoptr(GString) out = g_string_new(NULL);
		char byte = (char)c;

		text_sanitise(out, &byte, 1, TEXT_SINGLE_LINE);
		assert_int_equal(g_utf8_get_char(out->str), 0x2400 + c);
		assert_int_equal(out->len, 3);
		assert_false(text_is_clean(&byte, 1));
	}
	g_autofree char *delete = text_sanitised("\x7f", TEXT_SINGLE_LINE);
	assert_string_equal(delete, "␡");
}

static void
every_c1_control_and_every_stray_byte_becomes_its_number(void **state)
{
	(void)state;
	for (unsigned c = 0x80; c <= 0xff; c++) {
		char control[] = { '\xc2', (char)c, '\0' };
		char stray[] = { (char)c, '\0' };
		char expected[8];
		g_autofree char *from_stray = text_sanitised(stray, TEXT_SINGLE_LINE);

		g_snprintf(expected, sizeof expected, "<%02X>", c);
		assert_string_equal(from_stray, expected);
		if (c < 0xa0) {
			g_autofree char *from_control = text_sanitised(control, TEXT_SINGLE_LINE);
			assert_string_equal(from_control, expected);
		}
	}
}

static void
escape_sequences_come_out_harmless(void **state)
{
	static const Case cases[] = {
		{ "\x1b[31mred\x1b[0m", "␛[31mred␛[0m" },
		{ "\x1b]0;title\x07", "␛]0;title␇" },
		{ "\xc2\x9b"
		  "2J",
		    "<9B>2J" },
		{ "a\rb\bc", "a␍b␈c" },
		{ "line\nline\ttab", "line␊line␉tab" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
}

static void
broken_utf8_is_shown_byte_by_byte(void **state)
{
	static const Case cases[] = {
		{ "\xc3", "<C3>" },
		{ "\xc3(", "<C3>(" },
		{ "\xe2\x82", "<E2><82>" },
		{ "\xe2\x82\xac\xe2\x82", "€<E2><82>" },
		{ "\xc0\xaf", "<C0><AF>" },
		{ "\xe0\x80\xaf", "<E0><80><AF>" },
		{ "\xf0\x80\x80\xaf", "<F0><80><80><AF>" },
		{ "\xf4\x90\x80\x80", "<F4><90><80><80>" },
		{ "\xf8\x88\x80\x80\x80", "<F8><88><80><80><80>" },
		{ "\xff\xfe", "<FF><FE>" },
		{ "a\xf0\x9f\x9a"
		  "b",
		    "a<F0><9F><9A>b" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
}

static void
invisible_and_reordering_code_points_are_numbers(void **state)
{
	static const Case cases[] = {
		{ "a\u202eb", "a<202E>b" },
		{ "\u2066x\u2069", "<2066>x<2069>" },
		{ "a\u200bb\u200cc\u200dd", "a<200B>b<200C>c<200D>d" },
		{ "\u200e\u200f\u061c", "<200E><200F><061C>" },
		{ "\ufeffbom", "<FEFF>bom" },
		{ "soft\u00adhyphen", "soft<00AD>hyphen" },
		{ "\u2028\u2029", "<2028><2029>" },
		{ "\u2060\u2064\u180e", "<2060><2064><180E>" },
		{ "\u3164\uffa0\u115f\u1160", "<3164><FFA0><115F><1160>" },
		{ "a\u034fb", "a<034F>b" },
		{ "\U000e0001\U000e0041\U000e007f", "<E0001><E0041><E007F>" },
		{ "\U000e0100", "<E0100>" },
		{ "\ufff9\ufffa\ufffb", "<FFF9><FFFA><FFFB>" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
}

static void
code_points_without_a_character_are_numbers(void **state)
{
	static const Case cases[] = {
		{ "\xef\xbf\xbe\xef\xbf\xbf", "<FFFE><FFFF>" },
		{ "\xef\xb7\x90", "<FDD0>" },
		{ "\U0001ffff\U0010ffff", "<1FFFF><10FFFF>" },
		{ "\xed\xa0\x80\xed\xbf\xbf", "<D800><DFFF>" },
		{ "\ue000\uf8ff\U000f0000", "<E000><F8FF><F0000>" },
		{ "\u0378", "<0378>" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
}

static void
what_terminals_disagree_on_is_a_number(void **state)
{
	static const Case cases[] = {
		{ "\U0001f1e9\U0001f1ea", "<1F1E9><1F1EA>" },
		{ "👍\U0001f3fd", "👍<1F3FD>" },
		{ "👩\u200d🚀", "👩<200D>🚀" },
		{ "\u4dc0\u2630", "<4DC0><2630>" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
}

static void
a_variation_selector_goes_after_a_symbol_and_shows_elsewhere(void **state)
{
	static const Case cases[] = {
		{ "I ❤\ufe0f PG", "I ❤ PG" },
		{ "⌚\ufe0e", "⌚" },
		{ "ℹ\ufe0f", "ℹ" },
		{ "1\ufe0f\u20e3", "1\u20e3" },
		{ "1\ufe0f", "1<FE0F>" },
		{ "admin\ufe0f", "admin<FE0F>" },
		{ "é\ufe0f", "é<FE0F>" },
		{ "\ufe0f", "<FE0F>" },
		{ "❤\ufe00", "❤<FE00>" },
		{ "\xc2\xa0\ufe0f", "\xc2\xa0<FE0F>" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
	assert_false(text_is_clean("❤\ufe0f", -1));
}

static void
combining_marks_beyond_four_are_counted(void **state)
{
	static const Case cases[] = {
		{ "a\u0301\u0302\u0303\u0304", "a\u0301\u0302\u0303\u0304" },
		{ "a\u0301\u0302\u0303\u0304\u0305", "a\u0301\u0302\u0303\u0304<+1>" },
		{ "a\u0301\u0302\u0303\u0304\u0305\u0306z", "a\u0301\u0302\u0303\u0304<+2>z" },
		{ "a\u0301\u0302\u0303\u0304\u0305\x1b", "a\u0301\u0302\u0303\u0304<+1>␛" },
		{ "a\u0301\u0302\u0303\u0304\u0305\xff\u0301", "a\u0301\u0302\u0303\u0304<+1><FF>\u0301" },
		{ "a\u0301\u0302\u200d\u0303\u0304\u0305", "a\u0301\u0302<200D>\u0303\u0304\u0305" },
	};
	g_autoptr(GString) zalgo = g_string_new("z");

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_SINGLE_LINE);
	for (int i = 0; i < 1000; i++)
		g_string_append(zalgo, "\u0336");
	g_autofree char *tamed = text_sanitised(zalgo->str, TEXT_SINGLE_LINE);
	assert_string_equal(tamed, "z\u0336\u0336\u0336\u0336<+996>");
}

static void
a_mark_without_a_base_stands_on_a_dotted_circle(void **state)
{
	static const Case cases[] = {
		{ "\u0301x", "◌\u0301x" },
		{ "a\n\u0301", "a\n◌\u0301" },
		{ "a\t\u0301", "a       \u0301" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_MULTI_LINE);
}

static void
several_lines_keep_newlines_and_expand_tabs(void **state)
{
	static const Case cases[] = {
		{ "\tx", "        x" },
		{ "1234567\tx", "1234567 x" },
		{ "12345678\tx", "12345678        x" },
		{ "a\n\tb", "a\n        b" },
		{ "日本\tx", "日本    x" },
		{ "e\u0301\tx", "e\u0301       x" },
		{ "\x1b\tx", "␛       x" },
		{ "\xff\tx", "<FF>    x" },
		{ "a\r\nb", "a␍\nb" },
		{ "a\u0301\u0302\u0303\u0304\u0305\nb", "a\u0301\u0302\u0303\u0304<+1>\nb" },
	};

	(void)state;
	assert_all_become(cases, G_N_ELEMENTS(cases), TEXT_MULTI_LINE);
}

static void
a_length_bounds_the_text_and_lets_nul_show(void **state)
{
	g_autoptr(GString) out = g_string_new("| ");

	(void)state;
	text_sanitise(out, "a\0b€", 5, TEXT_SINGLE_LINE);
	assert_string_equal(out->str, "| a␀b<E2><82>");
	assert_false(text_is_clean("a\0b", 3));
	assert_true(text_is_clean("clean\x1b", 5));
	assert_true(text_is_clean("", 0));
}

/* What curses will do with it; the C library has its own tables. */
static void
every_code_point_that_passes_has_the_width_that_curses_gives_it(void **state)
{
	size_t passed = 0;

	(void)state;
	if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		skip();
	for (gunichar c = 1; c <= 0x10ffff; c++) {
		char text[16] = "x";
		int length = 1 + g_unichar_to_utf8(c, text + 1);

		if (!g_unichar_validate(c) || !text_is_clean(text, length))
			continue;
		passed++;
		if (wcwidth((wchar_t)c) != text_char_width(c))
			fail_msg("U+%04X is %d cells, not %d", c, wcwidth((wchar_t)c), text_char_width(c));
	}
	setlocale(LC_CTYPE, "C");
	assert_true(passed > 130000);
}

static void
every_code_point_alone_and_on_a_base_is_sanitised_once_and_for_all(void **state)
{
	(void)state;
	for (gunichar c = 1; c <= 0x10ffff; c++) {
		char text[16] = "x";

		text[1 + g_unichar_to_utf8(c, text + 1)] = '\0';
		for (size_t from = 0; from < 2; from++) {
			g_autofree char *once = text_sanitised(text + from, TEXT_SINGLE_LINE);

			assert_true(g_utf8_validate(once, -1, NULL));
			assert_true(text_is_clean(once, -1));
		}
	}
}

static void
widths_are_in_cells(void **state)
{
	static const struct {
		const char *text;
		int cells;
	} cases[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "Grüße", 5 },
		{ "日本語", 6 },
		{ "e\u0301", 1 },
		{ "🚀", 2 },
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2 },
		{ "ＡＢ", 4 },
		{ "…", 1 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_int_equal(text_width(cases[i].text), cases[i].cells);
}

static void
a_text_is_cut_on_cell_borders(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
		int cells;
		int used;
	} cases[] = {
		{ "hello", "hello", 5, 5 },
		{ "hello", "hello", 9, 5 },
		{ "hello", "hel…", 4, 4 },
		{ "hello", "…", 1, 1 },
		{ "hello", "", 0, 0 },
		{ "hello", "", -3, 0 },
		{ "", "", 3, 0 },
		{ "日本語", "日本語", 6, 6 },
		{ "日本語", "日本…", 5, 5 },
		{ "日本語", "日…", 4, 3 },
		{ "日本語", "…", 2, 1 },
		{ "日", "…", 1, 1 },
		{ "e\u0301e\u0301e\u0301", "e\u0301e\u0301e\u0301", 3, 3 },
		{ "e\u0301e\u0301e\u0301", "e\u0301…", 2, 2 },
		{ "abc\u0301", "abc\u0301", 3, 3 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new("|");

		assert_int_equal(text_cut(out, cases[i].text, cases[i].cells, false), cases[i].used);
		assert_string_equal(out->str + 1, cases[i].expected);
		assert_int_equal(text_width(out->str + 1), cases[i].used);
	}
}

static void
an_ascii_terminal_gets_an_ascii_mark(void **state)
{
	g_autoptr(GString) out = g_string_new(NULL);

	(void)state;
	assert_int_equal(text_cut(out, "hello", 3, true), 3);
	assert_string_equal(out->str, "he~");
}

static void
a_padded_text_has_exactly_its_cells(void **state)
{
	static const struct {
		const char *text;
		int cells;
		bool right;
		const char *expected;
	} cases[] = {
		{ "ab", 4, false, "ab  " },
		{ "ab", 4, true, "  ab" },
		{ "abcdef", 4, true, "abc…" },
		{ "日本語", 4, false, "日… " },
		{ "日本語", 4, true, " 日…" },
		{ "", 2, true, "  " },
		{ "ab", 0, false, "" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new("|");

		text_pad(out, cases[i].text, cases[i].cells, cases[i].right, false);
		assert_string_equal(out->str + 1, cases[i].expected);
		assert_int_equal(text_width(out->str + 1), cases[i].cells);
	}
}

static void
an_offset_of_a_cell_never_splits_a_character(void **state)
{
	static const struct {
		const char *text;
		int cell;
		size_t offset;
	} cases[] = {
		{ "abc", 0, 0 },
		{ "abc", -1, 0 },
		{ "abc", 2, 2 },
		{ "abc", 9, 3 },
		{ "", 1, 0 },
		{ "日本", 1, 3 },
		{ "日本", 2, 3 },
		{ "日本", 3, 6 },
		{ "e\u0301x", 1, 3 },
		{ "e\u0301", 1, 3 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_int_equal(text_offset_of_cell(cases[i].text, cases[i].cell), cases[i].offset);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_text_of_any_script_passes_unchanged),
		cmocka_unit_test(every_c0_control_becomes_its_picture),
		cmocka_unit_test(every_c1_control_and_every_stray_byte_becomes_its_number),
		cmocka_unit_test(escape_sequences_come_out_harmless),
		cmocka_unit_test(broken_utf8_is_shown_byte_by_byte),
		cmocka_unit_test(invisible_and_reordering_code_points_are_numbers),
		cmocka_unit_test(code_points_without_a_character_are_numbers),
		cmocka_unit_test(what_terminals_disagree_on_is_a_number),
		cmocka_unit_test(a_variation_selector_goes_after_a_symbol_and_shows_elsewhere),
		cmocka_unit_test(combining_marks_beyond_four_are_counted),
		cmocka_unit_test(a_mark_without_a_base_stands_on_a_dotted_circle),
		cmocka_unit_test(several_lines_keep_newlines_and_expand_tabs),
		cmocka_unit_test(a_length_bounds_the_text_and_lets_nul_show),
		cmocka_unit_test(every_code_point_that_passes_has_the_width_that_curses_gives_it),
		cmocka_unit_test(every_code_point_alone_and_on_a_base_is_sanitised_once_and_for_all),
		cmocka_unit_test(widths_are_in_cells),
		cmocka_unit_test(a_text_is_cut_on_cell_borders),
		cmocka_unit_test(an_ascii_terminal_gets_an_ascii_mark),
		cmocka_unit_test(a_padded_text_has_exactly_its_cells),
		cmocka_unit_test(an_offset_of_a_cell_never_splits_a_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
