#ifndef SIGNALBOX_LOGGING_AUDIT_PERSONAL_H
#define SIGNALBOX_LOGGING_AUDIT_PERSONAL_H

#include "persistence/connection.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Compares every personal value that stands beside the chain with the salted hash in its entry, inside the
 * open transaction. CONFLICT names the first one that is not what was written. Values that are gone, as those
 * of an erased user are, break nothing; nor does a database without their table.
 */
bool audit_personal_verify(Connection *connection, GError **error);

#endif
