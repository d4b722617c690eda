#include "reliability/outbox/retry_plan_store.h"

#include "base/error.h"
#include "base/text.h"
#include "persistence/reader/cells.h"

#define U64 G_GUINT64_FORMAT

#define LOCK_BATCH                                                                                           \
	"SELECT state_type, done_count, skipped_count FROM retry_plan_batches"                               \
	" WHERE plan_id = $1::uuid AND batch_number = $2::integer FOR NO KEY UPDATE"
#define FINISH_BATCH                                                                                         \
	"UPDATE retry_plan_batches SET state_type = 'Done', done_count = $3, skipped_count = $4,"            \
	" finished_at = now() WHERE plan_id = $1::uuid AND batch_number = $2"
/* The counts tell, not the other batches: one that another console finishes meanwhile can't be seen yet. */
#define IS_LAST "done + skipped + failed + $2::bigint + $3::bigint >= total"
#define ADVANCE_PLAN                                                                                         \
	"UPDATE retry_plans SET done = done + $2::bigint, skipped = skipped + $3::bigint,"                   \
	" exceptions = exceptions || $4::jsonb,"                                                             \
	" state_type = CASE WHEN " IS_LAST " THEN 'Done' ELSE 'Running' END,"                                \
	" finished_at = CASE WHEN " IS_LAST " THEN now() END WHERE id = $1::uuid"

/* With the plan locked no batch can end, so that what is read after it belongs to its counts. */
#define LOAD_PLAN                                                                                            \
	"SELECT total, done, failed, operator, filter, date_trunc('second', created_at) AS created_at"       \
	" FROM retry_plans WHERE id = $1::uuid FOR NO KEY UPDATE"
#define LOAD_LEFT_OUT                                                                                        \
	"SELECT e.value->>'reason' AS reason, sum((e.value->>'count')::bigint)::bigint AS left_out"          \
	" FROM retry_plans p, jsonb_array_elements(p.exceptions) AS e WHERE p.id = $1::uuid GROUP BY 1"
#define LOAD_BATCHES                                                                                         \
	"SELECT batch_number, state_type FROM retry_plan_batches WHERE plan_id = $1::uuid ORDER BY 1"
#define FORGET_PLAN "DELETE FROM retry_plans WHERE id = $1::uuid AND state_type = 'Frozen'"

static void
retry_set_free(gpointer data)
{
	RetrySet *self = data;

	g_free(self->ids);
	g_free(self->generations);
	g_free(self->counted);
	g_free(self);
}

RetrySet *
retry_set_of(BulkPlan *plan)
{
	RetrySet *self = g_new0(RetrySet, 1);

	plan->data = self;
	plan->free_data = retry_set_free;
	return self;
}

static bool
no_plan(const char *id, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND, "no retry plan '%s'", id);
	return false;
}

/* What another console did belongs to the same set, and so to the same report. */
static bool
take_over(const PGresult *result, BulkPlan *plan, GError **error)
{
	uint64_t done, skipped;

	if (!outbox_count(result, 0, "done_count", &done, error) ||
	    !outbox_count(result, 0, "skipped_count", &skipped, error))
		return false;
	plan->done += done;
	bulk_plan_skip(plan, "skipped by another console", skipped);
	return true;
}

bool
retry_plan_lock_batch(Outbox *outbox, BulkPlan *plan, unsigned index, bool *ret_pending, GError **error)
{
	const RetrySet *set = plan->data;
	g_autofree char *batch = g_strdup_printf("%u", index);
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(
		outbox->connection, LOCK_BATCH, 2, (const char *const[]){ plan->id, batch }, &result, error))
		return false;
	if (PQntuples(result) == 0)
		return no_plan(plan->id, error);
	*ret_pending = g_str_equal(outbox_text(result, 0, "state_type"), "Pending");
	if (*ret_pending || (set->counted != NULL && set->counted[index]))
		return true;
	return take_over(result, plan, error);
}

