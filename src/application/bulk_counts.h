#ifndef SIGNALBOX_APPLICATION_BULK_COUNTS_H
#define SIGNALBOX_APPLICATION_BULK_COUNTS_H

#include "application/bulk.h"

/* What a plan has counted so far: taken before a batch, put back when the batch is tried again or has failed.
 */
typedef struct BulkCounts {
	uint64_t done;
	uint64_t failed;
	GHashTable *skipped;
} BulkCounts;

BulkCounts *bulk_counts_of(const BulkPlan *plan);
void bulk_counts_restore(const BulkCounts *self, BulkPlan *plan);
void bulk_counts_free(BulkCounts *self);

/* done, failed and skipped together. */
uint64_t bulk_plan_handled(const BulkPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BulkCounts, bulk_counts_free)

#endif
