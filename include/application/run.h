#ifndef SIGNALBOX_APPLICATION_RUN_H
#define SIGNALBOX_APPLICATION_RUN_H

#include "application/arguments.h"
#include "application/frontend.h"
#include "application/registry.h"
#include "application/session.h"

#include <glib.h>
#include <stdbool.h>

/* What a row that the run changed looked like: for the audit entry and for --dry-run. */
typedef struct Change {
	char *table;
	char *key;
	GPtrArray *columns; /* name, before, after, …: char *, each value NULL for null; only what changed */
} Change;

/* A message that is shown once the transaction stands. */
typedef struct RunNote {
	NoteKind kind;
	char *text;
} RunNote;

/*
 * One run of one command: what goes in, what the behaviours add, what it leaves behind. Made by the console,
 * used by the thread that runs it.
 */
struct CommandRun {
	/* In; borrowed. */
	const CommandDef *def;
	const Arguments *arguments;
	const Context *context;
	const Registry *registry;
	Session *session; /* NULL for local commands of a console without a connection */
	Frontend *frontend;
	void *console;      /* the console's own commands know it */
	bool read_only;     /* --read-only, of the run or of the console */
	bool within_script; /* --atomic: begin and commit belong to the script */

	/* Set by command_execute, kept from try to try. */
	bool confirmed; /* the question was answered with yes, or none was needed */
	BulkPlan *plan; /* of a bulk verb from the freeze on, borrowed; for audit: counts instead of rows */

	/* Set by begin, for every try anew. */
	Timestamp now;    /* the transaction's time on the server */
	char *xid;        /* pg_current_xact_id() of a write, else NULL */
	bool replayed;    /* the stored result of an earlier run was taken */
	bool commit_sent; /* COMMIT is on its way: a lost connection is now an unknown outcome */
	bool committed;
	bool streams; /* set by a handler that shows rows as they come: it is not tried again */

	/* Out; emptied for every try. */
	char *created;         /* the id of what was made */
	GPtrArray *notes;      /* of RunNote * */
	GPtrArray *targets;    /* of char *: "post 0190…" */
	GPtrArray *changes;    /* of Change * */
	GPtrArray *statements; /* of char *: the SQL that was flushed, for --dry-run */
};

CommandRun *command_run_new(const Arguments *arguments, Session *session, Frontend *frontend);

/* Accepts NULL. */
void command_run_free(CommandRun *self);

/* For handlers. Notes and the created id are shown only after the commit. */
void run_note(CommandRun *self, NoteKind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);
void run_created(CommandRun *self, const Uuid *id);
void run_target(CommandRun *self, const char *type, const Uuid *id);

/* True once the operator has stopped it. */
bool run_is_cancelled(const CommandRun *self);

/* Forgets what an earlier try left behind. */
void run_reset(CommandRun *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CommandRun, command_run_free)

#endif
