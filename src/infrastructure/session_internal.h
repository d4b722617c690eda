#ifndef SIGNALBOX_INFRASTRUCTURE_SESSION_INTERNAL_H
#define SIGNALBOX_INFRASTRUCTURE_SESSION_INTERNAL_H

#include "application/session.h"
#include "persistence/connection.h"
#include "persistence/unit_of_work.h"

#include <glib.h>
#include <stdint.h>

/*
 * What stands behind every Session of this layer. session.c makes it and owns all that it holds; the
 * behaviours reach the connection and the unit of work of the running command through it.
 */
typedef struct InfrastructureSession {
	Session session;   /* first, so that a Session * is one of these */
	ServerInfo server; /* session.server points here */
	Connection *connection;
	UnitOfWork *work; /* on the same connection; the repositories stage into it */

	/* Of the open transaction, written by the behaviours; session.c frees them with the session. */
	char *xid;         /* of a write, else NULL */
	bool of_script;    /* the runs of an --atomic script share it */
	bool has_audit;    /* audit_entries is there */
	bool has_personal; /* audit_personal_values is there */
	GPtrArray *events; /* in-process mode: what the open transaction raised, or NULL */

	/* Events that committed in in-process mode and that no reaction was registered for. */
	uint64_t events_without_reaction;
} InfrastructureSession;

static inline InfrastructureSession *
infrastructure_session(Session *session)
{
	return (InfrastructureSession *)session;
}

#endif
