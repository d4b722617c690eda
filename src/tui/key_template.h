#ifndef SIGNALBOX_TUI_KEY_TEMPLATE_H
#define SIGNALBOX_TUI_KEY_TEMPLATE_H

#include "row.h"
#include "screen_file.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What a key stands for: `posts publish {id}` with the values of the rows that were chosen when the key was
 * pressed.
 */

/* Where placeholders take their values from. Everything is borrowed. */
typedef struct TemplateRows {
	const RowColumns *columns; /* NULL: there are no rows */
	const Row *const *rows;    /* the marked ones, else the one under the cursor */
	size_t count;
	const char *filter; /* as the command line takes it; "" or NULL: none */
} TemplateRows;

/*
 * Fills `{column}` and `{filter}`. A placeholder that is a word of its own becomes one argument for each row;
 * one behind `field=` the rows' values joined by commas; anywhere else it takes one row. Values are quoted so
 * that they are always taken as values. USAGE when there is no row, the value is null or was cut on the
 * server, or `{filter}` is asked for while nothing is filtered.
 */
bool key_template_fill(const char *template, const TemplateRows *rows, char **ret_line, GError **error);

/* The names between braces, without `filter`; NULL-terminated. USAGE for a brace without its partner. */
bool key_template_names(const char *template, char ***ret_names, GError **error);

/* True when the rows fulfil the condition, every one of them. A column that is not there fulfils nothing. */
bool screen_when_holds(const ScreenWhen *when, const TemplateRows *rows);

#endif
