#ifndef SIGNALBOX_APPLICATION_COMPLETION_QUERY_H
#define SIGNALBOX_APPLICATION_COMPLETION_QUERY_H

#include "application/completion.h"

/*
 * Stored values of a field that begin with `prefix`, NULL-terminated; none when there is no connection or the
 * server says no. Never NULL.
 */
GPtrArray *
completion_values(Completion *completion, const ResourceDef *resource, const char *field, const char *prefix);

/* The resource whose fields the command's arguments name: its own, or the table that `tables browse` was
 * given: that one is gone when it is asked for again. NULL: none. */
const ResourceDef *completion_resource(Completion *completion);

#endif
