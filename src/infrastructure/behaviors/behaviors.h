#ifndef SIGNALBOX_BEHAVIORS_BEHAVIORS_H
#define SIGNALBOX_BEHAVIORS_BEHAVIORS_H

#include "application/pipeline.h"
#include "application/session.h"

/* The behaviours that a session brings to the pipeline; ended by one without a name. Each works on
 * run->session. */
extern const Behaviour session_behaviours[];

/* What session->commit and session->rollback are: the end of the transaction that the runs of a script share.
 */
bool script_commit(Session *session, GError **error);
void script_rollback(Session *session);

#endif
