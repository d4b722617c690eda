#ifndef SIGNALBOX_IDEMPOTENCY_RECORD_STORE_H
#define SIGNALBOX_IDEMPOTENCY_RECORD_STORE_H

#include "persistence/connection.h"

#include <glib.h>
#include <stdbool.h>

#define IDEMPOTENCY_RETENTION "24 hours"

typedef enum ClaimResult {
	CLAIM_NEW,           /* ours now: the record stands, without a result, in the open transaction */
	CLAIM_DONE,          /* the same request has run: its result is given */
	CLAIM_OTHER_REQUEST, /* the key belongs to another request */
	CLAIM_UNFINISHED,    /* the same request, without a result */
} ClaimResult;

typedef struct Claim {
	const char *key;
	const char *request_hash;
	const char *lock_timeout;       /* while another transaction holds the key */
	const char *lock_timeout_after; /* what it is set to again */
} Claim;

/*
 * Claims a key of session_user inside the open transaction. One that has expired, by the server's clock, is
 * claimed anew. While another transaction holds the key this waits; running into the time-out is UNAVAILABLE:
 * the first one still runs. `*ret_result` (json, newly allocated) is set for CLAIM_DONE only.
 */
bool record_claim(
    Connection *connection, const Claim *claim, ClaimResult *ret_claim, char **ret_result, GError **error);

/* Stores the result in the record that this transaction claimed. */
Statement *record_complete(const char *key, const char *result);

#endif
