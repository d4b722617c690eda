#ifndef SIGNALBOX_TESTS_CONSOLE_STAGE_H
#define SIGNALBOX_TESTS_CONSOLE_STAGE_H

#include "cluster.h"
#include "terminal.h"

/*
 * The console on a terminal, over a database of its own: 3 users, 500 posts ('Post 500' is the newest, every
 * fifth is a draft), 60 messages of which the 12 newest are dead in two groups, and a last migration that is
 * pending. All times lie years back, so that ages do not change while a test runs.
 */

#define STAGE_DATABASE "shop"
#define STAGE_DEADLINE_MS 20000

/* For cmocka's groups and tests. Each test begins with the same rows. */
int stage_start_cluster(void **state);
int stage_stop_cluster(void **state);
int stage_fill(void **state);

Cluster *stage_cluster(void);

/* The program with `words` (NULL-terminated; NULL: none) on a terminal of that size. */
Terminal *stage_console(int rows, int cols, const char *const *words);

/* A screen on 24 by 80 cells, once it shows `text`. */
Terminal *stage_screen(const char *name, const char *text);

/* The row that the cursor stands on, without what is before its first column; "" when there is none. */
char *stage_current(Terminal *terminal);

/* Fails unless the cursor comes to a row that holds the text. */
void stage_wait_current(Terminal *terminal, const char *text);

/* Returns when a dialog that has just been opened takes answers: it ignores the first 300 ms. */
void stage_wait_armed(Terminal *terminal);

/* What differs from run to run. */
extern const char *const stage_masks[];

#endif
