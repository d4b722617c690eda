#ifndef SIGNALBOX_APPLICATION_SESSION_H
#define SIGNALBOX_APPLICATION_SESSION_H

#include "application/command.h"
#include "application/pipeline.h"
#include "application/ports/audit.h"
#include "application/ports/migrations.h"
#include "application/ports/outbox.h"
#include "application/ports/password_hasher.h"
#include "application/ports/reader.h"
#include "application/ports/repositories.h"
#include "base/cancel.h"

#include <glib.h>

/* Where and how to work: a [context NAME] of the configuration, or the environment alone. Owned by the
 * console. */
typedef struct Context {
	char *name; /* "local" without a configuration */
	char *
	    *conninfo; /* libpq keyword, value, …, NULL; may be empty: PG* variables and service files say */
	char *colour;  /* of the header, or NULL */
	bool production;
	bool read_only;
	bool reason_required;
	char *schema; /* the reference tables' schema: "public" */
	Duration statement_timeout;
	Duration lock_timeout;
	Duration connect_timeout;
	bool events_in_process; /* [events] mode=in-process */
} Context;

/* What the server said at connect. Owned by the session. */
typedef struct ServerInfo {
	char *session_user;
	char *database;
	char *host;         /* as shown: "db1:5432" or the socket's folder */
	int version_number; /* 150018 */
	Role role;
	bool superuser;
	bool has_schema; /* the reference tables are there */
	bool read_only;  /* default_transaction_read_only or a standby */
} ServerInfo;

/*
 * One connection with everything that handlers reach the database through. Opened on first use by the factory
 * that main.c hands to the console, used by one thread at a time.
 */
typedef struct Session Session;
struct Session {
	const ServerInfo *server;
	const Context *context;
	CancelToken *cancel; /* fired by another thread or a signal handler to stop what runs */
	UserRepository *users;
	PostRepository *posts;
	OutboxPort *outbox;
	AuditPort *audit;
	MigrationPort *migrations;
	PasswordHasher *passwords;
	Reader *reader;
	const Behaviour
	    *behaviours; /* begin, idempotency, save, publish, rollback; ended by one without a name */
	/* Takes what the connection said while nothing ran, without waiting; false when it was lost. */
	bool (*idle)(Session *self, GError **error);
	int (*socket)(Session *self); /* for a poll beside others; -1 when there is none */
	/*
	 * End the transaction that the runs of an --atomic script share: each of them has run->within_script,
	 * the first one begins it, none commits. Without such a transaction both do nothing. `commit` fails
	 * as a run does, UNKNOWN_OUTCOME included, and when the transaction was lost with its connection.
	 */
	bool (*commit)(Session *self, GError **error);
	void (*rollback)(Session *self);
	void (*close)(Session *self);
};

typedef bool (*SessionFactory)(
    const Context *context, CancelToken *cancel, Session **ret_session, GError **error);

/* Accepts NULL. */
void session_close(Session *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_close)

#endif
