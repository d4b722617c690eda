#include "reliability/outbox/outbox_internal.h"

#include "persistence/row_statement.h"
#include "reliability/outbox/retry_plan_store.h"

/*
 * `frozen` comes from two parameters or from a stored batch. Where the planner does not see an array it takes
 * it for ten elements, so that each message is looked up by its key, however large or small the table is.
 */
static const char frozen_given[] =
    "WITH frozen AS MATERIALIZED (SELECT * FROM unnest((SELECT $1::uuid[]), (SELECT $2::bigint[]))"
    " AS f (id, generation)),";

static const char frozen_stored[] = "WITH frozen AS MATERIALIZED (SELECT f.* FROM retry_plan_batches b,"
				    " unnest(b.message_ids, b.generations) AS f (id, generation)"
				    " WHERE b.plan_id = $1::uuid AND b.batch_number = $2::integer),";

/*
 * A message that changed while the update waited for it looks in the statement's snapshot as it was frozen.
 * EXCEPT, because a join of two sets that the planner takes for small ones would compare all with all.
 */
static const char retry_sql[] =
    " retried AS ("
    "  UPDATE outbox_messages m SET state_type = 'Pending', available_at = now(), lease_owner = NULL,"
    "   lease_expires_at = NULL, lease_generation = m.lease_generation + 1,"
    "   max_attempts = greatest(m.max_attempts, m.attempt_count + 10), blocked = false"
    "  FROM frozen f WHERE m.id = f.id AND m.lease_generation = f.generation AND m.state_type = 'Dead'"
    "   AND NOT " LIVE_LEASE " RETURNING m.id),"
    " judged AS ("
    "  SELECT r.id, EXISTS (SELECT FROM outbox_messages m WHERE m.id = r.id) AS found,"
    "   (SELECT " LIVE_LEASE_END " FROM outbox_messages m WHERE m.id = r.id) AS held_until"
    "  FROM (SELECT id FROM frozen EXCEPT SELECT id FROM retried) AS r),"
    " reasoned AS ("
    "  SELECT id, held_until, CASE WHEN NOT found THEN 'gone since it was frozen'"
    "   WHEN held_until IS NOT NULL THEN 'held by a live worker'"
    "   ELSE 'changed since it was frozen' END AS reason FROM judged),"
    " left_out AS MATERIALIZED ("
    "  SELECT " REASON_UNTIL("reason",
	"max(held_until)") " AS reason, count(*) AS count,"
			   "   (array_agg(id ORDER BY id))[:" EXCEPTIONS_LISTED
			   "] AS ids FROM reasoned GROUP BY reasoned.reason)"
			   " SELECT s.*, l.reason, coalesce(l.count, 0) AS left_out FROM (SELECT"
			   "  (SELECT count(*) FROM retried) AS done,"
			   "  (SELECT coalesce(sum(count), 0)::bigint FROM left_out) AS skipped,"
			   "  (SELECT coalesce(jsonb_agg(to_jsonb(l)), '[]') FROM left_out l) AS exceptions"
			   " ) AS s LEFT JOIN left_out l ON true ORDER BY l.reason";

#define WAKE_WORKERS "SELECT pg_notify('signalbox_outbox', '')"

static bool
act(Outbox *self, const BulkPlan *plan, unsigned index, PGresult **ret_result, GError **error)
{
	const RetrySet *set = plan->data;
	bool stored = plan->id != NULL;
	g_autofree char *batch = g_strdup_printf("%u", index);
	g_autofree char *sql = g_strconcat(stored ? frozen_stored : frozen_given, retry_sql, NULL);
	const char *const params[] = { stored ? plan->id : set->ids, stored ? batch : set->generations };

	return connection_query(self->connection, sql, G_N_ELEMENTS(params), params, ret_result, error);
}

/* What is written beside the messages; the workers hear of them when the batch is committed. */
static bool
finish(
    Outbox *self, const BulkPlan *plan, unsigned index, const PGresult *result, uint64_t done, GError **error)
{
	g_autoptr(GPtrArray) statements = statements_new();

	if (plan->id != NULL)
		retry_plan_stage_progress(plan, index, result, statements);
	if (done > 0)
		g_ptr_array_add(statements, statement_new(WAKE_WORKERS, 0, NULL, -1, "notification"));
	return statements->len == 0 || connection_flush(self->connection, statements, error);
}

static bool
retry(Outbox *self, BulkPlan *plan, unsigned index, GError **error)
{
	g_autoptr(PGresult) result = NULL;
	uint64_t done;

	if (!act(self, plan, index, &result, error) || !outbox_count(result, 0, "done", &done, error) ||
	    !outbox_take_left_out(result, plan, error))
		return false;
	plan->done += done;
	return finish(self, plan, index, result, done, error);
}

bool
outbox_retry_batch(OutboxPort *port, BulkPlan *plan, unsigned index, GError **error)
{
	Outbox *self = (Outbox *)port;
	bool pending = true;

	if (plan->id != NULL && !retry_plan_lock_batch(self, plan, index, &pending, error))
		return false;
	return !pending || retry(self, plan, index, error);
}
