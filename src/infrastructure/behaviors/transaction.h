#ifndef SIGNALBOX_BEHAVIORS_TRANSACTION_H
#define SIGNALBOX_BEHAVIORS_TRANSACTION_H

#include "application/run.h"
#include "session_internal.h"

/*
 * What the behaviours share. `transaction` is always the one of the session's connection; the unit of work
 * lives as long as it does.
 */

/* The run may change rows: it is more than a read, or it leaves an audit entry. */
bool run_writes(const CommandRun *run);

/* The run claimed an idempotency key, or took over a result by one. */
bool run_has_key(const CommandRun *run);

/*
 * The SELECT that asks for the transaction's time and, for a write, its id, and that (with `settings`) gives
 * the transaction the reference schema, the time-outs and the formats; set_config(…, true) ends with it, as a
 * pooler wants.
 */
Statement *settings_statement(const CommandRun *run, bool settings);

/* The lock_timeout that it sets, newly allocated; and the one for what may wait nearly as long as the run. */
char *lock_timeout_text(const CommandRun *run);
char *long_lock_timeout_text(const CommandRun *run);

/* Takes over what that statement answered. */
bool settings_read(CommandRun *run, const Statement *statement, GError **error);

/*
 * Runs `statements` and COMMIT in one flush. True only when the server said `COMMIT`, or when a lost answer
 * was found to be a yes; UNAVAILABLE when it was a no, UNKNOWN_OUTCOME when nobody can tell. The statements
 * must not depend on counts of rows: they are compared too late. `*commit_sent` is set as soon as COMMIT is
 * on its way, and cleared when the server refused it.
 */
bool
transaction_commit(InfrastructureSession *self, GPtrArray *statements, bool *commit_sent, GError **error);

/* Rolls back whatever is open, also after a cancel or a deadline; a connection on which that fails is
 * discarded. */
void transaction_rollback(InfrastructureSession *self);

/* Nothing of the transaction that ended is remembered; the wait for the next command has no deadline. */
void transaction_forget(InfrastructureSession *self);

/*
 * Whether transaction `xid`, whose connection was lost after COMMIT was sent, stands: asked on a new
 * connection until it has an answer. UNKNOWN_OUTCOME when there is none in time.
 */
bool commit_outcome(InfrastructureSession *self, const char *xid, bool *ret_committed, GError **error);

#endif
