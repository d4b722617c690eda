#include "reliability/outbox/outbox_internal.h"

#include "persistence/reader/list_query.h"
#include "persistence/reader/rows.h"

#define STRING(value) STRING_OF(value)
#define STRING_OF(value) #value
#define WHOLE_LENGTH "2000"

/*
 * available_at of a dead message is when its last attempt was due: the time of the failure, without a look
 * into the attempts of every one. Ids rise with time, so the greatest one is a new sample.
 */
static const char errors_sql[] =
    "WITH kinds AS ("
    " SELECT error_fingerprint, type, count(*) AS count, min(available_at) AS first,"
    "  max(available_at) AS last, count(*) FILTER (WHERE available_at > now() - interval '1 hour') AS recent,"
    "  max(id::text COLLATE \"C\") AS sample"
    " FROM outbox_messages WHERE state_type = 'Dead' GROUP BY 1, 2),"
    " groups AS ("
    " SELECT error_fingerprint, sum(count)::bigint AS count, min(first) AS first, max(last) AS last,"
    "  sum(recent)::bigint AS last_hour, string_agg(type, ', ' ORDER BY count DESC, type) AS types,"
    "  max(sample)::uuid AS sample_id"
    " FROM kinds GROUP BY 1)"
    " SELECT g.error_fingerprint AS fingerprint, g.count, g.first, g.last, g.last_hour, g.types,"
    "  left(m.last_error, $1::integer) AS sample_error, g.sample_id"
    " FROM groups g LEFT JOIN outbox_messages m ON m.id = g.sample_id"
    " ORDER BY g.count DESC, g.error_fingerprint";

bool
outbox_errors(OutboxPort *port, Frontend *frontend, GError **error)
{
	Outbox *self = (Outbox *)port;
	const char *length = frontend->whole_values ? WHOLE_LENGTH : STRING(LIST_VALUE_LENGTH);

	return outbox_begin_walk(self, error) &&
	    show_query(
		self->connection, "groups", errors_sql, 1, (const char *const[]){ length }, frontend, error);
}
