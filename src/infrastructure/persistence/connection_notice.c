#include "persistence/connection_private.h"

#include "persistence/server_text.h"

#include <string.h>

#define NOTICE_LIMIT 100

/* An error that comes while nothing runs ends the connection; libpq hands it out as a notice. */
static bool
is_farewell(const PGresult *notice)
{
	const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

	return g_strcmp0(severity, "FATAL") == 0 || g_strcmp0(severity, "PANIC") == 0;
}

void
connection_receive_notice(void *data, const PGresult *notice)
{
	Connection *self = data;
	const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
	g_autofree char *said = server_text(PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY));

	if (is_farewell(notice)) {
		g_free(self->farewell);
		g_free(self->farewell_sqlstate);
		self->farewell = g_steal_pointer(&said);
		self->farewell_sqlstate = g_strdup(PQresultErrorField(notice, PG_DIAG_SQLSTATE));
	} else if (self->notices->len >= NOTICE_LIMIT) {
		self->notices_dropped++;
	} else if (g_strcmp0(severity, "WARNING") == 0) {
		g_ptr_array_add(self->notices, g_strconcat("warning: ", said, NULL));
	} else {
		g_ptr_array_add(self->notices, g_steal_pointer(&said));
	}
}

GPtrArray *
connection_take_notices(Connection *self)
{
	GPtrArray *taken = self->notices;

	if (self->notices_dropped > 0)
		g_ptr_array_add(taken, g_strdup_printf("and %u more notices", self->notices_dropped));
	self->notices = g_ptr_array_new_with_free_func(g_free);
	self->notices_dropped = 0;
	return taken;
}
