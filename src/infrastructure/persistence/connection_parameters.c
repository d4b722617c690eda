#include "persistence/connection_parameters.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* What a connection has unless the context says otherwise: a peer that vanished is noticed within a minute.
 */
static const char *const parameters_before[] = {
	"fallback_application_name",
	"signalbox",
	"keepalives_idle",
	"30",
	"keepalives_interval",
	"10",
	"keepalives_count",
	"3",
	"tcp_user_timeout",
	"30000",
	NULL,
};

/* Later ones win: texts that are no UTF-8 would break every promise of base/text.h. */
static const char *const parameters_after[] = { "client_encoding", "UTF8", NULL };

static void
add_pairs(GPtrArray *keywords, GPtrArray *values, const char *const *pairs)
{
	for (; pairs != NULL && pairs[0] != NULL && pairs[1] != NULL; pairs += 2) {
		g_ptr_array_add(keywords, g_strdup(pairs[0]));
		g_ptr_array_add(values, g_strdup(pairs[1]));
	}
}

ConnectionParameters *
connection_parameters_new(const Context *context)
{
	ConnectionParameters *self = g_new0(ConnectionParameters, 1);
	g_autoptr(GPtrArray) keywords = g_ptr_array_new();
	g_autoptr(GPtrArray) values = g_ptr_array_new();

	add_pairs(keywords, values, parameters_before);
	add_pairs(keywords, values, (const char *const *)context->conninfo);
	add_pairs(keywords, values, parameters_after);
	g_ptr_array_add(keywords, NULL);
	g_ptr_array_add(values, NULL);
	self->keywords = (char **)g_ptr_array_steal(keywords, NULL);
	self->values = (char **)g_ptr_array_steal(values, NULL);
	return self;
}

void
connection_parameters_free(ConnectionParameters *self)
{
	if (self == NULL)
		return;
	/* There may be a password among them. */
	for (char **value = self->values; *value != NULL; value++)
		explicit_bzero(*value, strlen(*value));
	g_strfreev(self->keywords);
	g_strfreev(self->values);
	g_free(self);
}

static const char *
value_of(const ConnectionParameters *self, const char *keyword)
{
	const char *value = NULL;

	for (size_t i = 0; self->keywords[i] != NULL; i++) {
		if (strcmp(self->keywords[i], keyword) == 0)
			value = self->values[i];
	}
	return value != NULL && value[0] != '\0' ? value : NULL;
}

static bool
is_address(const char *host)
{
	unsigned char address[sizeof(struct in6_addr)];

	return host[0] == '\0' || host[0] == '/' || host[0] == '@' ||
	    inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1;
}

static const char *
value_or_environment(const ConnectionParameters *self, const char *keyword, const char *variable)
{
	const char *value = value_of(self, keyword);

	if (value == NULL)
		value = g_getenv(variable);
	return value != NULL ? value : "";
}

char *
connection_parameters_place(const ConnectionParameters *self)
{
	const char *host = value_or_environment(self, "host", "PGHOST");
	const char *port = value_or_environment(self, "port", "PGPORT");

	if (host[0] == '\0')
		host = value_or_environment(self, "hostaddr", "PGHOSTADDR");
	if (host[0] == '\0')
		host = "localhost";
	return port[0] == '\0' ? g_strdup(host) : g_strdup_printf("%s:%s", host, port);
}

bool
connection_parameters_need_lookup(const ConnectionParameters *self)
{
	const char *database = value_of(self, "dbname");
	const char *hosts = value_or_environment(self, "host", "PGHOST");

	if (value_or_environment(self, "hostaddr", "PGHOSTADDR")[0] != '\0')
		return false;
	/* A service file or a whole connection string may name a host, too. */
	if (value_or_environment(self, "service", "PGSERVICE")[0] != '\0')
		return true;
	if (database != NULL && (strchr(database, '=') != NULL || strstr(database, "://") != NULL))
		return true;

	g_auto(GStrv) each = g_strsplit(hosts, ",", -1);
	for (char **host = each; *host != NULL; host++) {
		if (!is_address(*host))
			return true;
	}
	return false;
}
