#include "configuration_sections.h"
#include "connection_string.h"

#include <string.h>

#define STATEMENT_TIMEOUT (30 * DURATION_SECOND)
#define LOCK_TIMEOUT (3 * DURATION_SECOND)
#define CONNECT_TIMEOUT (10 * DURATION_SECOND)

/* Keys that go to libpq as they are; connection security stays libpq's own. */
static const char *const libpq_keys[] = { "service", "host", "port", "dbname", "user", "sslmode",
	"sslrootcert", "passfile", NULL };

static const char *const context_keys[] = { "service", "host", "port", "dbname", "user", "sslmode",
	"sslrootcert", "passfile", "colour", "production", "mode", "reason", "schema", "statement_timeout",
	"lock_timeout", "connect_timeout", NULL };

static const char *const colours[] = { "red", "green", "yellow", "blue", "magenta", "cyan", "white", "grey",
	NULL };
static const char *const modes[] = { "read-write", "read-only", NULL };
static const char *const reasons[] = { "optional", "required", NULL };
static const char *const themes[] = { "dark", "light", "none", NULL };
static const char *const event_modes[] = { "outbox", "in-process", NULL };
static const char *const ssl_modes[] = { "disable", "allow", "prefer", "require", "verify-ca", "verify-full",
	NULL };
static const char *const truths[] = { "no", "yes", "false", "true", NULL };

/* Index of the entry's value in `choices`; `fallback` when the key is absent; -1 after an error. */
static int
read_choice(const KeyFile *file, const char *group, const char *key, const char *const *choices, int fallback,
    GError **error)
{
	const KeyFileEntry *entry = keyfile_get(file, group, key);
	g_autofree char *known = NULL;

	if (entry == NULL)
		return fallback;
	for (int i = 0; choices[i] != NULL; i++) {
		if (strcmp(choices[i], entry->value) == 0)
			return i;
	}
	known = g_strjoinv(", ", (char **)(guintptr)choices);
	keyfile_fail(
	    file, entry->line, error, "%s is '%s', but can only be one of %s", key, entry->value, known);
	return -1;
}

static bool
read_flag(const KeyFile *file, const char *group, const char *key, bool *flag, GError **error)
{
	int choice = read_choice(file, group, key, truths, *flag, error);

	*flag = choice % 2 == 1;
	return choice >= 0;
}

static bool
read_duration(const KeyFile *file, const char *group, const char *key, Duration *duration, GError **error)
{
	const KeyFileEntry *entry = keyfile_get(file, group, key);

	if (entry == NULL || duration_parse(entry->value, duration))
		return true;
	return keyfile_fail(file, entry->line, error, "%s is '%s', but a duration looks like 5s, 2m or 1h",
	    key, entry->value);
}

/* What libpq would only refuse at the first connection, without a line. */
static bool
check_conninfo(const KeyFile *file, const char *group, GError **error)
{
	const KeyFileEntry *port = keyfile_get(file, group, "port");
	guint64 number;

	if (port != NULL && !g_ascii_string_to_unsigned(port->value, 10, 1, 65535, &number, NULL))
		return keyfile_fail(
		    file, port->line, error, "port is '%s', but a port is 1 to 65535", port->value);
	return read_choice(file, group, "sslmode", ssl_modes, 0, error) >= 0;
}

static bool
check_schema(const KeyFile *file, const char *group, GError **error)
{
	const KeyFileEntry *schema = keyfile_get(file, group, "schema");

	return schema == NULL || *schema->value != '\0' ||
	    keyfile_fail(file, schema->line, error, "schema is empty: leave it out for 'public'");
}

static char *
read_text(const KeyFile *file, const char *group, const char *key, const char *fallback)
{
	const KeyFileEntry *entry = keyfile_get(file, group, key);

	return g_strdup(entry != NULL ? entry->value : fallback);
}

static void
read_conninfo(const KeyFile *file, const char *group, Context *context)
{
	g_autoptr(GPtrArray) conninfo = g_ptr_array_new();

	for (const char *const *key = libpq_keys; *key != NULL; key++) {
		const KeyFileEntry *entry = keyfile_get(file, group, *key);

		if (entry == NULL)
			continue;
		g_ptr_array_add(conninfo, g_strdup(*key));
		g_ptr_array_add(conninfo, g_strdup(entry->value));
	}
	g_ptr_array_add(conninfo, NULL);
	context->conninfo = (char **)g_ptr_array_steal(conninfo, NULL);
}

