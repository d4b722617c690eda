#ifndef SIGNALBOX_INFRASTRUCTURE_SESSION_H
#define SIGNALBOX_INFRASTRUCTURE_SESSION_H

#include "application/session.h"

/*
 * A SessionFactory over libpq: connects without ever blocking past context->connect_timeout, reads who and
 * where it is, and wires repositories, ports and behaviours to the one connection. UNAVAILABLE names the
 * server and what to do: down, refused, wrong password, no such database.
 */
bool session_open(const Context *context, CancelToken *cancel, Session **ret_session, GError **error);

/* Adds the names of the embedded migrations that begin with `prefix`, newly allocated; needs no connection.
 */
void embedded_migration_names(const char *prefix, GPtrArray *ret_names);

#endif
