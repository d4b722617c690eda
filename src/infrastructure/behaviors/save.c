#include "behaviors/steps.h"

#include "base/error.h"
#include "behaviors/dry_run.h"
#include "behaviors/transaction.h"
#include "logging/audit_writer.h"
#include "persistence/row_statement.h"
#include "reliability/idempotency/record_store.h"
#include "reliability/idempotency/stored_result.h"
#include "reliability/outbox/outbox_writer.h"

/* The first step of a bulk verb only counts and freezes; the batches that follow are what is audited. */
static bool
is_planning(const CommandRun *run)
{
	return run->def->bulk != NULL && run->plan == NULL;
}

/* What an audited read has shown stays shown, whatever is rolled back. */
static bool
is_dry(const CommandRun *run)
{
	return run->arguments->common.dry_run && run->def->effect != EFFECT_READ_AUDITED;
}

/* A replay changed nothing, and a dry run will not have. */
static bool
is_audited(const CommandRun *run)
{
	return !run->replayed && !is_dry(run) && !is_planning(run);
}

/* What a read found is already shown: how its transaction ends can't make it wrong. */
static void
end_read(InfrastructureSession *self)
{
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(self->connection, "COMMIT", 0, NULL, &result, NULL))
		connection_rollback(self->connection, NULL);
	transaction_forget(self);
}

/* Aggregates before messages; either reactions or the outbox gets the events, never both. */
static void
collect(CommandRun *run, InfrastructureSession *self, GPtrArray *statements)
{
	g_autoptr(GPtrArray) events = unit_of_work_take_events(self->work);

	unit_of_work_statements(self->work, run, statements);
	if (!run->context->events_in_process) {
		outbox_write(events, statements);
		return;
	}
	if (self->events == NULL)
		self->events = g_steal_pointer(&events);
	else
		g_ptr_array_extend_and_steal(self->events, g_steal_pointer(&events));
}

static void
complete_key(const CommandRun *run, GPtrArray *statements)
{
	g_autofree char *result = NULL;

	if (!run_has_key(run) || run->replayed)
		return;
	result = stored_result_of(run);
	g_ptr_array_add(statements, record_complete(run->arguments->common.idempotency_key, result));
}

/* A command with settings of its own gave the transaction none, and may have made the audit table itself. */
static bool
take_settings(CommandRun *run, InfrastructureSession *self, GError **error)
{
	g_autoptr(GPtrArray) statements = NULL;
	Statement *settings;

	if ((run->def->flags & COMMAND_OWN_SESSION) == 0)
		return true;
	statements = statements_new();
	settings = settings_statement(run, true);
	g_ptr_array_add(statements, settings);
	return connection_flush(self->connection, statements, error) && settings_read(run, settings, error);
}

/* `*ret_last` are the statements that go with COMMIT. */
static bool
flush(CommandRun *run, InfrastructureSession *self, GPtrArray *last, GError **error)
{
	g_autoptr(GPtrArray) statements = statements_new();
	Statement *head = NULL;

	if (!take_settings(run, self, error))
		return false;
	if (run->def->effect == EFFECT_READ_AUDITED && !self->has_audit) {
		g_set_error(error, SB_ERROR, SB_ERROR_REFUSED,
		    "'%s' has to leave an audit entry and there is no table 'audit_entries': 'signalbox "
		    "migrations apply"
		    " --all' makes it",
		    run->def->name);
		return false;
	}
	collect(run, self, statements);
	complete_key(run, statements);
	dry_run_note(run, statements);
	if (is_audited(run) && self->has_audit)
		head = audit_stage_head(statements);
	if (statements->len > 0 && !connection_flush(self->connection, statements, error))
		return false;
	return head == NULL || audit_stage_entry(run, head, self->has_personal, last, error);
}

static bool
finish(CommandRun *run, InfrastructureSession *self, GPtrArray *last, GError **error)
{
	if (run->within_script) {
		bool flushed = last->len == 0 || connection_flush(self->connection, last, error);

		unit_of_work_reset(self->work);
		return flushed;
	}
	if (is_dry(run)) {
		transaction_rollback(self);
		return true;
	}
	if (!transaction_commit(self, last, &run->commit_sent, error))
		return false;
	transaction_forget(self);
	run->committed = true;
	return true;
}

/* Shown with the run's own notes; never part of a stored result. */
static void
pass_on_notices(CommandRun *run, Connection *connection)
{
	g_autoptr(GPtrArray) said = connection_take_notices(connection);

	for (guint i = 0; i < said->len; i++)
		run_note(run, NOTE_NOTICE, "%s", (const char *)g_ptr_array_index(said, i));
}

bool
save_after(CommandRun *run, GError **error)
{
	g_autoptr(GPtrArray) last = statements_new();
	InfrastructureSession *self;

	if (run->def->effect == EFFECT_LOCAL)
		return true;
	self = infrastructure_session(run->session);
	if (run_writes(run)) {
		if (!flush(run, self, last, error) || !finish(run, self, last, error))
			return false;
	} else if (!run->within_script) {
		end_read(self);
	}
	pass_on_notices(run, self->connection);
	return true;
}
