#ifndef SIGNALBOX_APPLICATION_EXECUTE_H
#define SIGNALBOX_APPLICATION_EXECUTE_H

#include "application/run.h"

/* Shows what a run left behind once its transaction is over: the created id and notes, or what a dry run
 * would change. */
bool outcome_show(CommandRun *run, GError **error);

/* A bulk verb: plan, question, batches, report. */
bool bulk_execute(CommandRun *run, GError **error);

/* A bulk verb's --dry-run: plan and first batch in one transaction that is rolled back. */
bool bulk_dry_run(CommandRun *run, GError **error);

#endif
