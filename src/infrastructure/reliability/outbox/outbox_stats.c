#include "reliability/outbox/outbox_internal.h"

#include "persistence/reader/rows.h"

/*
 * One walk over the messages that wait for somebody, which the partial index on (ordering_key, sequence)
 * finds; each counts once. What ended is counted by its own index, and all that were ever processed are
 * estimated from the size of theirs.
 */
static const char stats_sql[] =
    "WITH waiting AS MATERIALIZED ("
    " SELECT m.topic, m.state_type, CASE WHEN m.state_type = 'Dead' THEN 'dead'"
    "   WHEN m.lease_owner IS NULL THEN"
    "    CASE WHEN m.blocked THEN 'blocked' WHEN m.available_at > now() THEN 'due later' ELSE 'due' END"
    "   WHEN " LIVE_LEASE " AND (d.heartbeat_at < now() - interval '60 seconds') IS NOT TRUE THEN 'leased'"
    "   ELSE 'leased by a dead worker' END AS name,"
    "  count(*) AS count, min(m.occurred_at) AS oldest"
    " FROM outbox_messages m LEFT JOIN dispatchers d ON d.id = m.lease_owner"
    " WHERE m.state_type IN ('Pending', 'Dead') GROUP BY 1, 2, 3)"
    " SELECT name, count, oldest FROM ("
    "  SELECT k.place, k.name, coalesce(sum(w.count), 0)::bigint AS count, min(w.oldest) AS oldest"
    "   FROM (VALUES (1, 'due'), (2, 'due later'), (3, 'leased'), (4, 'leased by a dead worker'),"
    "    (5, 'blocked'), (6, 'dead')) AS k (place, name) LEFT JOIN waiting w USING (name) GROUP BY 1, 2"
    "  UNION ALL SELECT 7, 'discarded', count(*), min(discarded_at)"
    "   FROM outbox_messages WHERE state_type = 'Discarded'"
    "  UNION ALL SELECT 8, 'processed (last hour)', count(*), min(processed_at)"
    "   FROM outbox_messages WHERE state_type = 'Processed' AND processed_at > now() - interval '1 hour'"
    "  UNION ALL SELECT 9, 'processed (estimate)', (SELECT nullif(reltuples, -1)::bigint FROM pg_class"
    "    WHERE oid = to_regclass('ix_outbox_messages_processed_at')),"
    "   (SELECT min(processed_at) FROM outbox_messages WHERE state_type = 'Processed')"
    "  UNION ALL SELECT 10, 'topic ' || topic, sum(count)::bigint, min(oldest)"
    "   FROM waiting WHERE state_type = 'Pending' GROUP BY topic"
    " ) AS s ORDER BY place, name";

bool
outbox_stats(OutboxPort *port, Frontend *frontend, GError **error)
{
	Outbox *self = (Outbox *)port;

	return outbox_begin_walk(self, error) &&
	    show_query(self->connection, "counts", stats_sql, 0, NULL, frontend, error);
}
