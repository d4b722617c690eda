#ifndef SIGNALBOX_CONSOLE_TRANSCRIPT_H
#define SIGNALBOX_CONSOLE_TRANSCRIPT_H

#include "base/timestamp.h"

#include <glib.h>

/* Every command line that a person or a key ran, with its outcome: what `transcript` shows and saves as a
 * script. */
typedef struct TranscriptEntry {
	Timestamp at;
	char *line;
	int exit_code;
	char *outcome; /* the error's message, or "" */
	Duration took;
} TranscriptEntry;

/* Entries (TranscriptEntry *) since the program began, oldest first, at most 10,000. Safe from any thread; a
 * copy, owned by the caller. */
GPtrArray *transcript_entries(void);
void transcript_add(const char *line, int exit_code, const char *outcome, Duration took);

#endif
