#include "application/resource.h"
#include "persistence/list_configuration.h"
#include "persistence/reader/filter_sql.h"
#include "reliability/outbox/freeze_summary.h"
#include "reliability/outbox/retry_plan_store.h"

/*
 * The set is judged, cut into batches, stored and summed up by one statement, so that all of it speaks of the
 * same moment. First comes `judged`: one row per message that was asked for, `fits` or a reason why not.
 * $1 is the plan's id, $2 the filter's text, $3 the operator's reason; what follows belongs to `judged`.
 */
#define JUDGED_COLUMNS                                                                                       \
	"m.lease_generation AS generation, m.sequence, m.occurred_at, m.type, m.ordering_key, "              \
	"m.error_fingerprint"

static const char judged_by_filter[] =
    "WITH judged AS MATERIALIZED ("
    "SELECT m.id, " JUDGED_COLUMNS ", true AS fits, NULL::text AS reason, NULL::timestamptz AS held_until"
    " FROM outbox_messages m WHERE m.state_type = 'Dead'";

static const char judged_by_ids[] =
    "WITH judged AS MATERIALIZED ("
    "SELECT w.id, " JUDGED_COLUMNS ", m.state_type = 'Dead' AND NOT " LIVE_LEASE " AS fits,"
    " CASE WHEN m.id IS NULL THEN 'not found' WHEN " LIVE_LEASE " THEN 'held by a live worker'"
    "  ELSE 'not dead (' || m.state_type || ')' END AS reason, " LIVE_LEASE_END " AS held_until"
    " FROM (SELECT DISTINCT id FROM unnest($4::uuid[]) AS u (id)) AS w"
    " LEFT JOIN outbox_messages m ON m.id = w.id";

/* A plan is stored when it has more than one batch; else its arrays are in the answer. */
static const char freeze_sql[] =
    "), asked AS MATERIALIZED (SELECT count(*) AS count FROM judged),"
    " fitting AS NOT MATERIALIZED (SELECT * FROM judged WHERE fits),"
    " batches AS MATERIALIZED ("
    "  SELECT number::integer, array_agg(id ORDER BY sequence) AS ids,"
    "   array_agg(generation ORDER BY sequence) AS generations"
    "  FROM (SELECT id, generation, sequence,"
    "    (row_number() OVER (ORDER BY sequence) - 1) / " RETRY_BATCH " AS number FROM fitting) AS n"
    "  GROUP BY number),"
    " left_out AS MATERIALIZED ("
    "  SELECT " REASON_UNTIL("reason",
	"max(held_until)") " AS reason, count(*) AS count,"
			   "   (array_agg(id ORDER BY id))[:" EXCEPTIONS_LISTED "] AS ids"
			   "  FROM judged WHERE fits IS NOT TRUE GROUP BY judged.reason),"
			   " plan AS ("
			   "  INSERT INTO retry_plans (id, filter, reason, total, skipped, exceptions)"
			   "  SELECT $1::uuid, $2::text, $3::text, (SELECT count FROM asked),"
			   "   (SELECT coalesce(sum(count), 0) FROM left_out),"
			   "   (SELECT coalesce(jsonb_agg(to_jsonb(l)), '[]') FROM left_out l)"
			   "  WHERE (SELECT count(*) FROM batches) > 1 RETURNING id),"
			   " stored AS ("
			   "  INSERT INTO retry_plan_batches (plan_id, batch_number, message_ids, generations)"
			   "  SELECT plan.id, b.number, b.ids, b.generations FROM plan, batches b),"
			   " kinds AS MATERIALIZED ("
			   "  SELECT type, error_fingerprint, count(*) AS count, min(occurred_at) AS oldest,"
			   "   max(occurred_at) AS newest"
			   "  FROM fitting GROUP BY 1, 2),"
			   " types AS (SELECT type, sum(count) AS count FROM kinds GROUP BY 1)"
			   " SELECT s.*, l.reason, coalesce(l.count, 0) AS left_out FROM (SELECT"
			   "  (SELECT count FROM asked) AS requested,"
			   "  (SELECT coalesce(sum(count), 0)::bigint FROM kinds) AS fitting,"
			   "  (SELECT count(*) FROM batches) AS batches,"
			   "  EXISTS (SELECT FROM plan) AS stored,"
			   "  (SELECT ids FROM batches WHERE NOT EXISTS (SELECT FROM plan)) AS ids,"
			   "  (SELECT generations FROM batches WHERE NOT EXISTS (SELECT FROM plan)) AS generations,"
			   "  (SELECT count(*) FROM (SELECT DISTINCT error_fingerprint FROM kinds) AS g) AS groups,"
			   "  (SELECT date_trunc('second', min(oldest)) FROM kinds) AS oldest,"
			   "  (SELECT date_trunc('second', max(newest)) FROM kinds) AS newest,"
			   "  (SELECT count(*) FROM (SELECT DISTINCT ordering_key FROM fitting"
			   "    WHERE ordering_key IS NOT NULL) AS k) AS keys,"
			   "  (SELECT count(*) FROM types) AS types,"
			   "  (SELECT string_agg(type || ' (' || count || ')', ', ' ORDER BY count DESC, type)"
			   "    FROM (SELECT * FROM types ORDER BY count DESC, type LIMIT " TYPES_NAMED_TEXT
			   ") AS t) AS names,"
			   "  (SELECT count(*) FROM fitting WHERE EXISTS (SELECT FROM outbox_attempts a"
			   "    WHERE a.message_id = fitting.id AND a.outcome = 'SentNoAnswer')) AS unanswered"
			   " ) AS s LEFT JOIN left_out l ON true ORDER BY l.reason";

