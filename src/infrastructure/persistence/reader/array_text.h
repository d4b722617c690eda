#ifndef SIGNALBOX_PERSISTENCE_READER_ARRAY_TEXT_H
#define SIGNALBOX_PERSISTENCE_READER_ARRAY_TEXT_H

/* The text form of a PostgreSQL array: {"a","b"}. NULL-terminated values; newly allocated. */
char *array_text(const char *const *values);

#endif