void
retry_plan_stage_progress(const BulkPlan *plan, unsigned index, const PGresult *result, GPtrArray *statements)
{
	g_autofree char *batch = g_strdup_printf("%u", index);
	g_autofree char *subject = g_strdup_printf("retry plan '%s'", plan->id);
	const char *done = outbox_text(result, 0, "done");
	const char *skipped = outbox_text(result, 0, "skipped");
	const char *exceptions = outbox_text(result, 0, "exceptions");

	g_ptr_array_add(statements,
	    statement_new(
		FINISH_BATCH, 4, (const char *const[]){ plan->id, batch, done, skipped }, 1, subject));
	g_ptr_array_add(statements,
	    statement_new(
		ADVANCE_PLAN, 4, (const char *const[]){ plan->id, done, skipped, exceptions }, 1, subject));
}

static void
say_origin(const PGresult *result, BulkPlan *plan)
{
	g_autoptr(GString) frozen_at = g_string_new(NULL);
	g_autofree char *operator_name = text_sanitised(outbox_text(result, 0, "operator"), TEXT_SINGLE_LINE);
	g_autofree char *filter = text_sanitised(outbox_text(result, 0, "filter"), TEXT_SINGLE_LINE);

	append_rfc3339(frozen_at, outbox_text(result, 0, "created_at"));
	bulk_plan_say(plan, "frozen %s by '%s'%s%s", frozen_at->str, operator_name,
	    *filter != '\0' ? ": " : "", filter);
}

static bool
load_counts(Outbox *self, BulkPlan *plan, GError **error)
{
	const char *const params[] = { plan->id };
	g_autoptr(PGresult) result = NULL;
	g_autoptr(PGresult) left_out = NULL;

	if (!connection_query(self->connection, LOAD_PLAN, 1, params, &result, error))
		return false;
	if (PQntuples(result) == 0)
		return no_plan(plan->id, error);
	say_origin(result, plan);
	return outbox_count(result, 0, "total", &plan->total, error) &&
	    outbox_count(result, 0, "done", &plan->done, error) &&
	    outbox_count(result, 0, "failed", &plan->failed, error) &&
	    connection_query(self->connection, LOAD_LEFT_OUT, 1, params, &left_out, error) &&
	    outbox_take_left_out(left_out, plan, error);
}

/* A run begins with the first batch that is pending; those behind it may be done all the same. */
static bool
load_batches(Outbox *self, BulkPlan *plan, GError **error)
{
	g_autoptr(PGresult) result = NULL;
	RetrySet *set = plan->data;

	if (!connection_query(
		self->connection, LOAD_BATCHES, 1, (const char *const[]){ plan->id }, &result, error))
		return false;
	plan->batches = (unsigned)PQntuples(result);
	plan->first_batch = plan->batches;
	set->counted = g_new0(bool, plan->batches + 1);
	for (unsigned i = plan->batches; i-- > 0;) {
		uint64_t number;

		if (!outbox_count(result, (int)i, "batch_number", &number, error))
			return false;
		if (number != i) {
			g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
			    "retry plan '%s' lacks its batch %u: freeze the set again", plan->id, i);
			return false;
		}
		set->counted[i] = g_str_equal(outbox_text(result, (int)i, "state_type"), "Done");
		if (!set->counted[i])
			plan->first_batch = i;
	}
	return true;
}

bool
outbox_load_retry(OutboxPort *port, const Uuid *plan_id, BulkPlan *plan, GError **error)
{
	Outbox *self = (Outbox *)port;
	uint64_t handled;

	plan->id = uuid_to_string(plan_id);
	retry_set_of(plan);
	if (!load_counts(self, plan, error) || !load_batches(self, plan, error))
		return false;
	handled = plan->done + plan->failed + bulk_plan_skipped(plan);
	bulk_plan_say(plan, "%" U64 " of %" U64 " messages were done before, %" U64 " skipped", plan->done,
	    plan->total, bulk_plan_skipped(plan));
	plan->title = g_strdup_printf(
	    "Retry the other %" U64 " of %" U64 " outbox messages?", plan->total - handled, plan->total);
	return true;
}

/* Only what nobody has begun with: a plan that was to go on is kept for another time. */
bool
outbox_discard_plan(OutboxPort *port, BulkPlan *plan, GError **error)
{
	const RetrySet *set = plan->data;
	g_autoptr(PGresult) result = NULL;

	if (plan->id == NULL || set->counted != NULL)
		return true;
	return connection_query(
	    ((Outbox *)port)->connection, FORGET_PLAN, 1, (const char *const[]){ plan->id }, &result, error);
}
