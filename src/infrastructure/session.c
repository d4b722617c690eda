#include "infrastructure/session.h"

#include "behaviors/behaviors.h"
#include "external_services/password_hasher.h"
#include "logging/audit_port.h"
#include "persistence/migrations/migration_port.h"
#include "persistence/reader/reader.h"
#include "persistence/repositories/post_repository.h"
#include "persistence/repositories/user_repository.h"
#include "reliability/outbox/outbox_port.h"
#include "server_info.h"
#include "session_internal.h"

static bool
session_idle(Session *session, GError **error)
{
	return connection_consume_idle(infrastructure_session(session)->connection, error);
}

static int
session_socket(Session *session)
{
	return connection_socket(infrastructure_session(session)->connection);
}

static void
session_free(Session *session)
{
	InfrastructureSession *self = infrastructure_session(session);

	user_repository_free(session->users);
	post_repository_free(session->posts);
	outbox_port_free(session->outbox);
	audit_port_free(session->audit);
	migration_port_free(session->migrations);
	reader_free(session->reader);
	password_hasher_free(session->passwords);
	unit_of_work_free(self->work);
	connection_free(self->connection);
	server_info_clear(&self->server);
	g_free(self->xid);
	if (self->events != NULL)
		g_ptr_array_unref(self->events);
	g_free(self);
}

/* Everything stands on the one connection; nothing here asks the server. */
static void
session_wire(InfrastructureSession *self)
{
	Session *session = &self->session;

	self->work = unit_of_work_new(self->connection);
	session->server = &self->server;
	session->users = user_repository_new(self->work);
	session->posts = post_repository_new(self->work);
	session->reader = reader_new(self->connection);
	session->passwords = password_hasher_new(session->cancel);
	session->outbox = outbox_port_new(self->connection);
	session->audit = audit_port_new(self->connection);
	session->migrations = migration_port_new(self->connection, session->context);
	session->behaviours = session_behaviours;
	session->commit = script_commit;
	session->rollback = script_rollback;
	session->idle = session_idle;
	session->socket = session_socket;
	session->close = session_free;
}

bool
session_open(const Context *context, CancelToken *cancel, Session **ret_session, GError **error)
{
	InfrastructureSession *self = g_new0(InfrastructureSession, 1);
	gint64 deadline =
	    context->connect_timeout > 0 ? g_get_monotonic_time() + context->connect_timeout : 0;

	self->session.context = context;
	self->session.cancel = cancel;
	if (!connection_open(context, cancel, &self->connection, error)) {
		g_free(self);
		return false;
	}
	session_wire(self);
	connection_set_deadline(self->connection, deadline);
	if (!server_info_read(self->connection, context, &self->server, error)) {
		session_free(&self->session);
		return false;
	}
	connection_set_deadline(self->connection, 0);
	*ret_session = &self->session;
	return true;
}
