#include "persistence/connection_private.h"

#include "base/error.h"

#include <string.h>

#define PARAMETER_LIMIT ((size_t)64 * 1024 * 1024)

bool
connection_send(Connection *self, const char *sql, int param_count, const char *const *params, GError **error)
{
	for (int i = 0; i < param_count; i++) {
		if (params[i] != NULL && strlen(params[i]) > PARAMETER_LIMIT) {
			g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION, "a value has more than %zu bytes",
			    PARAMETER_LIMIT);
			return false;
		}
	}
	if (PQsendQueryParams(self->conn, sql, param_count, NULL, params, NULL, NULL, 0))
		return true;
	return connection_refuse_send(self, error);
}

/* Reads every result of what was sent. The first error stays, otherwise the last result counts. */
static bool
collect(Connection *self, PGresult **ret_result, GError **error)
{
	g_autoptr(PGresult) kept = NULL;
	PGresult *result;
	bool copy = false;

	while ((result = connection_next_result(self)) != NULL) {
		if (result_is_copy(result)) {
			copy = true;
			connection_refuse_copy(self, result);
		}
		if (kept == NULL || PQresultStatus(kept) != PGRES_FATAL_ERROR) {
			PQclear(kept);
			kept = result;
		} else {
			PQclear(result);
		}
	}
	if (!connection_check_lost(self, kept, error))
		return false;
	if (copy) {
		connection_set_copy_refused(error);
		return false;
	}
	if (kept == NULL) {
		connection_set_stopped(self, error);
		return false;
	}
	if (!connection_accept(self, kept, error))
		return false;
	*ret_result = g_steal_pointer(&kept);
	return true;
}

bool
connection_query(Connection *self, const char *sql, int param_count, const char *const *params,
    PGresult **ret_result, GError **error)
{
	return connection_begin_use(self, error) && connection_send(self, sql, param_count, params, error) &&
	    collect(self, ret_result, error);
}

bool
connection_script(Connection *self, const char *sql, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_begin_use(self, error))
		return false;
	if (!PQsendQuery(self->conn, sql))
		return connection_refuse_send(self, error);
	return collect(self, &result, error);
}

bool
connection_rollback(Connection *self, GError **error)
{
	CancelToken *cancel = self->cancel;
	gint64 deadline = self->deadline;
	g_autoptr(PGresult) result = NULL;

	if (!connection_in_transaction(self))
		return true;
	self->cancel = NULL;
	self->deadline = g_get_monotonic_time() + CANCEL_GRACE;
	bool done = connection_query(self, "ROLLBACK", 0, NULL, &result, error);
	self->cancel = cancel;
	self->deadline = deadline;
	if (!done)
		connection_discard(self);
	return done;
}
