#include "behaviours/behaviours.h"

#include "base/error.h"
#include "confirm.h"

static bool refuse(const CommandRun *run, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool
refuse(const CommandRun *run, GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *why = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, SB_ERROR, SB_ERROR_REFUSED, "'%s' is refused: %s", run->def->name, why);
	return false;
}

static bool
check_mode(const CommandRun *run, GError **error)
{
	const ServerInfo *server = run->session != NULL ? run->session->server : NULL;

	if (run->read_only || run->arguments->common.read_only)
		return refuse(
		    run, error, "the console is read-only; start it without --read-only to change something");
	if (run->context != NULL && run->context->read_only)
		return refuse(run, error,
		    "context '%s' is read-only; mode=read-write in its section of the configuration lets it "
		    "write",
		    run->context->name);
	if (server != NULL && server->read_only)
		return refuse(run, error,
		    "the server takes no writes (a standby, or default_transaction_read_only); connect to "
		    "the primary");
	return true;
}

static bool
check_role(const CommandRun *run, GError **error)
{
	const ServerInfo *server = run->session != NULL ? run->session->server : NULL;

	if (server == NULL || server->role >= run->def->role)
		return true;
	return refuse(run, error, "it takes the role %s and '%s' is %s; ask for GRANT signalbox_%s TO \"%s\"",
	    role_name(run->def->role), server->session_user, role_name(server->role),
	    role_name(run->def->role), server->session_user);
}

static bool
check_reason(const CommandRun *run, GError **error)
{
	if (run->context == NULL || !run->context->reason_required || run->arguments->common.dry_run ||
	    run->arguments->common.reason != NULL)
		return true;
	return refuse(run, error, "context '%s' wants to know why; give --reason TEXT", run->context->name);
}

/* A plan is frozen before anybody can be asked about it. */
static bool
check_confirmation(const CommandRun *run, GError **error)
{
	bool planning = run->def->bulk != NULL && run->plan == NULL;

	if (planning || run->confirmed || !confirmation_is_needed(run))
		return true;
	return refuse(run, error, "it was not confirmed; --yes confirms it");
}

static bool
authorize(CommandRun *run, GError **error)
{
	switch (run->def->effect) {
	case EFFECT_LOCAL:
	case EFFECT_READ: return true;
	case EFFECT_READ_AUDITED: return check_mode(run, error) && check_role(run, error);
	case EFFECT_WRITE:
	case EFFECT_DESTRUCTIVE:
		return check_mode(run, error) && check_role(run, error) && check_reason(run, error) &&
		    check_confirmation(run, error);
	}
	g_assert_not_reached();
}

const Behaviour authorize_behaviour = {
	.name = "authorize",
	.priority = PRIORITY_AUTHORIZE,
	.before = authorize,
};
