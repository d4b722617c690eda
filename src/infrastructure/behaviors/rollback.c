#include "behaviors/steps.h"

#include "behaviors/transaction.h"

void
rollback_on_error(CommandRun *run, const GError *error)
{
	(void)error;
	if (run->session != NULL && run->def->effect != EFFECT_LOCAL)
		transaction_rollback(infrastructure_session(run->session));
}
