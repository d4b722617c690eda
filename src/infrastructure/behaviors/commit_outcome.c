#include "behaviors/transaction.h"

#include "base/error.h"

#include <poll.h>

/* What a lost COMMIT may cost beyond the run's own deadline. */
#define OUTCOME_LIMIT (10 * DURATION_SECOND)
#define ASK_AGAIN_MS 200

typedef enum Outcome {
	OUTCOME_COMMITTED,
	OUTCOME_ABORTED,
	OUTCOME_NOT_YET, /* still running, or the server can't be asked at the moment */
	OUTCOME_NEVER,   /* the server does not know it any more */
} Outcome;

static Outcome
outcome_of(const PGresult *result)
{
	const char *status;

	if (PQgetisnull(result, 0, 0))
		return OUTCOME_NEVER;
	status = PQgetvalue(result, 0, 0);
	if (g_str_equal(status, "committed"))
		return OUTCOME_COMMITTED;
	return g_str_equal(status, "aborted") ? OUTCOME_ABORTED : OUTCOME_NOT_YET;
}

static Outcome
ask(InfrastructureSession *self, const char *xid)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_is_alive(self->connection) && !connection_reopen(self->connection, NULL))
		return OUTCOME_NOT_YET;
	if (!connection_query(self->connection, "SELECT pg_catalog.pg_xact_status($1::pg_catalog.xid8)", 1,
		(const char *const[]){ xid }, &result, NULL))
		return OUTCOME_NOT_YET;
	return outcome_of(result);
}

/* A while passes, or the operator has had enough: false. */
static bool
wait_a_while(const CancelToken *cancel, gint64 deadline)
{
	struct pollfd fired = { .fd = cancel_token_fd(cancel), .events = POLLIN };

	if (g_get_monotonic_time() >= deadline)
		return false;
	return poll(&fired, 1, ASK_AGAIN_MS) <= 0;
}

bool
commit_outcome(InfrastructureSession *self, const char *xid, bool *ret_committed, GError **error)
{
	gint64 deadline = g_get_monotonic_time() + OUTCOME_LIMIT;
	Outcome outcome;

	/* What was cancelled was the run; only a second wish ends the search for its outcome. */
	cancel_token_reset(self->session.cancel);
	connection_set_deadline(self->connection, deadline);
	do {
		outcome = ask(self, xid);
	} while (outcome == OUTCOME_NOT_YET && wait_a_while(self->session.cancel, deadline));

	if (outcome == OUTCOME_COMMITTED || outcome == OUTCOME_ABORTED) {
		*ret_committed = outcome == OUTCOME_COMMITTED;
		return true;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_UNKNOWN_OUTCOME,
	    "the connection was lost during COMMIT of transaction '%s' and nobody can tell whether it "
	    "stands: look at"
	    " the rows, or run it again with the same --idempotency-key",
	    xid);
	return false;
}
