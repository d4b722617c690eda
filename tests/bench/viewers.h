#ifndef SIGNALBOX_TESTS_BENCH_VIEWERS_H
#define SIGNALBOX_TESTS_BENCH_VIEWERS_H

#include "data.h"
#include "page.h"

#define VIEWER_MILLION 1000000
#define VIEWER_FAR_MS 300000 /* what reads everything takes its time */

/* The programs that show posts, each in a terminal of its own, ready and standing still. */

/* The console on the screen of the users. */
Terminal *viewer_console(void);

/*
 * psql at its prompt, with `less` as its pager. `:all` selects all posts, the newest first, with about
 * the columns of the console's screen; `:page` a hundred of them; `:million` at most VIEWER_MILLION; `:far`
 * the last hundred, found by OFFSET. Rows come through a cursor in portions of `fetch_count`.
 */
Terminal *viewer_psql(const Data *data, int fetch_count);

/* Types a line that the next Enter runs. */
void viewer_type(Terminal *viewer, const char *line);

/* What it costs `less` to know where the end of VIEWER_MILLION posts is. */
typedef struct LessEnd {
	double end_ms, home_ms;
	double mib; /* of psql and less */
} LessEnd;

LessEnd viewer_less_end(const Data *data);

#endif
