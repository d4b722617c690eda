#ifndef SIGNALBOX_TUI_PLACE_H
#define SIGNALBOX_TUI_PLACE_H

#include "actions.h"
#include "app.h"
#include "canvas.h"
#include "key_template.h"
#include "lane_event.h"
#include "view.h"

/*
 * One thing that is looked at: lists, a record, a text. Places lie on a stack; the one on top is drawn, gets
 * the keys and the events of the read lane.
 */
typedef struct Place Place;

/* The rows that a key's line is filled from; borrowed from the place, `rows` is the caller's. */
typedef struct PlaceChoice {
	const ScreenList *list; /* whose keys are offered; NULL: none */
	TemplateRows rows;
	GPtrArray *owner; /* of the rows' pointers */
} PlaceChoice;

typedef struct PlaceDef {
	void (*free)(Place *self);
	void (*draw)(Place *self, const Canvas *canvas);
	/* True when it was taken. */
	bool (*act)(Place *self, Action action, int height);
	/* True when the event was of one of its requests. */
	bool (*take)(Place *self, LaneEvent *event);
	/* It is on top (again): reads what is missing. `anew`: what it shows may have changed. */
	void (*resume)(Place *self, bool anew);
	/* It is not on top any more: its requests are cancelled. */
	void (*leave)(Place *self);
	void (*choose)(Place *self, PlaceChoice *ret_choice);
	/* Esc: clears marks, then the filter; false when there was nothing to clear. */
	bool (*take_back)(Place *self);
	/* The list that a filter, an order or a click is meant for; NULL: none. */
	View *(*view)(Place *self);
	/* A click on line `y` of the place. May be NULL. */
	void (*click)(Place *self, int y);
	/* What it reads was cancelled by a person. May be NULL. */
	void (*give_up)(Place *self);
} PlaceDef;

struct Place {
	const PlaceDef *def;
	App *app;
	const Screen *screen;
	Screen *own_screen;  /* the same, when it was made for this place alone */
	char *title;         /* for the breadcrumb */
	Duration refresh;    /* 0: by hand */
	gint64 read_at;      /* monotonic; of the last answer, or 0 */
	gint64 tried_at;     /* monotonic; of the last refresh that was begun */
	const char *trouble; /* why what is seen is old; NULL: it is not */
	bool waiting;        /* somebody waits for what is under way; not so for a refresh */
};

void place_free(Place *self);
void place_choice_clear(PlaceChoice *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PlaceChoice, place_choice_clear)

#endif
