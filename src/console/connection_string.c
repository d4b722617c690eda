#include "connection_string.h"

#include <glib.h>
#include <string.h>

/* Names as they are without blanks and case: `SSL Mode` and `SslMode` are one. */
static const struct {
	const char *name;
	const char *keyword;
} keywords[] = {
	{ "host", "host" },
	{ "server", "host" },
	{ "port", "port" },
	{ "database", "dbname" },
	{ "db", "dbname" },
	{ "username", "user" },
	{ "userid", "user" },
	{ "uid", "user" },
	{ "password", "password" },
	{ "pwd", "password" },
	{ "psw", "password" },
	{ "sslmode", "sslmode" },
	{ "rootcertificate", "sslrootcert" },
	{ "passfile", "passfile" },
};

static const char *
keyword_of(const char *name)
{
	g_auto(GStrv) parts = g_strsplit(name, " ", -1);
	g_autofree char *joined = g_strjoinv("", parts);

	for (gsize i = 0; i < G_N_ELEMENTS(keywords); i++) {
		if (g_ascii_strcasecmp(keywords[i].name, joined) == 0)
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

/* Between quotes of either kind, doubled inside, it may hold anything. */
static char *
read_quoted(const char **cursor, char quote)
{
	GString *value = g_string_new(NULL);
	const char *at = *cursor + 1;

	while (*at != '\0') {
		if (*at == quote && *++at != quote)
			break;
		g_string_append_c(value, *at++);
	}
	*cursor = at;
	return g_string_free(value, FALSE);
}

/* Up to the `;` that ends it. */
static char *
read_value(const char **cursor)
{
	char *value;

	*cursor += strspn(*cursor, " ");
	value = **cursor == '\'' || **cursor == '"' ? read_quoted(cursor, **cursor)
						    : g_strchomp(g_strndup(*cursor, strcspn(*cursor, ";")));
	*cursor += strcspn(*cursor, ";");
	return value;
}

char **
connection_string_read(const char *text)
{
	g_autoptr(GPtrArray) conninfo = g_ptr_array_new();
	const char *at = text != NULL ? text : "";

	while (*at != '\0') {
		size_t length = strcspn(at, "=;");
		g_autofree char *name = g_strndup(at, length);
		const char *keyword = keyword_of(name);
		g_autofree char *value = NULL;

		at += length;
		if (*at == '=') {
			at++;
			value = read_value(&at);
		}
		at += *at == ';';
		if (keyword == NULL || value == NULL)
			continue;
		g_ptr_array_add(conninfo, g_strdup(keyword));
		g_ptr_array_add(
		    conninfo, strcmp(keyword, "sslmode") == 0 ? ssl_mode(value) : g_steal_pointer(&value));
	}
	g_ptr_array_add(conninfo, NULL);
	return (char **)g_ptr_array_steal(conninfo, NULL);
}
