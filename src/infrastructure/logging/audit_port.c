#include "logging/audit_port.h"

#include "base/error.h"
#include "logging/audit_chain.h"
#include "logging/audit_personal.h"
#include "persistence/server_time.h"

#define BATCH "1000"
#define READ_BATCH                                                                                           \
	"SELECT id, position, " SERVER_MICROSECONDS(                                                         \
	    "at") " AS at, operator, os_user, host, context, command, reason,"                               \
		  " effect, outcome, targets::text, before::text, after::text, previous_hash, hash"          \
		  " FROM audit_entries WHERE position > $1 ORDER BY position LIMIT " BATCH

typedef struct Chain {
	AuditPort port;
	Connection *connection;
} Chain;

/* How far a walk has come. */
typedef struct Walk {
	int64_t position;
	char *hash;
	uint64_t entries;
	gint64 started;
} Walk;

static const char *
text_of(const PGresult *result, int row, const char *column)
{
	int number = PQfnumber(result, column);

	return PQgetisnull(result, row, number) ? NULL : PQgetvalue(result, row, number);
}

static bool
read_entry(const PGresult *result, int row, AuditEntry *entry, GError **error)
{
	*entry = (AuditEntry){
		.id = text_of(result, row, "id"),
		.position = g_ascii_strtoll(text_of(result, row, "position"), NULL, 10),
		.operator_name = text_of(result, row, "operator"),
		.os_user = text_of(result, row, "os_user"),
		.host = text_of(result, row, "host"),
		.context = text_of(result, row, "context"),
		.command = text_of(result, row, "command"),
		.reason = text_of(result, row, "reason"),
		.effect = text_of(result, row, "effect"),
		.outcome = text_of(result, row, "outcome"),
		.targets = text_of(result, row, "targets"),
		.before = text_of(result, row, "before"),
		.after = text_of(result, row, "after"),
		.previous_hash = text_of(result, row, "previous_hash"),
	};
	return server_time_parse(text_of(result, row, "at"), &entry->at, error);
}

static bool
broken(const AuditEntry *entry, const char *how, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
	    "the audit chain is broken at entry %" G_GINT64_FORMAT " '%s': %s", entry->position, entry->id,
	    how);
	return false;
}

static bool
check_entry(const Walk *walk, const AuditEntry *entry, const char *stored_hash, GError **error)
{
	g_autofree char *hash = NULL;

	if (entry->position != walk->position + 1) {
		g_autofree char *how =
		    g_strdup_printf("entry %" G_GINT64_FORMAT " before it is missing", entry->position - 1);

		return broken(entry, how, error);
	}
	if (!g_str_equal(entry->previous_hash, walk->hash))
		return broken(entry, "it does not follow the entry before it", error);
	hash = audit_entry_hash(entry);
	if (!g_str_equal(hash, stored_hash))
		return broken(
		    entry, "it was changed after it was written: its hash is not that of its columns", error);
	return true;
}

static bool
walk_batch(Walk *walk, const PGresult *result, GError **error)
{
	for (int row = 0; row < PQntuples(result); row++) {
		const char *hash = text_of(result, row, "hash");
		AuditEntry entry;

		if (!read_entry(result, row, &entry, error) || !check_entry(walk, &entry, hash, error))
			return false;
		g_free(walk->hash);
		walk->hash = g_strdup(hash);
		walk->position = entry.position;
		walk->entries++;
	}
	return true;
}

static void
report(const Walk *walk, Frontend *frontend)
{
	gint64 elapsed = MAX(g_get_monotonic_time() - walk->started, 1);

	if (frontend->progress == NULL)
		return;
	frontend->progress(frontend,
	    &(Progress){ .what = "audit entries",
		.done = walk->entries,
		.rate = (double)walk->entries * (double)DURATION_SECOND / (double)elapsed,
		.left = -1 });
}

static bool
walk_all(Chain *self, Walk *walk, Frontend *frontend, GError **error)
{
	int rows;

	do {
		g_autofree char *after = g_strdup_printf("%" G_GINT64_FORMAT, walk->position);
		g_autoptr(PGresult) result = NULL;

		if (!connection_query(
			self->connection, READ_BATCH, 1, (const char *const[]){ after }, &result, error) ||
		    !walk_batch(walk, result, error))
			return false;
		rows = PQntuples(result);
		report(walk, frontend);
	} while (rows > 0);
	return true;
}

static bool
verify(AuditPort *self, Frontend *frontend, uint64_t *ret_entries, GError **error)
{
	Walk walk = { .hash = g_strdup(AUDIT_CHAIN_START), .started = g_get_monotonic_time() };
	bool whole = walk_all((Chain *)self, &walk, frontend, error) &&
	    audit_personal_verify(((Chain *)self)->connection, error);

	*ret_entries = walk.entries;
	g_free(walk.hash);
	return whole;
}

AuditPort *
audit_port_new(Connection *connection)
{
	Chain *self = g_new0(Chain, 1);

	self->port.verify = verify;
	self->connection = connection;
	return &self->port;
}

void
audit_port_free(AuditPort *self)
{
	g_free(self);
}