static char *
id_array(const GArray *ids)
{
	GString *text = g_string_new("{");
	char id[UUID_TEXT_LENGTH + 1];

	for (guint i = 0; i < ids->len; i++) {
		uuid_format(&g_array_index(ids, Uuid, i), id);
		g_string_append_printf(text, "%s%s", i > 0 ? "," : "", id);
	}
	return g_string_free(g_string_append_c(text, '}'), FALSE);
}

static GString *
freeze_statement(const Filter *filter, const GArray *ids, GPtrArray *params)
{
	GString *sql = g_string_new(filter != NULL ? judged_by_filter : judged_by_ids);

	if (filter != NULL)
		filter_append_sql(
		    filter, &outbox_resource, list_configuration_of(&outbox_resource), sql, params);
	else
		g_ptr_array_add(params, id_array(ids));
	return g_string_append(sql, freeze_sql);
}

static bool
take_plan(const PGresult *result, const char *id, BulkPlan *plan, GError **error)
{
	RetrySet *set = retry_set_of(plan);
	uint64_t batches;

	if (!outbox_count(result, 0, "requested", &plan->total, error) ||
	    !outbox_count(result, 0, "batches", &batches, error))
		return false;
	plan->batches = (unsigned)batches;
	if (g_str_equal(outbox_text(result, 0, "stored"), "t"))
		plan->id = g_strdup(id);
	set->ids = g_strdup(outbox_text(result, 0, "ids"));
	set->generations = g_strdup(outbox_text(result, 0, "generations"));
	return outbox_take_left_out(result, plan, error) && freeze_summary(result, plan, error);
}

bool
outbox_freeze_retry(OutboxPort *port, const Filter *filter, const GArray *ids, const char *reason,
    BulkPlan *plan, GError **error)
{
	g_autoptr(GPtrArray) params = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(PGresult) result = NULL;
	Outbox *self = (Outbox *)port;
	Uuid id = uuid_v7();
	char *id_text = uuid_to_string(&id);

	g_assert((filter == NULL) != (ids == NULL));
	g_ptr_array_add(params, id_text);
	g_ptr_array_add(params, g_strdup(filter != NULL ? filter->text : ""));
	g_ptr_array_add(params, g_strdup(reason));
	g_autoptr(GString) sql = freeze_statement(filter, ids, params);

	return outbox_begin_walk(self, error) &&
	    connection_query(self->connection, sql->str, (int)params->len, (const char *const *)params->pdata,
		&result, error) &&
	    take_plan(result, id_text, plan, error);
}
