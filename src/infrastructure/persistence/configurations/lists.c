#include "persistence/list_configuration.h"

#include <string.h>

static const ListField users_fields[] = {
	{ "id", "u.id", .indexed = true },
	{ "email", "u.email", .indexed = true, .lookup = "lower(u.email) = lower($1)" },
	{ "display_name", "u.display_name", .indexed = true },
	{ "role", "u.role" },
	{ "state", "u.state_type" },
	{ "created_at", "u.created_at", .indexed = true },
	{ "updated_at", "u.updated_at" },
	{ "deactivated_at", "u.deactivated_at" },
	{ "erased_at", "u.erased_at" },
	{ "last_login_at", "u.last_login_at" },
	{ 0 },
};

static const ListField posts_fields[] = {
	{ "id", "p.id", .indexed = true },
	{ "title", "p.title", .indexed = true },
	{ "state", "p.state_type", .indexed = true },
	{ "author_email", "a.email", .indexed = true },
	{ "published_at", "p.published_at", .indexed = true },
	{ "created_at", "p.created_at", .indexed = true },
	{ "slug", "p.slug", .indexed = true },
	{ "author_id", "p.author_id", .indexed = true },
	{ "tags",
	    "(SELECT string_agg(t.name, ', ' ORDER BY t.name) FROM post_tags g JOIN tags t ON t.id = "
	    "g.tag_id "
	    "WHERE g.post_id = p.id)" },
	{ "excerpt", "p.excerpt" },
	{ "archived_at", "p.archived_at" },
	{ "updated_at", "p.updated_at" },
	{ "version", "p.xmin::text" },
	{ "content", "p.content" },
	{ 0 },
};

static const ListField outbox_fields[] = {
	{ "id", "m.id", .indexed = true },
	{ "type", "m.type" },
	{ "ordering_key", "m.ordering_key", .indexed = true },
	{ "state", "m.state_type", .indexed = true },
	{ "attempt_count", "m.attempt_count" },
	{ "max_attempts", "m.max_attempts" },
	{ "available_at", "m.available_at", .indexed = true },
	{ "last_error", "m.last_error" },
	{ "occurred_at", "m.occurred_at", .indexed = true },
	{ "topic", "m.topic" },
	{ "aggregate_type", "m.aggregate_type" },
	{ "aggregate_id", "m.aggregate_id", .indexed = true },
	{ "sequence", "m.sequence" },
	{ "blocked", "m.blocked" },
	{ "error_fingerprint", "m.error_fingerprint", .indexed = true },
	{ "protocol_code", "m.protocol_code" },
	{ "dispatcher", "m.dispatcher" },
	{ "lease_owner", "m.lease_owner" },
	{ "lease_expires_at", "m.lease_expires_at" },
	{ "lease_generation", "m.lease_generation" },
	{ "processed_at", "m.processed_at", .indexed = true },
	{ "discarded_at", "m.discarded_at", .indexed = true },
	{ "headers", "m.headers" },
	{ "payload", "m.payload" },
	{ 0 },
};

static const ListField idempotency_fields[] = {
	{ "id", "r.id", .indexed = true },
	{ "operator", "r.operator", .indexed = true },
	{ "key", "r.key" },
	{ "state", "CASE WHEN r.result IS NULL THEN 'Started' ELSE 'Completed' END" },
	{ "created_at", "r.created_at" },
	{ "expires_at", "r.expires_at", .indexed = true },
	{ "request_hash", "r.request_hash" },
	{ "result", "r.result" },
	{ 0 },
};

static const ListField audit_fields[] = {
	{ "id", "e.id", .indexed = true },
	{ "position", "e.position", .indexed = true },
	{ "at", "e.at", .indexed = true },
	{ "operator", "e.operator" },
	{ "os_user", "e.os_user" },
	{ "host", "e.host" },
	{ "context", "e.context" },
	{ "command", "e.command" },
	{ "reason", "e.reason" },
	{ "effect", "e.effect" },
	{ "outcome", "e.outcome" },
	{ "targets", "e.targets" },
	{ "before", "e.before" },
	{ "after", "e.after" },
	{ "previous_hash", "e.previous_hash" },
	{ "hash", "e.hash" },
	{ 0 },
};

/* The catalog as a table: what an operator may look into. */
#define TABLES_FROM                                                                                          \
	"(SELECT n.nspname || '.' || c.relname AS \"table\", n.nspname::text AS schema, c.relname::text AS " \
	"name, "                                                                                             \
	"CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' "       \
	"WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END AS kind, "                               \
	"CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples::bigint END AS rows, "                         \
	"pg_total_relation_size(c.oid) AS size, pg_get_userbyid(c.relowner)::text AS owner, "                \
	"obj_description(c.oid, 'pg_class') AS comment "                                                     \
	"FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "                                     \
	"WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', "                  \
	"'information_schema') "                                                                             \
	"AND n.nspname NOT LIKE 'pg\\_t%') s"

static const ListField tables_fields[] = {
	{ "table", "s.\"table\"", .indexed = true },
	{ "schema", "s.schema" },
	{ "name", "s.name" },
	{ "kind", "s.kind" },
	{ "rows", "s.rows" },
	{ "size", "s.size" },
	{ "owner", "s.owner" },
	{ "comment", "s.comment" },
	{ 0 },
};

static const ListConfiguration users_list = { "users", "users u", "users", users_fields };
static const ListConfiguration posts_list = { "posts", "posts p LEFT JOIN users a ON a.id = p.author_id",
	"posts", posts_fields };
static const ListConfiguration outbox_list = { "outbox", "outbox_messages m", "outbox_messages",
	outbox_fields };
static const ListConfiguration idempotency_list = { "idempotency", "idempotency_records r",
	"idempotency_records", idempotency_fields };
static const ListConfiguration audit_list = { "audit", "audit_entries e", "audit_entries", audit_fields };
static const ListConfiguration tables_list = { "tables", TABLES_FROM, NULL, tables_fields };

const ListConfiguration *const list_configurations[] = {
	&users_list,
	&posts_list,
	&outbox_list,
	&idempotency_list,
	&audit_list,
	&tables_list,
	NULL,
};

const ListConfiguration *
list_configuration_of(const ResourceDef *resource)
{
	for (const ListConfiguration *const *known = list_configurations; *known != NULL; known++) {
		if (strcmp((*known)->resource, resource->name) == 0)
			return *known;
	}
	return NULL;
}

static const ListField *
list_field(const ListConfiguration *self, const char *name)
{
	for (const ListField *field = self->fields; field->name != NULL; field++) {
		if (strcmp(field->name, name) == 0)
			return field;
	}
	return NULL;
}

const char *
list_expression(const ListConfiguration *self, const char *name)
{
	const ListField *field = list_field(self, name);

	g_assert(field != NULL);
	return field->expression;
}

const char *
list_lookup(const ListConfiguration *self, const char *name)
{
	const ListField *field = list_field(self, name);

	return field != NULL ? field->lookup : NULL;
}
