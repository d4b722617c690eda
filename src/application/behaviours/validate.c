#include "behaviours/behaviours.h"

#include "application/completion.h"
#include "application/filter.h"
#include "base/error.h"
#include "behaviours/fields.h"

#include <string.h>

#define KEY_LENGTH_MIN 16
#define KEY_LENGTH_MAX 128

static bool
check_key(const CommandRun *run, GError **error)
{
	const char *key = run->arguments->common.idempotency_key;
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-";

	if (key == NULL)
		return true;
	if (strlen(key) < KEY_LENGTH_MIN || strlen(key) > KEY_LENGTH_MAX ||
	    key[strspn(key, allowed)] != '\0') {
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "'%s' is no idempotency key: it takes %d to %d of A-Z, a-z, 0-9 and _ . : -", key,
		    KEY_LENGTH_MIN, KEY_LENGTH_MAX);
		return false;
	}
	if (run->def->effect == EFFECT_LOCAL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "'%s' is no transaction and takes no idempotency key: the lines that write have their own",
		    run->def->name);
		return false;
	}
	if (run->def->bulk != NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "'%s' acts in batches and takes no idempotency key: rows that it did are not done again",
		    run->def->name);
		return false;
	}
	return true;
}

static bool
validate(CommandRun *run, GError **error)
{
	return check_key(run, error) && fields_check(run, error) &&
	    (run->def->validate == NULL || run->def->validate(run->arguments->values, error));
}

const Behaviour validate_behaviour = {
	.name = "validate",
	.priority = PRIORITY_VALIDATE,
	.before = validate,
};
