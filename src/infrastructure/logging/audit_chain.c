#include "logging/audit_chain.h"

#include "digest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void
append_text(GString *out, const char *name, const char *value)
{
	if (value == NULL)
		g_string_append_printf(out, "%s=null\n", name);
	else
		g_string_append_printf(out, "%s=%zu:%s\n", name, strlen(value), value);
}

static void
append_number(GString *out, const char *name, int64_t value)
{
	g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, value);

	append_text(out, name, text);
}

/* What is no json (the column can't hold that) is taken as it is. */
static void
append_json(GString *out, const char *name, const char *value)
{
	json_t *json = value == NULL ? NULL : json_loads(value, JSON_DECODE_ANY, NULL);
	char *canonical =
	    json == NULL ? NULL : json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);

	append_text(out, name, canonical == NULL ? value : canonical);
	free(canonical);
	json_decref(json);
}

char *
audit_entry_canonical(const AuditEntry *entry)
{
	GString *out = g_string_new("signalbox audit entry 1\n");

	append_text(out, "id", entry->id);
	append_number(out, "position", entry->position);
	append_number(out, "at", entry->at);
	append_text(out, "operator", entry->operator_name);
	append_text(out, "os_user", entry->os_user);
	append_text(out, "host", entry->host);
	append_text(out, "context", entry->context);
	append_text(out, "command", entry->command);
	append_text(out, "reason", entry->reason);
	append_text(out, "effect", entry->effect);
	append_text(out, "outcome", entry->outcome);
	append_json(out, "targets", entry->targets);
	append_json(out, "before", entry->before);
	append_json(out, "after", entry->after);
	append_text(out, "previous_hash", entry->previous_hash);
	return g_string_free(out, FALSE);
}

char *
audit_entry_hash(const AuditEntry *entry)
{
	g_autofree char *canonical = audit_entry_canonical(entry);

	return sha256_hex(canonical, strlen(canonical));
}

char *
audit_personal_hash(const char *salt, const char *value)
{
	g_autofree char *salted = g_strdup_printf("%s:%s", salt, value);
	g_autofree char *hash = sha256_hex(salted, strlen(salted));

	return g_strdup_printf("sha256:%s", hash);
}
