#include "reliability/outbox/outbox_internal.h"

#include "base/error.h"

const char *
outbox_text(const PGresult *result, int row, const char *column)
{
	int number = PQfnumber(result, column);

	g_assert(number >= 0);
	return PQgetisnull(result, row, number) ? NULL : PQgetvalue(result, row, number);
}

bool
outbox_count(const PGresult *result, int row, const char *column, uint64_t *ret_count, GError **error)
{
	const char *text = outbox_text(result, row, column);

	if (text != NULL && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT64, ret_count, NULL))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "column '%s' holds '%s', which is no count", column,
	    text != NULL ? text : "null");
	return false;
}

bool
outbox_take_left_out(const PGresult *result, BulkPlan *plan, GError **error)
{
	for (int row = 0; row < PQntuples(result); row++) {
		const char *reason = outbox_text(result, row, "reason");
		uint64_t count;

		if (!outbox_count(result, row, "left_out", &count, error))
			return false;
		if (reason != NULL)
			bulk_plan_skip(plan, reason, count);
	}
	return true;
}
