#include "connection_string.h"

#include <glib.h>
#include <string.h>

static const struct {
	const char *name;
	const char *keyword;
} keywords[] = {
	{ "host", "host" },
	{ "server", "host" },
	{ "port", "port" },
	{ "database", "dbname" },
	{ "username", "user" },
	{ "user id", "user" },
	{ "password", "password" },
	{ "ssl mode", "sslmode" },
	{ "root certificate", "sslrootcert" },
	{ "passfile", "passfile" },
};

static const char *
keyword_of(const char *name)
{
	for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++) {
		if (g_ascii_strcasecmp(keywords[i].name, name) == 0)
			return keywords[i].keyword;
	}
	return NULL;
}

/* `Require`, `VerifyFull` as libpq spells them. */
static char *
ssl_mode(const char *value)
{
	if (g_ascii_strcasecmp(value, "VerifyFull") == 0)
		return g_strdup("verify-full");
	if (g_ascii_strcasecmp(value, "VerifyCA") == 0)
		return g_strdup("verify-ca");
	return g_ascii_strdown(value, -1);
}

char **
connection_string_read(const char *text)
{
	g_autoptr(GPtrArray) conninfo = g_ptr_array_new();
	g_auto(GStrv) parts = g_strsplit(text != NULL ? text : "", ";", -1);

	for (char **part = parts; *part != NULL; part++) {
		char *equals = strchr(*part, '=');
		const char *keyword;

		if (equals == NULL)
			continue;
		*equals = '\0';
		keyword = keyword_of(g_strstrip(*part));
		if (keyword == NULL)
			continue;
		g_ptr_array_add(conninfo, g_strdup(keyword));
		g_ptr_array_add(conninfo,
		    strcmp(keyword, "sslmode") == 0 ? ssl_mode(g_strstrip(equals + 1))
						    : g_strdup(g_strstrip(equals + 1)));
	}
	g_ptr_array_add(conninfo, NULL);
	return (char **)g_ptr_array_steal(conninfo, NULL);
}
