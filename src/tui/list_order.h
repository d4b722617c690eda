#ifndef SIGNALBOX_TUI_LIST_ORDER_H
#define SIGNALBOX_TUI_LIST_ORDER_H

#include "view.h"

/* By the next column on the screen that an index serves, behind the one that the list is ordered by; times
 * newest first. NULL when none is. Newly allocated. */
char *list_order_next(const View *view);

/* The same order the other way round; NULL when there is none. Newly allocated. */
char *list_order_inverted(const View *view);

#endif
