#ifndef SIGNALBOX_APPLICATION_BULK_REPORT_H
#define SIGNALBOX_APPLICATION_BULK_REPORT_H

#include "application/bulk.h"
#include "application/run.h"

/* The plan's summary as notes. */
void bulk_report_plan(Frontend *frontend, const BulkPlan *plan);

/* The plan, and what its first batch (or `all` of them) counted before it was rolled back. */
void bulk_report_dry_run(Frontend *frontend, const BulkPlan *plan, bool all);

/* The counts of a dry run as one row, for who reads data and no notes. */
bool bulk_report_record(Frontend *frontend, const BulkPlan *plan, GError **error);

/* `before` is what earlier consoles had handled, `took` is in microseconds. */
void bulk_report_progress(Frontend *frontend, const BulkPlan *plan, uint64_t before, gint64 took);

/*
 * Requested, done, skipped (with reasons), failed as notes; then how it ended: true when everything was done,
 * PARTIAL when a part was, CONFLICT when nothing of something was. `stopped` is why it ended early, or NULL;
 * it stays the error when nothing was done, and always when the outcome is unknown.
 */
bool bulk_report_end(const CommandRun *run, const BulkPlan *plan, const GError *stopped, GError **error);

#endif
