#ifndef SIGNALBOX_PERSISTENCE_SERVER_TEXT_H
#define SIGNALBOX_PERSISTENCE_SERVER_TEXT_H

#define SERVER_TEXT_LIMIT 1000

/*
 * The first line of what a server or libpq said, as valid UTF-8 of at most SERVER_TEXT_LIMIT bytes. Still
 * hostile: whoever shows it sanitises it. Accepts NULL. Newly allocated.
 */
char *server_text(const char *said);

#endif
