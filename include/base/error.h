#ifndef SIGNALBOX_BASE_ERROR_H
#define SIGNALBOX_BASE_ERROR_H

#include <glib.h>
#include <stdbool.h>

/*
 * The one error domain. A message is one sentence without a full stop: what failed, on which value (in single
 * quotes), what to do next. Who returns an error does not log it.
 */
#define SB_ERROR (sb_error_quark())

typedef enum SbErrorCode {
	SB_ERROR_USAGE,           /* a line, file or option that cannot be understood */
	SB_ERROR_VALIDATION,      /* a single value out of its bounds or format */
	SB_ERROR_NOT_FOUND,       /* what was named does not exist */
	SB_ERROR_CONFLICT,        /* the domain's rules, a unique value or a check say no */
	SB_ERROR_CONCURRENCY,     /* someone else changed it since it was read */
	SB_ERROR_IDEMPOTENCY,     /* the idempotency key was used for another request */
	SB_ERROR_REFUSED,         /* read-only, role, or not confirmed */
	SB_ERROR_UNAVAILABLE,     /* server down, login refused, schema missing: nothing was done */
	SB_ERROR_TIMEOUT,         /* the deadline passed: nothing was done */
	SB_ERROR_UNKNOWN_OUTCOME, /* COMMIT was sent, its answer never came and cannot be had */
	SB_ERROR_PARTIAL,         /* a bulk verb did a part */
	SB_ERROR_CANCELLED,       /* the operator stopped it: nothing was done */
	SB_ERROR_CORRUPT,         /* stored data that breaks its own rules */
	SB_ERROR_INTERNAL,        /* our mistake */
} SbErrorCode;

GQuark sb_error_quark(void);

/* The exit code of what the operator stopped. */
#define EXIT_CODE_CANCELLED 130

/* The exit code of 02-commands for an error of any domain; 0 for NULL, 70 for a foreign domain. */
int sb_error_exit_code(const GError *error);

/* True when `error` is of SB_ERROR and has this code. */
bool sb_error_is(const GError *error, SbErrorCode code);

/* What the server said beside the message. Only for errors of SB_ERROR; either text may be NULL. */
void sb_error_set_origin(GError *error, const char *sqlstate, const char *constraint);

/* Borrowed from the error, "" when there is none. */
const char *sb_error_sqlstate(const GError *error);
const char *sb_error_constraint(const GError *error);

#endif