static Context *
context_with_defaults(const char *name)
{
	Context *context = g_new0(Context, 1);

	context->name = g_strdup(name);
	context->statement_timeout = STATEMENT_TIMEOUT;
	context->lock_timeout = LOCK_TIMEOUT;
	context->connect_timeout = CONNECT_TIMEOUT;
	return context;
}

void
configuration_context_free(Context *self)
{
	if (self == NULL)
		return;
	g_strfreev(self->conninfo);
	g_free(self->name);
	g_free(self->colour);
	g_free(self->schema);
	g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Context, configuration_context_free)

static bool
read_policy(const KeyFile *file, const char *group, Context *context, GError **error)
{
	int mode, reason, colour;

	if (!read_flag(file, group, "production", &context->production, error))
		return false;
	/* A production context starts read-only unless its section says otherwise. */
	mode = read_choice(file, group, "mode", modes, context->production ? 1 : 0, error);
	reason = mode < 0 ? -1 : read_choice(file, group, "reason", reasons, 0, error);
	colour =
	    reason < 0 ? -1 : read_choice(file, group, "colour", colours, G_N_ELEMENTS(colours) - 1, error);
	if (colour < 0)
		return false;
	context->read_only = mode == 1;
	context->reason_required = reason == 1;
	context->colour = g_strdup(colours[colour]);
	return true;
}

bool
configuration_read_context(const KeyFile *file, const char *group, Context **ret_context, GError **error)
{
	g_autofree char *name = g_strstrip(g_strdup(group + strlen("context ")));
	g_autoptr(Context) context = context_with_defaults(name);

	if (*name == '\0')
		return keyfile_fail(
		    file, keyfile_group_line(file, group), error, "a context needs a name: [context NAME]");
	if (!keyfile_check_keys(file, group, context_keys, error) || !check_conninfo(file, group, error) ||
	    !check_schema(file, group, error) || !read_policy(file, group, context, error) ||
	    !read_duration(file, group, "statement_timeout", &context->statement_timeout, error) ||
	    !read_duration(file, group, "lock_timeout", &context->lock_timeout, error) ||
	    !read_duration(file, group, "connect_timeout", &context->connect_timeout, error))
		return false;
	context->schema = read_text(file, group, "schema", "public");
	read_conninfo(file, group, context);
	*ret_context = g_steal_pointer(&context);
	return true;
}

bool
configuration_read_default(const KeyFile *file, char **ret_context, GError **error)
{
	static const char *const keys[] = { "context", NULL };

	if (!keyfile_check_keys(file, "default", keys, error))
		return false;
	*ret_context = read_text(file, "default", "context", NULL);
	return true;
}

bool
configuration_read_display(const KeyFile *file, DisplayWishes *wishes, char **ret_theme, GError **error)
{
	static const char *const keys[] = { "theme", "ascii", "mouse", NULL };
	const int unset = (int)G_N_ELEMENTS(themes) - 1;
	int theme;

	if (!keyfile_check_keys(file, "display", keys, error))
		return false;
	theme = read_choice(file, "display", "theme", themes, unset, error);
	if (theme < 0 || !read_flag(file, "display", "ascii", &wishes->ascii, error) ||
	    !read_flag(file, "display", "mouse", &wishes->mouse, error))
		return false;
	*ret_theme = g_strdup(themes[theme]);
	return true;
}

bool
configuration_check_section(const KeyFile *file, const char *group, GError **error)
{
	static const char *const keys[] = { "mode", NULL };

	if (strcmp(group, "events") != 0)
		return keyfile_fail(file, keyfile_group_line(file, group), error,
		    "unknown group [%s]: there are [default], [context NAME], [events] and [display]", group);
	return keyfile_check_keys(file, group, keys, error) &&
	    read_choice(file, group, "mode", event_modes, 0, error) >= 0;
}

void
configuration_apply_events(const KeyFile *file, Context *context)
{
	const KeyFileEntry *entry = keyfile_get(file, "events", "mode");

	context->events_in_process = entry != NULL && strcmp(entry->value, "in-process") == 0;
}

Context *
configuration_environment_context(const char *name)
{
	Context *context = context_with_defaults(name);
	const char *dotnet = g_getenv("ConnectionStrings__Database");

	context->schema = g_strdup("public");
	context->conninfo = connection_string_read(dotnet);
	return context;
}
