#ifndef SIGNALBOX_TUI_SCREEN_FILE_H
#define SIGNALBOX_TUI_SCREEN_FILE_H

#include "keys.h"

#include "application/registry.h"
#include "base/timestamp.h"
#include "console/keyfile.h"

#include <glib.h>
#include <stdbool.h>

/*
 * A screen as its file says it: what fills it, which columns it shows, what its keys stand for.
 * docs/screens.md tells the format. Const once checked. Texts are borrowed from `file`.
 */

typedef enum ColumnFormat {
	COLUMN_PLAIN,
	COLUMN_AGE,    /* a time as "2h ago" */
	COLUMN_NUMBER, /* digits in groups of three */
} ColumnFormat;

typedef struct ColumnColour {
	char *value;  /* the cell's text */
	char *colour; /* a colour's name */
} ColumnColour;

typedef struct ScreenColumn {
	const char *name;
	char *title; /* NULL: made from the name */
	int rank;    /* 1 is dropped last */
	int width_min, width_max;
	ColumnFormat format;
	GArray *colours; /* of ColumnColour */
	int line;
} ScreenColumn;

/* When a key is offered: `state=Draft`, `state!=Dead,Pending`, `published_at=null`. */
typedef struct ScreenWhen {
	char *field; /* NULL: always */
	bool differs;
	char **values;
} ScreenWhen;

typedef enum ScreenKeyKind {
	SCREEN_KEY_LINE,    /* runs a command line */
	SCREEN_KEY_PREFILL, /* opens the command line with it */
	SCREEN_KEY_DETAIL,  /* opens the screen's detail */
} ScreenKeyKind;

typedef struct ScreenKey {
	KeyPress press;
	ScreenKeyKind kind;
	char *template; /* the command line with its {placeholders}; NULL for the detail */
	char *label;    /* NULL: not among the hints */
	ScreenWhen when;
	int line;
} ScreenKey;

/* One list of a screen: most screens have one, a dashboard has a panel for each. */
typedef struct ScreenList {
	const char *title;
	const char *line;   /* the command that fills it */
	const char *detail; /* the command that shows one row, with placeholders; or NULL */
	const char *order;  /* NULL: the command's own */
	const char *empty;
	const char *key;       /* the column that tells rows apart; NULL: the resource's key */
	bool from_end;         /* the cursor begins on the last row */
	int rows;              /* of a panel; 0: what is left */
	GArray *columns;       /* of ScreenColumn; empty: every column that comes */
	GArray *keys;          /* of ScreenKey */
	const CommandDef *def; /* what `line` names; set by screen_check */
	int source_line;
} ScreenList;

typedef struct Screen {
	char *name; /* "posts" */
	char *title;
	Duration refresh; /* 0: by hand */
	int tab;          /* place among the tabs, from 1; 0: none */
	GPtrArray *lists; /* of ScreenList *; at least one */
	KeyFile *file;    /* NULL for a screen that was made from a command line */
} Screen;

/* Parses a file's text: USAGE with file and line for what the format does not allow. `file_name` is for
 * messages. */
bool screen_parse(const char *name, const char *file_name, const char *text, gsize size, Screen **ret_screen,
    GError **error);

/*
 * Checks it against what there is: commands, fields, orders, colours; two keys alike; a key that the console
 * keeps for itself. USAGE with file and line.
 */
bool screen_check(Screen *self, const Registry *registry, GError **error);

/* A screen for any command line; `title` is copied. */
Screen *screen_of_line(const char *line, const CommandDef *def, const char *title);

/* Accepts NULL. */
void screen_free(Screen *self);

const ScreenColumn *screen_list_column(const ScreenList *self, const char *name);

/* The key for this press, or NULL. */
const ScreenKey *screen_list_key(const ScreenList *self, KeyPress press);

/* Parts of a value between `;`, without the blanks around them; a `;` inside quotes does not split. */
char **screen_value_parts(const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Screen, screen_free)

#endif
