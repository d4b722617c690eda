#ifndef SIGNALBOX_TUI_LIST_DRAW_H
#define SIGNALBOX_TUI_LIST_DRAW_H

#include "list_pane.h"
#include "place.h"

typedef struct ListPlace {
	Place place;      /* first */
	GPtrArray *panes; /* of ListPane * */
	guint focus;
	bool told; /* that it cannot be read */
} ListPlace;

/*
 * A single list over the whole place with its filter and order above it; several as panels, one below the
 * other, that share the lines: each has what it wishes where there is room, else at least two rows.
 */
void list_place_draw(Place *place, const Canvas *canvas);

#endif
