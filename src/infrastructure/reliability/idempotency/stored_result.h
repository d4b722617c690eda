#ifndef SIGNALBOX_IDEMPOTENCY_STORED_RESULT_H
#define SIGNALBOX_IDEMPOTENCY_STORED_RESULT_H

#include "application/run.h"

/* What a run leaves behind for whoever repeats it, as json: the created id, notes and targets. Newly
 * allocated. */
char *stored_result_of(const CommandRun *run);

/* Gives the run what an earlier one left behind. CORRUPT when it can't be read. */
bool stored_result_apply(CommandRun *run, const char *json, GError **error);

#endif
