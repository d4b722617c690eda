#ifndef SIGNALBOX_TUI_ACTIONS_H
#define SIGNALBOX_TUI_ACTIONS_H

#include "keys.h"

#include <glib.h>

/* What keys do on every screen. A screen file cannot take these keys. */
typedef enum Action {
	ACTION_NONE,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_HALF_UP,
	ACTION_HALF_DOWN,
	ACTION_HOME,
	ACTION_END,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_FIRST_COLUMN,
	ACTION_LAST_COLUMN,
	ACTION_BACK,
	ACTION_FILTER,
	ACTION_COMMAND,
	ACTION_HELP,
	ACTION_MARK,
	ACTION_UNMARK,
	ACTION_SORT,
	ACTION_INVERT,
	ACTION_REFRESH,
	ACTION_TAB_BEFORE,
	ACTION_TAB_AFTER,
	ACTION_PREVIOUS,
	ACTION_PANEL,
	ACTION_PANEL_BEFORE,
	ACTION_YANK,
	ACTION_CANCEL,
	ACTION_REDRAW,
	ACTION_SUSPEND,
	ACTION_CLOSE,
} Action;

typedef struct ActionKey {
	KeyPress press;
	Action action;
	const char *group; /* "Moving" */
	const char *help;  /* NULL: another key of the row above */
} ActionKey;

/* Ended by an entry without an action. */
extern const ActionKey action_keys[];

Action action_of_press(KeyPress press);

/* The row of the table that tells about the press, or NULL when no action has it. */
const ActionKey *action_key(KeyPress press);

/* The labels of all keys of an entry with help, such as "j Down"; newly allocated. */
char *action_key_labels(const ActionKey *self);

#endif
