#include "base/error.h"

typedef struct SbErrorPrivate {
	char *sqlstate;
	char *constraint;
} SbErrorPrivate;

static void
sb_error_private_init(SbErrorPrivate *self)
{
	self->sqlstate = NULL;
	self->constraint = NULL;
}

static void
sb_error_private_copy(const SbErrorPrivate *from, SbErrorPrivate *to)
{
	to->sqlstate = g_strdup(from->sqlstate);
	to->constraint = g_strdup(from->constraint);
}

static void
sb_error_private_clear(SbErrorPrivate *self)
{
	g_clear_pointer(&self->sqlstate, g_free);
	g_clear_pointer(&self->constraint, g_free);
}

G_DEFINE_EXTENDED_ERROR(SbError, sb_error)

static int
exit_code_of(SbErrorCode code)
{
	switch (code) {
	case SB_ERROR_USAGE:
	case SB_ERROR_VALIDATION: return 2;
	case SB_ERROR_NOT_FOUND: return 3;
	case SB_ERROR_CONFLICT: return 4;
	case SB_ERROR_CONCURRENCY: return 5;
	case SB_ERROR_IDEMPOTENCY: return 6;
	case SB_ERROR_REFUSED: return 7;
	case SB_ERROR_UNAVAILABLE:
	case SB_ERROR_TIMEOUT: return 8;
	case SB_ERROR_UNKNOWN_OUTCOME: return 9;
	case SB_ERROR_PARTIAL: return 10;
	case SB_ERROR_CANCELLED: return EXIT_CODE_CANCELLED;
	case SB_ERROR_CORRUPT:
	case SB_ERROR_INTERNAL: return 70;
	}
	return 70;
}

int
sb_error_exit_code(const GError *error)
{
	if (error == NULL)
		return 0;
	return error->domain == SB_ERROR ? exit_code_of((SbErrorCode)error->code) : 70;
}

bool
sb_error_is(const GError *error, SbErrorCode code)
{
	return g_error_matches(error, SB_ERROR, (int)code);
}

void
sb_error_set_origin(GError *error, const char *sqlstate, const char *constraint)
{
	g_assert(error != NULL && error->domain == SB_ERROR);

	SbErrorPrivate *origin = sb_error_get_private(error);
	/* Copied before the old texts go: a caller may hand back what the getters lent it. */
	SbErrorPrivate fresh = { g_strdup(sqlstate), g_strdup(constraint) };

	sb_error_private_clear(origin);
	*origin = fresh;
}

const char *
sb_error_sqlstate(const GError *error)
{
	if (error == NULL || error->domain != SB_ERROR)
		return "";
	const char *sqlstate = sb_error_get_private(error)->sqlstate;
	return sqlstate != NULL ? sqlstate : "";
}

const char *
sb_error_constraint(const GError *error)
{
	if (error == NULL || error->domain != SB_ERROR)
		return "";
	const char *constraint = sb_error_get_private(error)->constraint;
	return constraint != NULL ? constraint : "";
}
