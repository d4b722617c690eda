#ifndef SIGNALBOX_BEHAVIORS_STEPS_H
#define SIGNALBOX_BEHAVIORS_STEPS_H

#include "application/run.h"

/* What behaviors.c lists in the order of the pipeline; each does nothing for a run that it does not concern.
 */
bool begin_before(CommandRun *run, GError **error);
bool idempotency_before(CommandRun *run, GError **error);
bool save_after(CommandRun *run, GError **error);
bool publish_after(CommandRun *run, GError **error);
void rollback_on_error(CommandRun *run, const GError *error);

#endif
