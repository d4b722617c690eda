#ifndef SIGNALBOX_APPLICATION_CONFIRM_H
#define SIGNALBOX_APPLICATION_CONFIRM_H

#include "application/run.h"

/* A write on more rows than this asks, wherever it runs. */
#define CONFIRM_ROWS 20

/*
 * Whether the run asks: a write on a production context or on more than CONFIRM_ROWS rows, and everything
 * that is destructive. A bulk verb asks always where its front end shows plans. Reads and dry runs never do.
 * The rows are those of the plan, or those that the arguments name.
 */
bool confirmation_is_needed(const CommandRun *run);

/*
 * Asks where it is needed and sets run->confirmed. REFUSED when the answer is no, and when nobody can be
 * asked and
 * --yes was not given; CANCELLED when the operator stopped it. Must not be called inside a transaction.
 */
bool confirm_run(CommandRun *run, GError **error);

#endif
