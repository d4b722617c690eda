#include "logging/audit_writer.h"

#include "base/uuid.h"
#include "logging/audit_chain.h"
#include "logging/audit_image.h"
#include "persistence/server_time.h"

/* An entry stands only for what committed. */
#define OUTCOME_DONE "Done"

#define TAKE_LOCK "SELECT pg_advisory_xact_lock(" AUDIT_LOCK_KEY ")"
/* clock_timestamp(), not now(): the lock may have been waited for. */
#define READ_HEAD                                                                                            \
	"SELECT session_user AS operator, " SERVER_MICROSECONDS(                                             \
	    "pg_catalog.clock_timestamp()") " AS at,"                                                        \
					    " head.position, head.hash FROM (SELECT 1) AS one LEFT JOIN"     \
					    " (SELECT position, hash FROM audit_entries ORDER BY position "  \
					    "DESC LIMIT 1) AS head ON true"
#define INSERT_ENTRY                                                                                         \
	"INSERT INTO audit_entries (id, position, at, operator, os_user, host, context, command, reason, "   \
	"effect, outcome,"                                                                                   \
	" targets, before, after, previous_hash, hash)"                                                      \
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb, $14::jsonb, $15, "   \
	"$16)"
#define INSERT_PERSONAL                                                                                      \
	"INSERT INTO audit_personal_values (entry_id, user_id, field, salt, value) VALUES ($1, $2, $3, $4, " \
	"$5)"

Statement *
audit_stage_head(GPtrArray *statements)
{
	Statement *head = statement_new(READ_HEAD, 0, NULL, 1, "audit chain");

	head->keep_result = true;
	g_ptr_array_add(statements, statement_new(TAKE_LOCK, 0, NULL, -1, "audit chain"));
	g_ptr_array_add(statements, head);
	return head;
}

static bool
read_head(const PGresult *result, AuditEntry *entry, GError **error)
{
	entry->operator_name = PQgetvalue(result, 0, PQfnumber(result, "operator"));
	entry->position = 1;
	entry->previous_hash = AUDIT_CHAIN_START;
	if (!PQgetisnull(result, 0, PQfnumber(result, "position"))) {
		const char *last = PQgetvalue(result, 0, PQfnumber(result, "position"));

		entry->position = g_ascii_strtoll(last, NULL, 10) + 1;
		entry->previous_hash = PQgetvalue(result, 0, PQfnumber(result, "hash"));
	}
	return server_time_parse(PQgetvalue(result, 0, PQfnumber(result, "at")), &entry->at, error);
}

static void
stage_entry(const AuditEntry *entry, GPtrArray *statements)
{
	g_autofree char *position = g_strdup_printf("%" G_GINT64_FORMAT, entry->position);
	g_autofree char *at = timestamp_format(entry->at);
	g_autofree char *hash = audit_entry_hash(entry);

	/* No count of rows is expected: COMMIT travels in the same flush. */
	g_ptr_array_add(statements,
	    statement_new(INSERT_ENTRY, 16,
		(const char *const[]){ entry->id, position, at, entry->operator_name, entry->os_user,
		    entry->host, entry->context, entry->command, entry->reason, entry->effect, entry->outcome,
		    entry->targets, entry->before, entry->after, entry->previous_hash, hash },
		-1, "audit entry"));
}

static void
stage_personal(const char *entry_id, const PersonalValue *personal, GPtrArray *statements)
{
	Statement *statement = statement_new(INSERT_PERSONAL, 5,
	    (const char *const[]){
		entry_id, personal->user_id, personal->field, personal->salt, personal->value },
	    -1, "audit entry");

	statement->secret = true;
	g_ptr_array_add(statements, statement);
}

bool
audit_stage_entry(
    const CommandRun *run, const Statement *head, bool has_personal, GPtrArray *statements, GError **error)
{
	g_autoptr(AuditImage) image = audit_image_new(run);
	g_autofree char *command = arguments_to_line(run->arguments, true);
	Uuid id = uuid_v7();
	g_autofree char *id_text = uuid_to_string(&id);
	AuditEntry entry = {
		.id = id_text,
		.os_user = g_get_user_name(),
		.host = g_get_host_name(),
		.context = run->context->name,
		.command = command,
		.reason = run->arguments->common.reason,
		.effect = effect_name(run->def->effect),
		.outcome = OUTCOME_DONE,
		.targets = image->targets,
		.before = image->before,
		.after = image->after,
	};

	if (!read_head(head->result, &entry, error))
		return false;
	for (guint i = 0; has_personal && i < image->personal->len; i++)
		stage_personal(id_text, g_ptr_array_index(image->personal, i), statements);
	stage_entry(&entry, statements);
	return true;
}
