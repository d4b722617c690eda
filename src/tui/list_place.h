#ifndef SIGNALBOX_TUI_LIST_PLACE_H
#define SIGNALBOX_TUI_LIST_PLACE_H

#include "place.h"

/*
 * A screen's lists: one over the whole place with its filter and order above it, or several panels one below
 * the other. `own`: the screen is freed with it. `filter` may be NULL.
 */
Place *list_place_new(App *app, const Screen *screen, Screen *own, const char *filter);

/* A list whose first page is under way already as `request` of the view. Takes both. */
Place *list_place_adopt(App *app, Screen *own, View *view, uint64_t request);

#endif
