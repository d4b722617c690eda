#ifndef SIGNALBOX_TUI_CANDIDATE_LIST_H
#define SIGNALBOX_TUI_CANDIDATE_LIST_H

#include "theme.h"

#include "application/completion.h"

#include <curses.h>

/* Rows that the candidates need at most; one more tells how many there are. */
#define CANDIDATE_ROWS 8

int candidate_list_height(const GPtrArray *candidates);

/* `chosen` is highlighted and in sight; -1: none. */
void candidate_list_draw(const GPtrArray *candidates, int chosen, WINDOW *window, const Theme *theme);

/* What all candidates begin with, whole characters; "" when there is none. Newly allocated. */
char *candidate_common_start(const GPtrArray *candidates);

#endif
