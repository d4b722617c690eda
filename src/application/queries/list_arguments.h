#ifndef SIGNALBOX_APPLICATION_LIST_ARGUMENTS_H
#define SIGNALBOX_APPLICATION_LIST_ARGUMENTS_H

#include "application/ports/reader.h"
#include "application/queries.h"

#include <stddef.h>

/* The entries of an argument table for a ListArgs that stands `base` bytes into the command's struct. */
#define LIST_ARGUMENTS(base)                                                                                 \
	{ .name = "term",                                                                                    \
		.value = "TERM",                                                                             \
		.help = "field=value, !=, <, <=, >, >=, field~text, or a word to search for; all must hold", \
		.type = ARG_TEXT,                                                                            \
		.flags = ARG_POSITIONAL | ARG_REPEATS,                                                       \
		.offset = (base) + offsetof(ListArgs, terms),                                                \
		.complete = complete_filter },                                                               \
	    { .name = "order",                                                                               \
		    .value = "FIELD[:desc],…",                                                               \
		    .help = "sort by fields that an index serves",                                           \
		    .type = ARG_TEXT,                                                                        \
		    .offset = (base) + offsetof(ListArgs, order),                                            \
		    .complete = complete_order },                                                            \
	    { .name = "limit",                                                                               \
		    .value = "N",                                                                            \
		    .help = "rows on a page: 1 to 1000, 50 unless given",                                    \
		    .type = ARG_INTEGER,                                                                     \
		    .offset = (base) + offsetof(ListArgs, limit),                                            \
		    .fallback = LIST_LIMIT_DEFAULT,                                                          \
		    .minimum = 1,                                                                            \
		    .maximum = LIST_LIMIT_MAXIMUM },                                                         \
	    { .name = "after",                                                                               \
		    .value = "CURSOR",                                                                       \
		    .help = "the page behind this place",                                                    \
		    .type = ARG_TEXT,                                                                        \
		    .offset = (base) + offsetof(ListArgs, after) },                                          \
	    { .name = "before",                                                                              \
		    .value = "CURSOR",                                                                       \
		    .help = "the page in front of this place",                                               \
		    .type = ARG_TEXT,                                                                        \
		    .offset = (base) + offsetof(ListArgs, before) },                                         \
	    { .name = "columns",                                                                             \
		    .value = "FIELD,…",                                                                      \
		    .help = "show these columns",                                                            \
		    .type = ARG_TEXT,                                                                        \
		    .offset = (base) + offsetof(ListArgs, columns),                                          \
		    .complete = complete_columns },                                                          \
	    { .name = "count",                                                                               \
		    .help = "count all that match, exactly",                                                 \
		    .type = ARG_FLAG,                                                                        \
		    .offset = (base) + offsetof(ListArgs, count) },                                          \
	    { .name = "all",                                                                                 \
		    .help = "stream every row instead of a page",                                            \
		    .type = ARG_FLAG,                                                                        \
		    .offset = (base) + offsetof(ListArgs, all) },                                            \
	{                                                                                                    \
		.name = "last", .help = "the last page", .type = ARG_FLAG,                                   \
		.offset = (base) + offsetof(ListArgs, last)                                                  \
	}

#endif
