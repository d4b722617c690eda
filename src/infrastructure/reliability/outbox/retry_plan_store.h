#ifndef SIGNALBOX_OUTBOX_RETRY_PLAN_STORE_H
#define SIGNALBOX_OUTBOX_RETRY_PLAN_STORE_H

#include "reliability/outbox/outbox_internal.h"

/* What the BulkPlan of a retry keeps in `data`. The plan's id says whether the set is stored. */
typedef struct RetrySet {
	char *ids; /* of a set that is not stored: the arrays of its only batch, as text */
	char *generations;
	bool *counted; /* of a continued plan, per batch: its counts were in the plan when it was loaded */
} RetrySet;

/* Makes it and gives it to the plan. */
RetrySet *retry_set_of(BulkPlan *plan);

/*
 * Locks a batch of a stored plan. One that another console finished since the plan was loaded is not pending:
 * what it counted there is added to the plan here. NOT_FOUND when the plan was forgotten meanwhile.
 */
bool retry_plan_lock_batch(Outbox *outbox, BulkPlan *plan, unsigned index, bool *ret_pending, GError **error);

/* The statements that write down what a batch came to: `done`, `skipped` and `exceptions` of `result`. */
void retry_plan_stage_progress(
    const BulkPlan *plan, unsigned index, const PGresult *result, GPtrArray *statements);

#endif
