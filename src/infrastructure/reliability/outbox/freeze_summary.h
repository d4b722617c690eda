#ifndef SIGNALBOX_OUTBOX_FREEZE_SUMMARY_H
#define SIGNALBOX_OUTBOX_FREEZE_SUMMARY_H

#include "application/bulk.h"

#include <libpq-fe.h>

/* So many types are named with their counts, the most frequent first. */
#define TYPES_NAMED 5
#define TYPES_NAMED_TEXT "5"

/* Says what the set that a plan froze holds: the lines of its question. Nothing for an empty one. */
bool freeze_summary(const PGresult *result, BulkPlan *plan, GError **error);

#endif
