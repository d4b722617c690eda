#include "keys.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define CONTROL(letter) ((KeyPress)(letter)&0x1f)
#define DELETE_CHARACTER 0x7f

/* Beyond the codes that curses hands out itself, those for extended terminfo names included. */
#define CODE_PASTE_BEGIN 0x4001
#define CODE_PASTE_END 0x4002

typedef struct NamedPress {
	const char *name;
	KeyPress press;
	const char *label; /* NULL: the name */
} NamedPress;

static const NamedPress named[] = {
	{ "space", PRESS_SPACE, "Space" },
	{ "equals", '=', "=" },
	{ "bracketleft", '[', "[" },
	{ "bracketright", ']', "]" },
	{ "numbersign", '#', "#" },
	{ "semicolon", ';', ";" },
	{ "Enter", PRESS_ENTER, NULL },
	{ "Escape", PRESS_ESCAPE, "Esc" },
	{ "Tab", PRESS_TAB, NULL },
	{ "S-Tab", PRESS_SHIFT_TAB, NULL },
	{ "Backspace", PRESS_BACKSPACE, NULL },
	{ "Delete", PRESS_DELETE, "Del" },
	{ "Insert", PRESS_INSERT, "Ins" },
	{ "Up", PRESS_UP, NULL },
	{ "Down", PRESS_DOWN, NULL },
	{ "Left", PRESS_LEFT, NULL },
	{ "Right", PRESS_RIGHT, NULL },
	{ "PgUp", PRESS_PAGE_UP, NULL },
	{ "PgDn", PRESS_PAGE_DOWN, NULL },
	{ "Home", PRESS_HOME, NULL },
	{ "End", PRESS_END, NULL },
	{ "F1", PRESS_F1, NULL },
	{ "F2", PRESS_F1 + 1, NULL },
	{ "F3", PRESS_F1 + 2, NULL },
	{ "F4", PRESS_F1 + 3, NULL },
	{ "F5", PRESS_F1 + 4, NULL },
	{ "F6", PRESS_F1 + 5, NULL },
	{ "F7", PRESS_F1 + 6, NULL },
	{ "F8", PRESS_F1 + 7, NULL },
	{ "F9", PRESS_F1 + 8, NULL },
	{ "F10", PRESS_F1 + 9, NULL },
	{ "F11", PRESS_F1 + 10, NULL },
	{ "F12", PRESS_F12, NULL },
	{ "C-space", 0, "C-Space" },
	{ "C-@", 0, "C-Space" },
};

static const struct {
	int code;
	KeyPress press;
} codes[] = {
	{ KEY_ENTER, PRESS_ENTER },
	{ KEY_BACKSPACE, PRESS_BACKSPACE },
	{ KEY_DC, PRESS_DELETE },
	{ KEY_IC, PRESS_INSERT },
	{ KEY_BTAB, PRESS_SHIFT_TAB },
	{ KEY_UP, PRESS_UP },
	{ KEY_DOWN, PRESS_DOWN },
	{ KEY_LEFT, PRESS_LEFT },
	{ KEY_RIGHT, PRESS_RIGHT },
	{ KEY_PPAGE, PRESS_PAGE_UP },
	{ KEY_NPAGE, PRESS_PAGE_DOWN },
	{ KEY_HOME, PRESS_HOME },
	{ KEY_FIND, PRESS_HOME }, /* what some terminals send for Home and End */
	{ KEY_END, PRESS_END },
	{ KEY_SELECT, PRESS_END },
	{ KEY_RESIZE, PRESS_RESIZE },
	{ KEY_MOUSE, PRESS_MOUSE },
	{ CODE_PASTE_BEGIN, PRESS_PASTE_BEGIN },
	{ CODE_PASTE_END, PRESS_PASTE_END },
};

static bool
parse_control(const char *name, KeyPress *ret_press)
{
	if (!g_str_has_prefix(name, "C-") || strlen(name) != 3)
		return false;
	if (!g_ascii_isalpha(name[2]) && strchr("[\\]^_", name[2]) == NULL)
		return false;
	*ret_press = CONTROL(name[2]);
	return true;
}

static bool
parse_character(const char *name, KeyPress *ret_press)
{
	gunichar c;

	if (!text_is_clean(name, -1) || g_utf8_strlen(name, -1) != 1)
		return false;
	c = g_utf8_get_char(name);
	if (c == ' ' || text_char_width(c) < 1)
		return false;
	*ret_press = c;
	return true;
}

bool
keypress_parse(const char *name, KeyPress *ret_press, GError **error)
{
	g_autofree char *shown = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
		if (strcmp(named[i].name, name) == 0) {
			*ret_press = named[i].press;
			return true;
		}
	}
	if (parse_control(name, ret_press) || parse_character(name, ret_press))
		return true;
	shown = text_sanitised(name, TEXT_SINGLE_LINE);
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "there is no key '%s': a key is one character, C- and a letter, F1 to F12, or a name such as "
	    "space, equals, "
	    "Enter, Escape, Tab, PgDn, Up",
	    shown);
	return false;
}

static const NamedPress *
find_named(KeyPress press)
{
	for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
		if (named[i].press == press)
			return &named[i];
	return NULL;
}

static char *
unnamed(KeyPress press)
{
	char character[8] = { 0 };

	if (press < 0x20)
		return g_strdup_printf("C-%c", g_ascii_tolower((char)(press + '@')));
	if (!keypress_is_text(press))
		return NULL;
	g_unichar_to_utf8(press, character);
	return g_strdup(character);
}

char *
keypress_name(KeyPress press)
{
	const NamedPress *entry = find_named(press);

	return entry != NULL ? g_strdup(entry->name) : unnamed(press);
}

char *
keypress_label(KeyPress press)
{
	const NamedPress *entry = find_named(press);

	if (entry == NULL)
		return unnamed(press);
	return g_strdup(entry->label != NULL ? entry->label : entry->name);
}

bool
keypress_is_text(KeyPress press)
{
	return press >= 0x20 && press < PRESS_NONE && press != DELETE_CHARACTER &&
	    g_unichar_validate(press) && g_unichar_isprint(press);
}

void
keypress_define(void)
{
	define_key("\033[200~", CODE_PASTE_BEGIN);
	define_key("\033[201~", CODE_PASTE_END);
}

KeyPress
keypress_from_curses(int result, wint_t code)
{
	if (result == OK)
		return code == DELETE_CHARACTER ? PRESS_BACKSPACE : code < PRESS_NONE ? code : PRESS_UNKNOWN;
	if (result != KEY_CODE_YES)
		return PRESS_NONE;
	if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(12))
		return PRESS_F1 + (code - (wint_t)KEY_F(1));
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].code == (int)code)
			return codes[i].press;
	return PRESS_UNKNOWN;
}

KeyPress
keypress_read(WINDOW *window)
{
	wint_t code = 0;
	int result = wget_wch(window, &code);

	return keypress_from_curses(result, code);
}
