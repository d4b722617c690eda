#ifndef SIGNALBOX_APPLICATION_PORTS_AUDIT_H
#define SIGNALBOX_APPLICATION_PORTS_AUDIT_H

#include "application/frontend.h"

#include <glib.h>
#include <stdbool.h>

/* The audit chain as read; entries are written by the save behaviour, last before COMMIT. */
typedef struct AuditPort AuditPort;
struct AuditPort {
	/*
	 * Walks the chain from its first entry, then compares the personal values that still stand beside it
	 * with the hashes in it. CONFLICT names the first broken entry or value and says how it is broken.
	 */
	bool (*verify)(AuditPort *self, Frontend *frontend, uint64_t *ret_entries, GError **error);
};

#endif
