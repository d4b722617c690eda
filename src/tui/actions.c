#include "actions.h"

#define CTRL(letter) ((KeyPress)(letter)&0x1f)

#define MOVING "Moving"
#define LOOKING "Looking"
#define CHOOSING "Choosing"
#define LEAVING "Leaving"

const ActionKey action_keys[] = {
	{ PRESS_DOWN, ACTION_DOWN, MOVING, "next row" },
	{ 'j', ACTION_DOWN, MOVING, NULL },
	{ PRESS_UP, ACTION_UP, MOVING, "row before" },
	{ 'k', ACTION_UP, MOVING, NULL },
	{ PRESS_PAGE_DOWN, ACTION_PAGE_DOWN, MOVING, "next page" },
	{ CTRL('F'), ACTION_PAGE_DOWN, MOVING, NULL },
	{ PRESS_PAGE_UP, ACTION_PAGE_UP, MOVING, "page before" },
	{ CTRL('B'), ACTION_PAGE_UP, MOVING, NULL },
	{ CTRL('D'), ACTION_HALF_DOWN, MOVING, "half a page down" },
	{ CTRL('U'), ACTION_HALF_UP, MOVING, "half a page up" },
	{ PRESS_HOME, ACTION_HOME, MOVING, "first row" },
	{ 'g', ACTION_HOME, MOVING, NULL },
	{ PRESS_END, ACTION_END, MOVING, "last row" },
	{ 'G', ACTION_END, MOVING, NULL },
	{ PRESS_LEFT, ACTION_LEFT, MOVING, "columns to the left" },
	{ 'h', ACTION_LEFT, MOVING, NULL },
	{ PRESS_RIGHT, ACTION_RIGHT, MOVING, "columns to the right" },
	{ 'l', ACTION_RIGHT, MOVING, NULL },
	{ '0', ACTION_FIRST_COLUMN, MOVING, "first column" },
	{ '$', ACTION_LAST_COLUMN, MOVING, "last column" },
	{ PRESS_TAB, ACTION_PANEL, MOVING, "next panel" },
	{ PRESS_SHIFT_TAB, ACTION_PANEL_BEFORE, MOVING, "panel before" },
	{ ']', ACTION_TAB_AFTER, MOVING, "next tab" },
	{ '[', ACTION_TAB_BEFORE, MOVING, "tab before" },
	{ '-', ACTION_PREVIOUS, MOVING, "the tab you came from" },
	{ '/', ACTION_FILTER, LOOKING, "filter" },
	{ 's', ACTION_SORT, LOOKING, "order by the next column that an index serves" },
	{ 'I', ACTION_INVERT, LOOKING, "order the other way round" },
	{ 'R', ACTION_REFRESH, LOOKING, "read again" },
	{ '?', ACTION_HELP, LOOKING, "this help" },
	{ PRESS_F1, ACTION_HELP, LOOKING, NULL },
	{ CTRL('L'), ACTION_REDRAW, LOOKING, "draw again" },
	{ PRESS_SPACE, ACTION_MARK, CHOOSING, "mark or unmark the row" },
	{ 'u', ACTION_UNMARK, CHOOSING, "unmark all" },
	{ 'y', ACTION_YANK, CHOOSING, "copy the row's key to the clipboard" },
	{ ':', ACTION_COMMAND, CHOOSING, "command line" },
	{ PRESS_ESCAPE, ACTION_BACK, LEAVING, "cancel, clear, back; never quits" },
	{ CTRL('C'), ACTION_CANCEL, LEAVING, "cancel what runs, else offer to quit" },
	{ CTRL('Z'), ACTION_SUSPEND, LEAVING, "suspend" },
	{ 'q', ACTION_CLOSE, LEAVING, "close; on a tab's own list, quit" },
	{ 0 },
};

const ActionKey *
action_key(KeyPress press)
{
	for (const ActionKey *key = action_keys; key->action != ACTION_NONE; key++)
		if (key->press == press)
			return key;
	return NULL;
}

Action
action_of_press(KeyPress press)
{
	const ActionKey *key = action_key(press);

	return key != NULL ? key->action : ACTION_NONE;
}

char *
action_key_labels(const ActionKey *self)
{
	GString *labels = g_string_new(NULL);

	for (const ActionKey *key = self; key->action == self->action; key++) {
		g_autofree char *label = keypress_label(key->press);

		g_string_append_printf(labels, "%s%s", labels->len > 0 ? " " : "", label);
	}
	return g_string_free(labels, FALSE);
}
