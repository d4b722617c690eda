#ifndef SIGNALBOX_PERSISTENCE_READER_READER_H
#define SIGNALBOX_PERSISTENCE_READER_READER_H

#include "application/session.h"
#include "persistence/connection.h"

/* The Reader port over one connection, which outlives it. Freed with reader_free. */
Reader *reader_new(Connection *connection);

/* Accepts NULL. */
void reader_free(Reader *self);

#endif
