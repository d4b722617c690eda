#ifndef SIGNALBOX_PERSISTENCE_CONNECTION_PRIVATE_H
#define SIGNALBOX_PERSISTENCE_CONNECTION_PRIVATE_H

#include "persistence/connection.h"

/* How long the answer to a cancel may take before the connection is given up, in microseconds. */
#define CANCEL_GRACE (2 * DURATION_SECOND)

/* Why a statement is being stopped. */
typedef enum StopReason {
	STOP_NONE,
	STOP_CANCELLED, /* the token was fired */
	STOP_DEADLINE,
	STOP_UNWANTED, /* we ourselves: a row was refused, COPY has begun */
} StopReason;

struct Connection {
	const Context *context;
	CancelToken *cancel; /* may be NULL */
	PGconn *conn;        /* NULL when it is lost or discarded */
	char *name;
	gint64 deadline;
	StopReason stop;   /* of the statement that runs */
	gint64 grace_ends; /* while stopping */
	bool lost;
	bool discarded;
	char *farewell; /* what the server said when it ended the connection while idle */
	char *farewell_sqlstate;
	GPtrArray *notices;
	guint notices_dropped;
};

typedef enum Wake {
	WAKE_READY,
	WAKE_CANCELLED,
	WAKE_DEADLINE,
} Wake;

/* connection_wait.c: polls {fd, token, deadline}; a token or deadline that is there goes before a ready fd.
 */
Wake wait_for(int fd, short events, CancelToken *cancel, gint64 deadline);

/*
 * connection_wait.c: the next result like PQgetResult, NULL when there is none left. Stops the statement when
 * the token is fired or the deadline passes, and goes on with the results that still come.
 */
PGresult *connection_next_result(Connection *self);

/* Waits for what the socket has to say inside a statement; false when the connection was lost. */
bool connection_pause(Connection *self, bool flushing);

/* connection_cancel.c: sends the cancel and waits for the thread that sent it. Marks the connection lost when
 * that hangs. */
void connection_stop(Connection *self, StopReason reason);

/* connection_outcome.c: reopens a discarded connection; refuses when it is lost, cancelled or late. */
bool connection_begin_use(Connection *self, GError **error);

/*
 * connection_outcome.c: true while the connection stands. When it was lost, closes it and says why: by who
 * stopped the statement, by `result` (may be NULL) when that is an error, by the server's farewell.
 */
bool connection_check_lost(Connection *self, const PGresult *result, GError **error);

/* connection_outcome.c: true when `result` is rows or done; otherwise its error, by who stopped it. */
bool connection_accept(Connection *self, const PGresult *result, GError **error);

/* connection_outcome.c: CANCELLED or TIMEOUT. */
void connection_set_stopped(const Connection *self, GError **error);

/* connection_outcome.c: a statement could not be sent. False. */
bool connection_refuse_send(Connection *self, GError **error);

/* connection_query.c: sends one statement by the extended protocol. */
bool connection_send(
    Connection *self, const char *sql, int param_count, const char *const *params, GError **error);

/* connection_copy.c: ends a COPY that a statement has begun, so that the next result can be read. */
bool result_is_copy(const PGresult *result);
void connection_refuse_copy(Connection *self, const PGresult *result);
void connection_set_copy_refused(GError **error);

/* connection_notice.c */
void connection_receive_notice(void *data, const PGresult *notice);

/* connection_open.c: a connection that stands, by `deadline` (0: the context's own time-out). */
bool connection_establish(
    const Context *context, CancelToken *cancel, gint64 deadline, PGconn **ret_conn, GError **error);

#endif
