#ifndef SIGNALBOX_TUI_LIST_LINE_H
#define SIGNALBOX_TUI_LIST_LINE_H

#include "screen_file.h"

#include <glib.h>
#include <stdbool.h>

/* Which rows of a list a command line asks for. Texts are borrowed and may be NULL. */
typedef struct ListLine {
	const char *filter;
	const char *order;
	int limit;
	const char *after, *before;
	bool last;
} ListLine;

/*
 * The command line of a list with the options that its command knows and that it does not say itself. A
 * screen's own columns are asked for, with those that its keys need. Newly allocated.
 */
char *list_line(const ScreenList *list, const ListLine *wishes);

/* True when the command has an option or place of that name. */
bool command_has(const CommandDef *def, const char *name);

/* True when it can be read page by page. */
bool list_is_paged(const ScreenList *list);

#endif
