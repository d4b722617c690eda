#ifndef SIGNALBOX_OUTBOX_OUTBOX_WRITER_H
#define SIGNALBOX_OUTBOX_OUTBOX_WRITER_H

#include <glib.h>

/*
 * Adds the statements that write one message per event (a GPtrArray of DomainEvent), in their order, and one
 * notification that wakes the workers at COMMIT. Nothing for no events. They come after those of the
 * aggregates: the row locks make the order within an ordering key the order of commits.
 */
void outbox_write(const GPtrArray *events, GPtrArray *statements);

#endif
