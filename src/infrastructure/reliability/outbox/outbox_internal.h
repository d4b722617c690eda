#ifndef SIGNALBOX_OUTBOX_OUTBOX_INTERNAL_H
#define SIGNALBOX_OUTBOX_OUTBOX_INTERNAL_H

#include "application/ports/outbox.h"
#include "persistence/connection.h"

#include <stdint.h>

typedef struct Outbox {
	OutboxPort port; /* first, so that an OutboxPort * is one of these */
	Connection *connection;
} Outbox;

/* Messages of one batch: twice as many took 100 ms, and nobody is to wait so long for a batch. */
#define RETRY_BATCH "2500"
/* Of the messages that a batch skipped for one reason, the plan's exceptions list so many. */
#define EXCEPTIONS_LISTED "100"

/*
 * SQL over a message `m`. A lease is live until it expires, whatever the heartbeat of its worker says: only
 * then nobody can deliver the message any more. What nobody holds has NULL.
 */
#define LIVE_LEASE_END "CASE WHEN m.lease_expires_at > now() THEN m.lease_expires_at END"
#define LIVE_LEASE "(m.lease_expires_at > now()) IS TRUE"

/* A reason, and for messages that are held the time `until` (a timestamptz or NULL), as the report says it.
 */
#define REASON_UNTIL(reason, until)                                                                          \
	reason " || coalesce(' until ' || to_char(" until ", 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), '')"

/* Before a statement that walks over everything that is dead or waits. Lasts to the transaction's end. */
bool outbox_begin_walk(Outbox *self, GError **error);

bool outbox_stats(OutboxPort *port, Frontend *frontend, GError **error);
bool outbox_errors(OutboxPort *port, Frontend *frontend, GError **error);
bool outbox_freeze_retry(OutboxPort *port, const Filter *filter, const GArray *ids, const char *reason,
    BulkPlan *plan, GError **error);
bool outbox_load_retry(OutboxPort *port, const Uuid *plan_id, BulkPlan *plan, GError **error);
bool outbox_retry_batch(OutboxPort *port, BulkPlan *plan, unsigned index, GError **error);
bool outbox_discard_plan(OutboxPort *port, BulkPlan *plan, GError **error);

/*
 * A value by its column's name. A column that is missing is our mistake; NULL where none is expected, and
 * what is no count, is INTERNAL and names the column.
 */
const char *outbox_text(const PGresult *result, int row, const char *column); /* borrowed; may be NULL */
bool outbox_count(const PGresult *result, int row, const char *column, uint64_t *ret_count, GError **error);

/* Adds every row's `reason` with its count `left_out` to what the plan skipped; a row without a reason has
 * none. */
bool outbox_take_left_out(const PGresult *result, BulkPlan *plan, GError **error);

#endif
