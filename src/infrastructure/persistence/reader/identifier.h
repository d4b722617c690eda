#ifndef SIGNALBOX_PERSISTENCE_READER_IDENTIFIER_H
#define SIGNALBOX_PERSISTENCE_READER_IDENTIFIER_H

/* A name as SQL holds it: in double quotes, its own doubled. Newly allocated. */
char *quote_identifier(const char *name);

#endif
