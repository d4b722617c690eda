#ifndef SIGNALBOX_TUI_DOCUMENT_PLACE_H
#define SIGNALBOX_TUI_DOCUMENT_PLACE_H

#include "place.h"
#include "text_view.h"

/* Where a document was opened from: whose keys it offers, and the row, for what its own record does not know.
 */
typedef struct DocumentOrigin {
	const ScreenList *list; /* NULL: no keys */
	const Screen *screen;   /* whose it is, or NULL */
	RowColumns *columns;    /* may be NULL */
	Row *row;
} DocumentOrigin;

void document_origin_clear(DocumentOrigin *self);

/*
 * Records and texts to be read. `request` is the one of `line` that is under way; `line` NULL: it is not read
 * again. Takes what `origin` (may be NULL) holds.
 */
Place *
document_place_new(App *app, const char *title, const char *line, uint64_t request, DocumentOrigin *origin);

/* A text that is there already, like help. Takes it. */
Place *document_place_of_text(App *app, const char *title, TextView *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(DocumentOrigin, document_origin_clear)

#endif
