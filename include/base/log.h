#ifndef SIGNALBOX_BASE_LOG_H
#define SIGNALBOX_BASE_LOG_H

#include <glib.h>
#include <stdbool.h>

/*
 * The program's log: JSON lines of time (RFC 3339 in UTC), level, event and fields, one write(2) per line
 * with O_APPEND, mode 0600. Every code point that is not printable is escaped; an invalid byte is the text
 * `\xff`. GLib's own messages are the event `log` with domain and message, debug ones only with
 * G_MESSAGES_DEBUG. A disk that is full loses lines, never the program. Safe from any thread. Library code
 * does not log above debug.
 */

/* Opens (creates) `path`, makes its folder (0700) and takes over GLib's log writer. USAGE when it cannot. */
bool log_open(const char *path, GError **error);

/*
 * The next line opens the same path again, for rotation; called on SIGUSR1. Keeps the old file when the new
 * one fails. Async-signal-safe.
 */
void log_reopen(void);

void log_close(void);

/*
 * One line. `event` is a short stable name (`command.done`); then pairs of const char * name and value, ended
 * by NULL; a value of NULL is null. Does nothing while no log is open.
 */
void log_event(const char *level, const char *event, ...) G_GNUC_NULL_TERMINATED;

#endif
