#ifndef SIGNALBOX_TESTS_INCLUDE_EDGES_H
#define SIGNALBOX_TESTS_INCLUDE_EDGES_H

#include <glib.h>

/* Every .c and .h under `root`/src and `root`/include, sorted, relative to `root`. Strings; newly allocated.
 */
GPtrArray *tree_sources(const char *root);

/*
 * What breaks a wall of the house, one line each, sorted: "FILE:LINE: ROOM must not see …". A project's
 * include is followed to the file it means (beside the including file, in its room, in include/), so that no
 * spelling gets around a wall. Strings; newly allocated.
 */
GPtrArray *include_edges_broken(const char *root);

#endif
