#include "execute.h"

#include "base/error.h"
#include "behaviours/behaviours.h"
#include "confirm.h"

static bool
handler_step(CommandRun *run, gpointer data, GError **error)
{
	(void)data;
	return run->def->handle(run, run->arguments->values, error);
}

/* What would be refused anyway is refused before anybody is asked; the question itself is still open. */
bool
command_check(CommandRun *run, GError **error)
{
	bool allowed;

	run->confirmed = true;
	allowed = validate_behaviour.before(run, error) && authorize_behaviour.before(run, error);
	run->confirmed = false;
	return allowed;
}

bool
command_execute(CommandRun *run, GError **error)
{
	if (!command_check(run, error))
		return false;
	if (run->session == NULL && run->def->effect != EFFECT_LOCAL) {
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "'%s' needs a connection and there is none", run->def->name);
		return false;
	}
	if (run->def->bulk != NULL)
		return run->arguments->common.dry_run ? bulk_dry_run(run, error) : bulk_execute(run, error);
	return confirm_run(run, error) && pipeline_run(run, handler_step, NULL, error) &&
	    outcome_show(run, error);
}
