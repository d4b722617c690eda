#ifndef SIGNALBOX_TUI_HINTS_H
#define SIGNALBOX_TUI_HINTS_H

#include "canvas.h"
#include "key_template.h"

/*
 * The last line: the keys of the list that are offered for the chosen rows, then those that are the same
 * everywhere, as many as fit. `list` may be NULL. `is_list`: it is the list that is seen, not a row of it.
 */
void hints_draw(const Canvas *canvas, const ScreenList *list, const TemplateRows *rows, bool is_list);

/* Other hints, while something else has the keys: pairs of key and text, ended by NULL. */
void hints_draw_pairs(const Canvas *canvas, const char *const *pairs);

#endif
