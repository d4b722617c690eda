#ifndef SIGNALBOX_TUI_HEADER_H
#define SIGNALBOX_TUI_HEADER_H

#include "canvas.h"
#include "lane_event.h"
#include "screens.h"

/* What the first line says. Everything is borrowed. */
typedef struct Header {
	const Context *context;
	const LaneServer *server; /* without a host: nothing is known yet */
	bool read_only;
	int64_t total; /* rows of the list; -1: not known */
	bool total_is_estimate;
	Duration refresh;    /* 0: by hand */
	gint64 read_at;      /* monotonic; 0: never */
	const char *trouble; /* why it could not be read again; NULL: it could */
	gint64 now;          /* monotonic */
	Duration elapsed;    /* of what runs; 0: nothing does */
	bool cancelling;
} Header;

/* The line in the context's colour; a production context says so in words too. */
void header_draw(const Header *self, const Canvas *canvas);

/* The tabs; `trail` (may be NULL) is the way to a place that lies on top of a tab's own. */
void tabs_draw(const Canvas *canvas, const GPtrArray *tabs, const Screen *current, const char *trail);

/* The tab at a cell, or NULL. */
const Screen *tabs_at(const GPtrArray *tabs, int x);

#endif
