#include "persistence/error_mapping.h"

#include "base/error.h"
#include "persistence/error_constraint.h"
#include "persistence/server_text.h"

#include <string.h>

/* `before` and `after` stand around what the server said. The first rule whose prefix fits counts. */
typedef struct StateRule {
	const char *prefix;
	SbErrorCode code;
	const char *before;
	const char *after;
} StateRule;

#define SCHEMA_HINT ": 'signalbox migrations apply --all' creates the reference schema"
#define SHAPE_HINT ": 'signalbox migrations status' says whether the schema is complete"

static const StateRule state_rules[] = {
	{ "40001", SB_ERROR_CONCURRENCY, "another transaction got in the way: ", "" },
	{ "40P01", SB_ERROR_CONCURRENCY, "another transaction got in the way: ", "" },
	{ "55P03", SB_ERROR_TIMEOUT, "someone else holds a lock that this needs: ", "" },
	{ "57014", SB_ERROR_TIMEOUT, "the server stopped the statement: ", "" },
	{ "25006", SB_ERROR_REFUSED, "the server takes no writes from this connection: ", "" },
	{ "42501", SB_ERROR_REFUSED, "the server refuses it: ", "" },
	{ "42703", SB_ERROR_UNAVAILABLE, "", SHAPE_HINT },
	{ "3F000", SB_ERROR_UNAVAILABLE, "", SCHEMA_HINT },
	{ "42P07", SB_ERROR_CONFLICT, "", "" },
	{ "42701", SB_ERROR_CONFLICT, "", "" },
	{ "42710", SB_ERROR_CONFLICT, "", "" },
	{ "42", SB_ERROR_USAGE, "", "" },
	{ "0A", SB_ERROR_USAGE, "", "" },
	{ "22021", SB_ERROR_VALIDATION, "the database cannot store this text: ", "" },
	{ "22P05", SB_ERROR_VALIDATION, "the database cannot store this text: ", "" },
	{ "22", SB_ERROR_VALIDATION, "", "" },
	{ "P0001", SB_ERROR_CONFLICT, "", "" },
	{ "53100", SB_ERROR_UNAVAILABLE, "the server is out of disk space: ", "" },
	{ "53", SB_ERROR_UNAVAILABLE, "the server is short of resources: ", "" },
	{ "57P", SB_ERROR_UNAVAILABLE, "the server ended the connection: ", "" },
	{ "25P03", SB_ERROR_UNAVAILABLE, "the server ended the connection: ", "" },
	{ "08", SB_ERROR_UNAVAILABLE, "the connection was lost: ", "" },
	{ "58", SB_ERROR_UNAVAILABLE, "the server has trouble with its files: ", "" },
	{ "XX001", SB_ERROR_CORRUPT, "the server found damaged data: ", "" },
	{ "XX002", SB_ERROR_CORRUPT, "the server found damaged data: ", "" },
	{ "", SB_ERROR_INTERNAL, "unexpected error of the server: ", "" },
};

static const char *const reference_tables[] = { "users", "subscriptions", "posts", "tags", "post_tags",
	"products", "orders", "order_lines", "payments", "outbox_messages", "outbox_attempts",
	"outbox_topics", "retry_plans", "retry_plan_batches", "dispatchers", "idempotency_records",
	"audit_entries", "audit_personal_values", "signalbox_migrations", "signalbox_backfills", NULL };

static const StateRule *
rule_of(const char *sqlstate)
{
	const StateRule *rule = state_rules;

	while (!g_str_has_prefix(sqlstate, rule->prefix))
		rule++;
	return rule;
}

/* The name between the first pair of quotes, without a schema: the server has no field for it. */
static bool
names_reference_table(const char *said)
{
	g_auto(GStrv) parts = g_strsplit(said, "\"", 3);

	if (g_strv_length(parts) < 3)
		return false;
	const char *dot = strrchr(parts[1], '.');
	return g_strv_contains(reference_tables, dot != NULL ? dot + 1 : parts[1]);
}

static void
set_missing_table(GError **error, const char *said)
{
	if (names_reference_table(said))
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE, "%s" SCHEMA_HINT, said);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND, "%s", said);
}

static void
set_by_state(GError **error, const char *sqlstate, const char *said)
{
	const StateRule *rule = rule_of(sqlstate);

	if (rule->prefix[0] == '\0' && sqlstate[0] != '\0')
		g_set_error(error, SB_ERROR, (int)rule->code, "%s%s (%s)", rule->before, said, sqlstate);
	else
		g_set_error(error, SB_ERROR, (int)rule->code, "%s%s%s", rule->before, said, rule->after);
}

static void
set_from_server(GError **error, const PGresult *result, const char *sqlstate, bool cancelled_by_us)
{
	g_autofree char *said = server_text(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));

	if (cancelled_by_us && strcmp(sqlstate, "57014") == 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "cancelled: nothing was done");
	} else if (g_str_has_prefix(sqlstate, "23")) {
		SbErrorCode code;
		g_autofree char *sentence = constraint_sentence(result, &code);

		g_set_error(error, SB_ERROR, (int)code, "%s", sentence);
	} else if (strcmp(sqlstate, "42P01") == 0) {
		set_missing_table(error, said);
	} else {
		set_by_state(error, sqlstate, said);
	}
}

void
error_from_result(GError **error, const PGresult *result, const PGconn *conn, bool cancelled_by_us)
{
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
	g_autoptr(GError) made = NULL;

	if (sqlstate != NULL) {
		set_from_server(&made, result, sqlstate, cancelled_by_us);
	} else {
		/* libpq's own words: it made the result, or there is none. */
		bool lost = PQstatus(conn) != CONNECTION_OK;
		g_autofree char *said =
		    server_text(result != NULL ? PQresultErrorMessage(result) : PQerrorMessage(conn));

		sqlstate = lost ? SQLSTATE_CONNECTION_FAILURE : "";
		set_by_state(&made, sqlstate, said);
	}
	sb_error_set_origin(made, sqlstate, constraint);
	g_propagate_error(error, g_steal_pointer(&made));
}

void
error_blame_typed_sql(GError *error)
{
	static const char *const hints[] = { SCHEMA_HINT, SHAPE_HINT };
	const char *sqlstate = sb_error_sqlstate(error);

	if (!g_str_has_prefix(sqlstate, "42") || strcmp(sqlstate, "42501") == 0)
		return;
	error->code = SB_ERROR_USAGE;
	for (size_t i = 0; i < G_N_ELEMENTS(hints); i++) {
		if (g_str_has_suffix(error->message, hints[i]))
			error->message[strlen(error->message) - strlen(hints[i])] = '\0';
	}
}

bool
error_is_lost_connection(const GError *error)
{
	static const char *const endings[] = { "08", "57P01", "57P02", "57P04", "57P05", "25P03" };
	const char *sqlstate = sb_error_sqlstate(error);

	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		if (g_str_has_prefix(sqlstate, endings[i]))
			return true;
	}
	return false;
}
