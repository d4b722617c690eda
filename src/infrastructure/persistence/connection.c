#include "persistence/connection_private.h"

#include "base/error.h"
#include "persistence/error_mapping.h"

bool
connection_open(const Context *context, CancelToken *cancel, Connection **ret_connection, GError **error)
{
	g_autoptr(Connection) self = g_new0(Connection, 1);

	self->context = context;
	self->cancel = cancel;
	self->notices = g_ptr_array_new_with_free_func(g_free);
	if (!connection_reopen(self, error))
		return false;
	*ret_connection = g_steal_pointer(&self);
	return true;
}

void
connection_free(Connection *self)
{
	if (self == NULL)
		return;
	PQfinish(self->conn);
	g_ptr_array_unref(self->notices);
	g_free(self->farewell);
	g_free(self->farewell_sqlstate);
	g_free(self->name);
	g_free(self);
}

bool
connection_reopen(Connection *self, GError **error)
{
	g_clear_pointer(&self->conn, PQfinish);
	g_clear_pointer(&self->farewell, g_free);
	g_clear_pointer(&self->farewell_sqlstate, g_free);
	self->discarded = false;
	self->lost = true;
	if (!connection_establish(self->context, self->cancel, self->deadline, &self->conn, error))
		return false;
	self->lost = false;
	PQsetNoticeReceiver(self->conn, connection_receive_notice, self);
	g_free(self->name);
	self->name = connection_place(self->conn);
	return true;
}

void
connection_set_deadline(Connection *self, gint64 deadline)
{
	self->deadline = deadline;
}

bool
connection_in_transaction(const Connection *self)
{
	switch (PQtransactionStatus(self->conn)) {
	case PQTRANS_ACTIVE:
	case PQTRANS_INTRANS:
	case PQTRANS_INERROR: return true;
	case PQTRANS_IDLE:
	case PQTRANS_UNKNOWN: return false;
	}
	return false;
}

bool
connection_is_alive(const Connection *self)
{
	return !self->lost && !self->discarded;
}

void
connection_discard(Connection *self)
{
	self->discarded = true;
	g_clear_pointer(&self->conn, PQfinish);
}

PGconn *
connection_handle(Connection *self)
{
	return self->conn;
}

int
connection_socket(const Connection *self)
{
	return self->conn != NULL ? PQsocket(self->conn) : -1;
}

const char *
connection_name(const Connection *self)
{
	return self->name;
}

bool
connection_consume_idle(Connection *self, GError **error)
{
	PGnotify *notification;

	if (self->discarded)
		return true;
	if (self->conn != NULL) {
		self->stop = STOP_NONE;
		if (!PQconsumeInput(self->conn))
			self->lost = true;
		/* Nobody listens; asking for notifications is what makes libpq read its buffer. */
		while ((notification = PQnotifies(self->conn)) != NULL)
			PQfreemem(notification);
	}
	return connection_check_lost(self, NULL, error);
}
