#ifndef SIGNALBOX_TESTS_BENCH_PAGE_H
#define SIGNALBOX_TESTS_BENCH_PAGE_H

#include "samples.h"
#include "terminal.h"

#include <glib.h>
#include <stdbool.h>

#define PAGE_ROWS 40
#define PAGE_COLS 120

/* The posts that a terminal shows, by their numbers: nothing else of the screen is looked at. */
typedef struct Page {
	int rows; /* 0: no posts */
	gint64 first, last;
} Page;

Page page_read(Terminal *terminal);

/*
 * What a key leads to: presses it, waits until `first` and `last` are seen where they are not 0, else until
 * another page than before is seen, then until the screen stands still.
 */
Page page_after(Terminal *terminal, const char *key, gint64 first, gint64 last, int timeout_ms);

/* Milliseconds from the press of the key until that page is drawn; what is 0 in it does not matter. */
double page_time(Terminal *terminal, const char *key, const Page *page, int timeout_ms);

/* Presses a key that leads away from the posts and waits until none is seen and the screen stands still. */
void page_leave(Terminal *terminal, const char *key);

#endif
