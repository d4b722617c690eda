#include "logging/audit_personal.h"

#include "base/error.h"
#include "logging/audit_chain.h"

#define HAS_TABLE "SELECT pg_catalog.to_regclass('audit_personal_values') IS NOT NULL AS found"
/* `field` is "email.after": the column, and the side on which the entry has its hash. */
#define READ_BATCH                                                                                           \
	"SELECT p.entry_id, p.user_id, p.field, p.salt, p.value, e.position,"                                \
	" (CASE split_part(p.field, '.', 2) WHEN 'before' THEN e.before ELSE e.after END)"                   \
	" #>> ARRAY['users ' || p.user_id, split_part(p.field, '.', 1)] AS hash"                             \
	" FROM audit_personal_values p LEFT JOIN audit_entries e ON e.id = p.entry_id"                       \
	" WHERE (p.entry_id, p.user_id, p.field) > ($1, $2, $3)"                                             \
	" ORDER BY p.entry_id, p.user_id, p.field LIMIT 1000"
#define FIRST_ID "00000000-0000-0000-0000-000000000000"

static const char *
text_of(const PGresult *result, int row, const char *column)
{
	int number = PQfnumber(result, column);

	return PQgetisnull(result, row, number) ? NULL : PQgetvalue(result, row, number);
}

static bool
check_value(const PGresult *result, int row, GError **error)
{
	const char *position = text_of(result, row, "position");
	g_autofree char *hash =
	    audit_personal_hash(text_of(result, row, "salt"), text_of(result, row, "value"));

	if (g_strcmp0(hash, text_of(result, row, "hash")) == 0)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
	    "the value '%s' of user '%s' beside audit entry %s '%s' is not the one that was written: its hash is "
	    "not that in the entry",
	    text_of(result, row, "field"), text_of(result, row, "user_id"), position != NULL ? position : "?",
	    text_of(result, row, "entry_id"));
	return false;
}

static bool
has_table(Connection *connection, bool *ret_found, GError **error)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(connection, HAS_TABLE, 0, NULL, &result, error))
		return false;
	*ret_found = g_str_equal(text_of(result, 0, "found"), "t");
	return true;
}

/* `*batch` is the one before, and becomes the next. */
static bool
read_batch(Connection *connection, PGresult **batch, GError **error)
{
	int last = *batch != NULL ? PQntuples(*batch) - 1 : -1;
	const char *const from[] = {
		last < 0 ? FIRST_ID : text_of(*batch, last, "entry_id"),
		last < 0 ? FIRST_ID : text_of(*batch, last, "user_id"),
		last < 0 ? "" : text_of(*batch, last, "field"),
	};
	PGresult *next = NULL;

	if (!connection_query(connection, READ_BATCH, G_N_ELEMENTS(from), from, &next, error))
		return false;
	PQclear(*batch);
	*batch = next;
	return true;
}

bool
audit_personal_verify(Connection *connection, GError **error)
{
	g_autoptr(PGresult) batch = NULL;
	bool found = false;

	if (!has_table(connection, &found, error))
		return false;
	while (found) {
		if (!read_batch(connection, &batch, error))
			return false;
		for (int row = 0; row < PQntuples(batch); row++)
			if (!check_value(batch, row, error))
				return false;
		found = PQntuples(batch) > 0;
	}
	return true;
}
