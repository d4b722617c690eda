#ifndef SIGNALBOX_LOGGING_AUDIT_CHAIN_H
#define SIGNALBOX_LOGGING_AUDIT_CHAIN_H

#include "base/timestamp.h"

#include <glib.h>
#include <stdint.h>

/* The transaction-level advisory lock that every writer of the chain takes before it reads the head:
 * "SIGNALBX". */
#define AUDIT_LOCK_KEY "6001406379876434520"

/* What the first entry has as its previous_hash. */
#define AUDIT_CHAIN_START "0000000000000000000000000000000000000000000000000000000000000000"

/* An entry as writer and verifier see it; NULL stands for null. Texts are borrowed. */
typedef struct AuditEntry {
	const char *id;
	int64_t position;
	Timestamp at;
	const char *operator_name;
	const char *os_user;
	const char *host;
	const char *context;
	const char *command;
	const char *reason;
	const char *effect;
	const char *outcome;
	const char *targets; /* json */
	const char *before;  /* json */
	const char *after;   /* json */
	const char *previous_hash;
} AuditEntry;

/*
 * The canonical form, version 1: the line `signalbox audit entry 1`, then a line for each column but the
 * hash, in this order: id, position, at, operator, os_user, host, context, command, reason, effect, outcome,
 * targets, before, after, previous_hash. A line is `name=LENGTH:VALUE`, with the length in bytes, or
 * `name=null`; lines end with a line feed. id is in lower case, position is decimal, at is whole microseconds
 * since the epoch, decimal. json is written without white space, keys sorted bytewise at every level,
 * characters as they are but for `"`, `\` and controls: the order and spacing that jsonb chooses are not part
 * of it. Newly allocated.
 */
char *audit_entry_canonical(const AuditEntry *entry);

/* SHA-256 of the canonical form as 64 lower-case hexadecimal digits. Newly allocated. */
char *audit_entry_hash(const AuditEntry *entry);

/* What stands in an entry for a personal value: `sha256:` and SHA-256 over `SALT:VALUE`. Newly allocated. */
char *audit_personal_hash(const char *salt, const char *value);

#endif
