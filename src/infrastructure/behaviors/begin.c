#include "behaviors/steps.h"

#include "base/error.h"
#include "behaviors/transaction.h"
#include "persistence/row_statement.h"

/* Beyond the server's own time-out, so that its answer comes first. */
#define DEADLINE_MARGIN (5 * DURATION_SECOND)

static gint64
deadline_of(const CommandRun *run)
{
	Duration timeout = run->arguments->common.timeout;

	if (timeout > 0)
		return g_get_monotonic_time() + timeout;
	if ((run->def->flags & (COMMAND_STREAMS | COMMAND_OWN_SESSION)) != 0 ||
	    run->context->statement_timeout == 0)
		return 0;
	return g_get_monotonic_time() + run->context->statement_timeout + DEADLINE_MARGIN;
}

/* What the lines before did is gone with it: the rest must not stand alone. */
static bool
check_script_stands(const InfrastructureSession *self, GError **error)
{
	if (!self->of_script || connection_in_transaction(self->connection))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
	    "the script's transaction was lost with its connection: nothing was done");
	return false;
}

/* A connection that is there and has no transaction open, unless the script's one goes on. */
static bool
make_ready(const CommandRun *run, Connection *connection, GError **error)
{
	if (!run->within_script && connection_is_alive(connection) && connection_in_transaction(connection))
		connection_discard(connection);
	return connection_is_alive(connection) || connection_reopen(connection, error);
}

static void
stage(GPtrArray *statements, const char *sql)
{
	g_ptr_array_add(statements, statement_new(sql, 0, NULL, -1, "begin"));
}

/* Never READ WRITE, so that default_transaction_read_only holds. A script may write after it has read. */
static void
stage_begin(const CommandRun *run, GPtrArray *statements)
{
	bool read_only = !run_writes(run) && !run->within_script;

	stage(statements,
	    read_only ? "BEGIN READ ONLY, ISOLATION LEVEL READ COMMITTED"
		      : "BEGIN ISOLATION LEVEL READ COMMITTED");
	if ((run->def->flags & COMMAND_OWN_SESSION) == 0)
		return;
	stage(statements, "RESET SESSION AUTHORIZATION");
	stage(statements, "RESET ALL");
	stage(statements, "DISCARD TEMP");
}

bool
begin_before(CommandRun *run, GError **error)
{
	g_autoptr(GPtrArray) statements = statements_new();
	InfrastructureSession *self;
	Statement *settings;

	if (run->def->effect == EFFECT_LOCAL)
		return true;
	if (run->session == NULL) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_INTERNAL, "'%s' was run without a connection", run->def->name);
		return false;
	}
	self = infrastructure_session(run->session);
	unit_of_work_reset(self->work);
	connection_set_deadline(self->connection, deadline_of(run));
	if ((run->within_script && !check_script_stands(self, error)) ||
	    !make_ready(run, self->connection, error))
		return false;
	/* What the server said while nothing ran is not this run's. */
	g_ptr_array_unref(connection_take_notices(self->connection));
	if (!connection_in_transaction(self->connection))
		stage_begin(run, statements);
	settings = settings_statement(run, (run->def->flags & COMMAND_OWN_SESSION) == 0);
	g_ptr_array_add(statements, settings);
	if (!connection_flush(self->connection, statements, error) || !settings_read(run, settings, error))
		return false;
	self->of_script = run->within_script;
	return true;
}
