#ifndef SIGNALBOX_PERSISTENCE_READER_CURSOR_H
#define SIGNALBOX_PERSISTENCE_READER_CURSOR_H

#include <glib.h>
#include <stdbool.h>

/*
 * A place between two rows of an ordered list: the values of the order columns and of the key. Rows whose
 * first order column is null form a segment of their own after all others, where that value is NULL.
 */
typedef struct Cursor {
	GPtrArray *values; /* char * or NULL, in the order of the ORDER BY */
} Cursor;

Cursor *cursor_new(void);
void cursor_free(Cursor *self);

/* Opaque, printable, safe in a shell; `scope` says of what list and order it is. Newly allocated. */
char *cursor_encode(const Cursor *self, const char *scope);

/* USAGE when `text` is no cursor, or one of another scope or with another number of values. */
bool
cursor_decode(const char *text, const char *scope, guint value_count, Cursor **ret_cursor, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cursor, cursor_free)

#endif
