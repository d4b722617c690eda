#include "base/error.h"
#include "persistence/error_mapping.h"
#include "persistence/server_text.h"

#include <string.h>

char *
connection_place(const PGconn *conn)
{
	const char *host = PQhost(conn);
	const char *port = PQport(conn);

	if (host == NULL || host[0] == '\0')
		return g_strdup("localhost");
	return port == NULL || port[0] == '\0' ? g_strdup(host) : g_strdup_printf("%s:%s", host, port);
}

static bool
is_sqlstate(const char *text)
{
	for (int i = 0; i < 5; i++) {
		if (!g_ascii_isdigit(text[i]) && !g_ascii_isupper(text[i]))
			return false;
	}
	return strncmp(text + 5, ": ", 2) == 0;
}

/*
 * libpq 15 tells the SQLSTATE of a refused login only inside its verbose text: "FATAL:  28P01: password …".
 * Of several addresses that were tried the last one counts. Returns what follows the SQLSTATE, or NULL.
 */
static const char *
find_sqlstate(const char *said, char sqlstate[static 6])
{
	const char *found = NULL;

	for (const char *at = strstr(said, ":  "); at != NULL; at = strstr(at + 1, ":  ")) {
		if (is_sqlstate(at + 3)) {
			found = at + 3 + 7;
			g_strlcpy(sqlstate, at + 3, 6);
		}
	}
	return found;
}

/* What libpq says after 'connection to server at "…", port … failed: ', or all of it. */
static char *
reason_of(const char *said)
{
	const char *failed = strstr(said, " failed: ");

	return server_text(failed != NULL ? failed + strlen(" failed: ") : said);
}

static char *
login_sentence(const PGconn *conn, const char *place, const char *sqlstate, const char *said)
{
	const char *user = PQuser(conn);
	const char *database = PQdb(conn);

	if (strcmp(sqlstate, "28P01") == 0)
		return g_strdup_printf("the server at '%s' refused the password of user '%s'", place, user);
	if (g_str_has_prefix(sqlstate, "28"))
		return g_strdup_printf("the server at '%s' refused user '%s' for database '%s': %s", place,
		    user, database, said);
	if (strcmp(sqlstate, "3D000") == 0)
		return g_strdup_printf("the server at '%s' has no database '%s'", place, database);
	if (strcmp(sqlstate, "57P03") == 0)
		return g_strdup_printf(
		    "the server at '%s' takes no connections now, try again later: %s", place, said);
	if (strcmp(sqlstate, "53300") == 0)
		return g_strdup_printf(
		    "the server at '%s' has no connection left, try again later: %s", place, said);
	return g_strdup_printf(
	    "the server at '%s' refused database '%s' to user '%s': %s", place, database, user, said);
}

static char *
local_sentence(const PGconn *conn, const char *place, const char *said)
{
	static const char unknown_host[] = "could not translate host name ";
	g_autofree char *reason = reason_of(said);

	/* Nothing was filled in: the parameters themselves are wrong. */
	if (PQuser(conn) == NULL)
		return g_strdup_printf("the connection's settings are wrong: %s", reason);
	if (PQconnectionNeedsPassword(conn))
		return g_strdup_printf(
		    "the server at '%s' asks for the password of user '%s': put it into ~/.pgpass or "
		    "PGPASSWORD",
		    place, PQuser(conn));
	if (strstr(said, unknown_host) != NULL)
		return g_strdup_printf(
		    "host '%s' is unknown: is the name right, and can this machine look it up?",
		    PQhost(conn));
	return g_strdup_printf("no connection to the server at '%s': %s", place, reason);
}

void
error_from_connect(GError **error, const PGconn *conn)
{
	const char *said = PQerrorMessage(conn);
	char sqlstate[6] = "";
	g_autofree char *place = connection_place(conn);
	const char *after = find_sqlstate(said, sqlstate);
	g_autofree char *sentence = NULL;
	g_autoptr(GError) made = NULL;

	if (after != NULL) {
		g_autofree char *reason = server_text(after);
		sentence = login_sentence(conn, place, sqlstate, reason);
	} else {
		sentence = local_sentence(conn, place, said);
	}
	g_set_error(&made, SB_ERROR, SB_ERROR_UNAVAILABLE, "%s", sentence);
	sb_error_set_origin(made, sqlstate, NULL);
	g_propagate_error(error, g_steal_pointer(&made));
}
