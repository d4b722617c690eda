#ifndef SIGNALBOX_APPLICATION_BULK_H
#define SIGNALBOX_APPLICATION_BULK_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The frozen set of a bulk verb: "never whatever matches now". It is made by one transaction (plan),
 * confirmed with its count, and acted on in batches, each a transaction of its own that counts what it did.
 */
typedef struct BulkPlan {
	char *title;        /* "Retry 41 outbox messages?" */
	char *noun;         /* "messages": for progress and report */
	char *id;           /* of a stored plan, which `--plan ID` continues; NULL when it is not stored */
	GPtrArray *summary; /* char *: count, oldest, newest, groups; shown when asking */
	uint64_t total;
	unsigned batches;
	unsigned first_batch; /* where a continued plan goes on */
	uint64_t done;
	uint64_t failed;
	GHashTable *skipped; /* reason (char *) -> GUINT count */
	char *typed;         /* what a destructive plan's confirmation must type; NULL: the count */
	gpointer data;
	GDestroyNotify free_data;
} BulkPlan;

BulkPlan *bulk_plan_new(void);

/* Accepts NULL. */
void bulk_plan_free(BulkPlan *self);

void bulk_plan_say(BulkPlan *self, const char *format, ...) G_GNUC_PRINTF(2, 3);
void bulk_plan_skip(BulkPlan *self, const char *reason, uint64_t count);
uint64_t bulk_plan_skipped(const BulkPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BulkPlan, bulk_plan_free)

#endif
