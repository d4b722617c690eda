#ifndef SIGNALBOX_APPLICATION_COMMAND_H
#define SIGNALBOX_APPLICATION_COMMAND_H

#include "application/resource.h"
#include "base/timestamp.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct CommandRun CommandRun; /* application/run.h */
typedef struct BulkPlan BulkPlan;     /* application/bulk.h */
typedef struct Completion Completion; /* application/completion.h */

typedef enum Effect {
	EFFECT_LOCAL,        /* touches the console only: no connection, no transaction */
	EFFECT_READ,         /* BEGIN READ ONLY */
	EFFECT_READ_AUDITED, /* a read that leaves an audit entry, or is refused */
	EFFECT_WRITE,
	EFFECT_DESTRUCTIVE, /* the name or the count must be typed */
} Effect;

typedef enum Role {
	ROLE_VIEWER,
	ROLE_OPERATOR,
	ROLE_ADMIN,
} Role;

/* The C type that an argument has in the command's struct: at its offset stands … */
typedef enum ArgType {
	ARG_TEXT,     /* char *; NULL: not given */
	ARG_UUID,     /* Uuid; nil: not given */
	ARG_INTEGER,  /* int64_t; `fallback`: not given */
	ARG_FLAG,     /* bool */
	ARG_CHOICE,   /* const char *, one of `choices`; NULL: not given */
	ARG_DURATION, /* Duration; 0: not given */
	/* With ARG_REPEATS: ARG_TEXT is char ** (NULL-terminated), ARG_UUID is GArray * of Uuid; NULL: none.
	 */
} ArgType;

typedef enum ArgFlags {
	ARG_POSITIONAL = 1 << 0, /* by place, in table order; otherwise `--name` */
	ARG_REQUIRED = 1 << 1,
	ARG_REPEATS =
	    1 << 2, /* positional: the last one, takes all that is left; option: may be given again */
	ARG_SECRET = 1 << 3, /* masked in transcript and audit, not part of the request hash */
	/* `-` reads it from standard input (repeating: one a line); an option without `value` is always read
	   from there. */
	ARG_STDIN = 1 << 4,
	ARG_PERSONAL = 1 << 5, /* a personal value (email, name): masked in the audit's command text */
	ARG_ROWS = 1 << 6, /* each value names one row that the command changes: the count that confirmation
			      asks about */
	ARG_REST = 1 << 7, /* with ARG_REPEATS, an option: takes every word up to the next option: --where */
} ArgFlags;

/* Adds the values that `prefix` may become. Dynamic ones ask completion->session, which may be NULL. */
typedef void (*Completer)(Completion *completion, const char *prefix);

typedef struct ArgDef {
	const char *name;  /* "author": --author, or the place of that name */
	const char *value; /* how help shows the value: "ID|EMAIL"; NULL for flags */
	const char *help;
	ArgType type;
	unsigned flags; /* of ArgFlags */
	size_t offset;  /* into the command's struct */
	const char *const *choices;
	int64_t fallback;         /* ARG_INTEGER */
	int64_t minimum, maximum; /* ARG_INTEGER, when maximum > minimum */
	Completer complete;
} ArgDef;

/* A verb that acts on a frozen set, in bounded batches, each a transaction of its own (application/bulk.h).
 */
typedef struct BulkDef {
	/* Freezes the set and says what it holds. Runs in a transaction of its own. */
	bool (*plan)(CommandRun *run, const void *args, BulkPlan **ret_plan, GError **error);
	/* Acts on batch `index` (from 0) of the plan inside the transaction that the pipeline opened. */
	bool (*act)(CommandRun *run, BulkPlan *plan, unsigned index, GError **error);
	/* The set was not confirmed: forget it. May be NULL. */
	bool (*discard)(CommandRun *run, BulkPlan *plan, GError **error);
	/* --dry-run acts on every batch, as each builds on those before it; else on the first one. */
	bool dry_run_all;
} BulkDef;

typedef enum CommandFlags {
	COMMAND_OWN_SESSION =
	    1 << 0, /* runs under the session's own search_path and settings, as new: migrations */
	COMMAND_NO_SCHEMA = 1 << 1,        /* works in a database without the reference schema */
	COMMAND_OWN_TRANSACTIONS = 1 << 2, /* cannot stand in an --atomic script */
	COMMAND_STREAMS = 1 << 3,          /* no default deadline: sql, exports */
} CommandFlags;

/*
 * A command: one file, one const record. Help, completion, confirmation, the request hash and docs are read
 * from it; no front end knows a command by name. Exactly one of `handle` and `bulk` is set.
 */
typedef struct CommandDef {
	const char *name;    /* "posts publish" */
	const char *summary; /* one line, imperative, no full stop */
	const char *details; /* further sentences; may be NULL */
	const char *example; /* one line that works; may be NULL */
	Effect effect;
	Role role;
	unsigned flags;     /* of CommandFlags */
	const ArgDef *args; /* ended by an entry without a name; NULL: none */
	size_t args_size;
	const ResourceDef
	    *resource; /* whose rows it reads or names: fields for filters and completion; may be NULL */
	/* Bounds and formats of the values; no database. May be NULL. */
	bool (*validate)(const void *args, GError **error);
	bool (*handle)(CommandRun *run, const void *args, GError **error);
	const BulkDef *bulk;
} CommandDef;

/* "read", "write", …: for help and audit. */
const char *effect_name(Effect effect);
const char *role_name(Role role);

#endif
