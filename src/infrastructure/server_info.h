#ifndef SIGNALBOX_INFRASTRUCTURE_SERVER_INFO_H
#define SIGNALBOX_INFRASTRUCTURE_SERVER_INFO_H

#include "persistence/connection.h"

/*
 * Asks who and where `connection` is, in one round trip, into an empty `ret_info`. Superusers, the database's
 * owner and members of signalbox_admin are admins, and so is everyone where the three roles do not exist.
 */
bool server_info_read(Connection *connection, const Context *context, ServerInfo *ret_info, GError **error);

/* Frees its texts. */
void server_info_clear(ServerInfo *self);

#endif
