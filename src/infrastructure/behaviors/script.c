#include "behaviors/behaviors.h"

#include "base/error.h"
#include "behaviors/publish.h"
#include "behaviors/transaction.h"
#include "persistence/row_statement.h"

bool
script_commit(Session *session, GError **error)
{
	g_autoptr(GPtrArray) none = statements_new();
	InfrastructureSession *self = infrastructure_session(session);
	Duration limit = session->context->statement_timeout;
	bool commit_sent;

	if (!self->of_script)
		return true;
	if (!connection_in_transaction(self->connection)) {
		transaction_rollback(self);
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the script's transaction was lost with its connection: nothing was done");
		return false;
	}
	connection_set_deadline(self->connection, limit == 0 ? 0 : g_get_monotonic_time() + limit);
	if (!transaction_commit(self, none, &commit_sent, error)) {
		transaction_rollback(self);
		return false;
	}
	transaction_forget(self);
	publish_events(self);
	return true;
}

void
script_rollback(Session *session)
{
	transaction_rollback(infrastructure_session(session));
}
