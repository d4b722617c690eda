#include "behaviors/steps.h"

#include "base/error.h"
#include "behaviors/transaction.h"
#include "digest.h"
#include "reliability/idempotency/record_store.h"
#include "reliability/idempotency/stored_result.h"

#include <string.h>

static char *
request_hash(const CommandRun *run)
{
	g_autofree char *canonical = arguments_canonical(run->arguments);

	return sha256_hex(canonical, strlen(canonical));
}

static bool
replay(CommandRun *run, const char *result, GError **error)
{
	if (!stored_result_apply(run, result, error))
		return false;
	run->replayed = true;
	return true;
}

static bool
settle(CommandRun *run, ClaimResult claim, const char *result, GError **error)
{
	const char *key = run->arguments->common.idempotency_key;

	switch (claim) {
	case CLAIM_NEW: return true;
	case CLAIM_DONE: return replay(run, result, error);
	case CLAIM_OTHER_REQUEST:
		g_set_error(error, SB_ERROR, SB_ERROR_IDEMPOTENCY,
		    "the idempotency key '%s' was used for another request: take a new one", key);
		return false;
	case CLAIM_UNFINISHED:
		g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
		    "the run with the idempotency key '%s' is still in progress: see 'idempotency stuck'",
		    key);
		return false;
	}
	return false;
}

bool
run_has_key(const CommandRun *run)
{
	return run->arguments->common.idempotency_key != NULL && run_writes(run) &&
	    !run->arguments->common.dry_run;
}

bool
idempotency_before(CommandRun *run, GError **error)
{
	g_autofree char *hash = NULL;
	g_autofree char *wait = NULL;
	g_autofree char *usual = NULL;
	g_autofree char *result = NULL;
	ClaimResult claim;

	if (!run_has_key(run))
		return true;
	hash = request_hash(run);
	wait = long_lock_timeout_text(run);
	usual = lock_timeout_text(run);
	if (!record_claim(infrastructure_session(run->session)->connection,
		&(Claim){ run->arguments->common.idempotency_key, hash, wait, usual }, &claim, &result,
		error))
		return false;
	return settle(run, claim, result, error);
}
