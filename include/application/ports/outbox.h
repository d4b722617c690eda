#ifndef SIGNALBOX_APPLICATION_PORTS_OUTBOX_H
#define SIGNALBOX_APPLICATION_PORTS_OUTBOX_H

#include "application/bulk.h"
#include "application/filter.h"
#include "application/frontend.h"
#include "base/uuid.h"

#include <glib.h>
#include <stdbool.h>

/* What the operator does with outbox messages; the messages that commands raise are written by the save
 * behaviour. */
typedef struct OutboxPort OutboxPort;
struct OutboxPort {
	/* Counts by state, due and leased, oldest age, per topic. */
	bool (*stats)(OutboxPort *self, Frontend *frontend, GError **error);
	/* Dead messages grouped by fingerprint: count, first, last, sample. */
	bool (*errors)(OutboxPort *self, Frontend *frontend, GError **error);
	/*
	 * Freezes the dead messages that the filter matches, or those of `ids` (a GArray of Uuid), with their
	 * generations; exactly one of the two is given. Fills total, batches and summary of the plan. A set
	 * of more than one batch is stored (retry_plans, retry_plan_batches) and outlives the console.
	 */
	bool (*freeze_retry)(OutboxPort *self, const Filter *filter, const GArray *ids, const char *reason,
	    BulkPlan *plan, GError **error);
	/* Continues a stored plan. */
	bool (*load_retry)(OutboxPort *self, const Uuid *plan_id, BulkPlan *plan, GError **error);
	/*
	 * Makes the messages of one batch Pending: only those still Dead, at the frozen generation, and held
	 * by no live lease; raises generation and max_attempts, keeps history. Counts done, and skipped by
	 * reason.
	 */
	bool (*retry_batch)(OutboxPort *self, BulkPlan *plan, unsigned index, GError **error);
	bool (*discard_plan)(OutboxPort *self, BulkPlan *plan, GError **error);
};

#endif
