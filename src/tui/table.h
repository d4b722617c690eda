#ifndef SIGNALBOX_TUI_TABLE_H
#define SIGNALBOX_TUI_TABLE_H

#include "canvas.h"
#include "view.h"

/* Lines above the rows: the column titles. */
#define TABLE_HEAD 1

/*
 * Draws a view's rows with their titles, the cursor as `▸`, marks as `●`, a row that has gone in grey.
 * `focused`: the cursor is shown as the place where keys act. `message` stands where the rows would be while
 * there are none, in `style`.
 */
void table_draw(const Canvas *canvas, View *view, bool focused, const char *message, Style style);

#endif
