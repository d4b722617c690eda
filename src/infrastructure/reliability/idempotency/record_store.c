#include "reliability/idempotency/record_store.h"

#include "base/error.h"
#include "base/uuid.h"
#include "persistence/row_statement.h"

/* A key can be purged between the claim and the look at who has it. */
#define CLAIM_TRIES 3

#define SET_LOCK_TIMEOUT "SELECT set_config('lock_timeout', $1, true)"
/* A partial unique index on expiry cannot exist, so an expired record is taken over in place. */
#define INSERT_RECORD                                                                                        \
	"INSERT INTO idempotency_records (id, operator, key, request_hash, created_at, expires_at)"          \
	" VALUES ($1, session_user, $2, $3, now(), now() + interval '" IDEMPOTENCY_RETENTION "')"            \
	" ON CONFLICT (operator, key) DO UPDATE SET id = excluded.id, request_hash = excluded.request_hash," \
	" result = NULL, created_at = excluded.created_at, expires_at = excluded.expires_at"                 \
	" WHERE idempotency_records.expires_at <= now()"                                                     \
	" RETURNING id"
#define SELECT_RECORD                                                                                        \
	"SELECT request_hash, result::text FROM idempotency_records WHERE operator = session_user AND key "  \
	"= $1"
#define COMPLETE_RECORD                                                                                      \
	"UPDATE idempotency_records SET result = $2::jsonb WHERE operator = session_user AND key = $1"

static Statement *
lock_timeout_statement(const char *value)
{
	return statement_new(SET_LOCK_TIMEOUT, 1, (const char *const[]){ value }, 1, "lock_timeout");
}

static bool
is_wait_that_ended(const GError *error)
{
	const char *sqlstate = sb_error_sqlstate(error);

	return g_str_equal(sqlstate, "55P03") ||
	    (g_str_equal(sqlstate, "57014") && sb_error_is(error, SB_ERROR_TIMEOUT));
}

static bool
refuse_wait(const Claim *claim, GError *failure, GError **error)
{
	g_autoptr(GError) mine = failure;

	if (!is_wait_that_ended(mine)) {
		g_propagate_error(error, g_steal_pointer(&mine));
		return false;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
	    "the first run with the idempotency key '%s' has not ended: try again when it has", claim->key);
	return false;
}

static bool
insert_record(Connection *connection, const Claim *claim, bool *ret_claimed, GError **error)
{
	g_autoptr(GPtrArray) statements = statements_new();
	Uuid id = uuid_v7();
	g_autofree char *id_text = uuid_to_string(&id);
	Statement *insert = statement_new(INSERT_RECORD, 3,
	    (const char *const[]){ id_text, claim->key, claim->request_hash }, -1, "idempotency key");
	GError *failure = NULL;

	insert->keep_result = true;
	g_ptr_array_add(statements, lock_timeout_statement(claim->lock_timeout));
	g_ptr_array_add(statements, insert);
	g_ptr_array_add(statements, lock_timeout_statement(claim->lock_timeout_after));
	if (!connection_flush(connection, statements, &failure))
		return refuse_wait(claim, failure, error);
	*ret_claimed = PQntuples(insert->result) == 1;
	return true;
}

static ClaimResult
judge(const Claim *claim, const PGresult *result, char **ret_result)
{
	if (!g_str_equal(PQgetvalue(result, 0, 0), claim->request_hash))
		return CLAIM_OTHER_REQUEST;
	if (PQgetisnull(result, 0, 1))
		return CLAIM_UNFINISHED;
	*ret_result = g_strdup(PQgetvalue(result, 0, 1));
	return CLAIM_DONE;
}

bool
record_claim(
    Connection *connection, const Claim *claim, ClaimResult *ret_claim, char **ret_result, GError **error)
{
	for (int tries = 0; tries < CLAIM_TRIES; tries++) {
		g_autoptr(PGresult) result = NULL;
		bool claimed;

		if (!insert_record(connection, claim, &claimed, error))
			return false;
		if (claimed) {
			*ret_claim = CLAIM_NEW;
			return true;
		}
		if (!connection_query(
			connection, SELECT_RECORD, 1, (const char *const[]){ claim->key }, &result, error))
			return false;
		if (PQntuples(result) == 1) {
			*ret_claim = judge(claim, result, ret_result);
			return true;
		}
	}
	g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
	    "the idempotency key '%s' is claimed and purged again and again: try later", claim->key);
	return false;
}

Statement *
record_complete(const char *key, const char *result)
{
	g_autofree char *subject = g_strdup_printf("idempotency key '%s'", key);

	return statement_new(COMPLETE_RECORD, 2, (const char *const[]){ key, result }, 1, subject);
}
