#include "behaviors/transaction.h"

#include "base/error.h"
#include "persistence/error_mapping.h"

bool
run_writes(const CommandRun *run)
{
	switch (run->def->effect) {
	case EFFECT_LOCAL:
	case EFFECT_READ: return false;
	case EFFECT_READ_AUDITED:
	case EFFECT_WRITE:
	case EFFECT_DESTRUCTIVE: return true;
	}
	return false;
}

void
transaction_forget(InfrastructureSession *self)
{
	unit_of_work_reset(self->work);
	self->of_script = false;
	g_clear_pointer(&self->xid, g_free);
	connection_set_deadline(self->connection, 0);
}

void
transaction_rollback(InfrastructureSession *self)
{
	g_clear_pointer(&self->events, g_ptr_array_unref);
	/* A failure discards the connection, and the transaction with it. */
	connection_rollback(self->connection, NULL);
	transaction_forget(self);
}

/* The answer to COMMIT did not come: another connection has to tell. */
static bool
resolve(InfrastructureSession *self, const GError *lost, GError **error)
{
	g_autofree char *xid = g_strdup(self->xid);
	bool committed;

	if (xid == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE, "%s: nothing was done", lost->message);
		return false;
	}
	if (!commit_outcome(self, xid, &committed, error))
		return false;
	if (!committed)
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the connection was lost during COMMIT and the server rolled back: nothing was done");
	return committed;
}

/* The flush failed at or before COMMIT, or after it was done. */
static bool
settle_failure(
    InfrastructureSession *self, const Statement *commit, GError *failure, bool *commit_sent, GError **error)
{
	g_autoptr(GError) mine = failure;

	if (commit->result != NULL && g_str_equal(PQcmdStatus(commit->result), "COMMIT"))
		return true;
	if (error_is_lost_connection(mine) || !connection_is_alive(self->connection))
		return resolve(self, mine, error);
	/* The server refused it in so many words. */
	*commit_sent = false;
	g_propagate_error(error, g_steal_pointer(&mine));
	return false;
}

bool
transaction_commit(InfrastructureSession *self, GPtrArray *statements, bool *commit_sent, GError **error)
{
	Statement *commit = statement_new("COMMIT", 0, NULL, -1, "commit");
	GError *failure = NULL;

	commit->keep_result = true;
	g_ptr_array_add(statements, commit);
	*commit_sent = true;
	if (!connection_flush(self->connection, statements, &failure))
		return settle_failure(self, commit, failure, commit_sent, error);
	/* After an error inside the transaction COMMIT succeeds, with this tag. */
	if (!g_str_equal(PQcmdStatus(commit->result), "COMMIT")) {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL,
		    "the server answered COMMIT with '%s': nothing was done", PQcmdStatus(commit->result));
		return false;
	}
	return true;
}
