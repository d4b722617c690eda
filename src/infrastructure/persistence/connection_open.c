#include "persistence/connection_parameters.h"
#include "persistence/connection_private.h"

#include "base/error.h"
#include "base/mailbox.h"
#include "detached_thread.h"
#include "persistence/error_mapping.h"

#include <poll.h>
#include <stdatomic.h>

/* Where a context says nothing. */
#define CONNECT_TIMEOUT (10 * DURATION_SECOND)

/*
 * One try to connect. libpq never blocks in it but to look up a host's name; then it runs on a thread of its
 * own, and whoever lets go last, that thread or the one that waits for it, frees it.
 */
typedef struct Attempt {
	atomic_int owners;
	ConnectionParameters *parameters;
	CancelToken *given_up; /* by who waits for the thread */
	Mailbox *answers;
	gint64 deadline;
	PGconn *conn;
	Wake wake; /* how it ended: READY stands for connected or failed */
} Attempt;

static Attempt *
attempt_new(ConnectionParameters *parameters, gint64 deadline)
{
	Attempt *self = g_new0(Attempt, 1);

	atomic_init(&self->owners, 1);
	self->parameters = parameters;
	self->deadline = deadline;
	return self;
}

static void
attempt_release(Attempt *self)
{
	if (atomic_fetch_sub(&self->owners, 1) > 1)
		return;
	PQfinish(self->conn);
	connection_parameters_free(self->parameters);
	cancel_token_free(self->given_up);
	mailbox_free(self->answers);
	g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Attempt, attempt_release)

/* The socket may be another one after each step: libpq goes from address to address. */
static Wake
poll_until_connected(PGconn *conn, CancelToken *cancel, gint64 deadline)
{
	PostgresPollingStatusType next = PGRES_POLLING_WRITING;

	while (PQstatus(conn) != CONNECTION_BAD && next != PGRES_POLLING_OK && next != PGRES_POLLING_FAILED) {
		short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
		Wake wake = wait_for(PQsocket(conn), events, cancel, deadline);

		if (wake != WAKE_READY)
			return wake;
		next = PQconnectPoll(conn);
	}
	return WAKE_READY;
}

/* Before the login nobody knows who speaks; libpq's own receiver would print it. */
static void
drop_notice(void *data, const PGresult *notice)
{
	(void)data;
	(void)notice;
}

static void
attempt_run(Attempt *self, CancelToken *cancel)
{
	self->conn = PQconnectStartParams((const char *const *)self->parameters->keywords,
	    (const char *const *)self->parameters->values, 1);
	if (self->conn == NULL)
		g_error("no memory is left for a connection");
	/* The only way to the SQLSTATE of a refused login; see error_connect.c. */
	PQsetErrorVerbosity(self->conn, PQERRORS_VERBOSE);
	PQsetNoticeReceiver(self->conn, drop_notice, NULL);
	self->wake = poll_until_connected(self->conn, cancel, self->deadline);
}

static void *
attempt_thread(void *argument)
{
	Attempt *self = argument;

	attempt_run(self, self->given_up);
	mailbox_post(self->answers, self);
	attempt_release(self);
	return NULL;
}

/* False when the thread was given up or could not be had; `ret_wake` says why. */
static bool
attempt_run_on_thread(Attempt *self, CancelToken *cancel, Wake *ret_wake)
{
	self->given_up = cancel_token_new();
	self->answers = mailbox_new(NULL);
	atomic_store(&self->owners, 2);
	if (!detached_thread_start(attempt_thread, self)) {
		atomic_store(&self->owners, 1);
		attempt_run(self, cancel);
		return true;
	}
	*ret_wake = wait_for(mailbox_fd(self->answers), POLLIN, cancel, self->deadline);
	if (*ret_wake == WAKE_READY && mailbox_take(self->answers) != NULL)
		return true;
	cancel_token_fire(self->given_up);
	return false;
}

static bool
attempt_start(Attempt *self, CancelToken *cancel, Wake *ret_wake)
{
	if (connection_parameters_need_lookup(self->parameters) &&
	    !attempt_run_on_thread(self, cancel, ret_wake))
		return false;
	if (self->conn == NULL)
		attempt_run(self, cancel);
	*ret_wake = self->wake;
	return self->wake == WAKE_READY;
}

static void
set_given_up(GError **error, Wake wake, const ConnectionParameters *parameters)
{
	g_autofree char *place = connection_parameters_place(parameters);

	if (wake == WAKE_CANCELLED)
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "cancelled while connecting to '%s'", place);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE,
		    "the server at '%s' did not answer in time: is it reachable?", place);
}

static gint64
deadline_of(const Context *context, gint64 deadline)
{
	Duration timeout = context->connect_timeout > 0 ? context->connect_timeout : CONNECT_TIMEOUT;
	gint64 own = g_get_monotonic_time() + timeout;

	return deadline != 0 && deadline < own ? deadline : own;
}

bool
connection_establish(
    const Context *context, CancelToken *cancel, gint64 deadline, PGconn **ret_conn, GError **error)
{
	g_autoptr(Attempt) attempt =
	    attempt_new(connection_parameters_new(context), deadline_of(context, deadline));
	Wake wake;

	if (!attempt_start(attempt, cancel, &wake)) {
		set_given_up(error, wake, attempt->parameters);
		return false;
	}
	if (PQstatus(attempt->conn) != CONNECTION_OK || PQsetnonblocking(attempt->conn, 1) != 0) {
		error_from_connect(error, attempt->conn);
		return false;
	}
	PQsetErrorVerbosity(attempt->conn, PQERRORS_DEFAULT);
	*ret_conn = g_steal_pointer(&attempt->conn);
	return true;
}
