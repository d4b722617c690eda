#ifndef SIGNALBOX_BEHAVIORS_DRY_RUN_H
#define SIGNALBOX_BEHAVIORS_DRY_RUN_H

#include "application/run.h"

#include <glib.h>

/* Leaves the SQL of `statements` (of Statement *), with its values unless they are secret, in
 * run->statements. */
void dry_run_note(CommandRun *run, const GPtrArray *statements);

#endif
