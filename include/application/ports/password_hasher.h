#ifndef SIGNALBOX_APPLICATION_PORTS_PASSWORD_HASHER_H
#define SIGNALBOX_APPLICATION_PORTS_PASSWORD_HASHER_H

#include <glib.h>
#include <stdbool.h>

/* Bytes. */
#define PASSWORD_MIN_LENGTH 8
#define PASSWORD_MAX_LENGTH 1024

typedef struct PasswordHasher PasswordHasher;
struct PasswordHasher {
	/*
	 * A PHC string (Argon2id, at least 19456 KiB, t=2, p=1). VALIDATION for a password that is too short
	 * or too long. Runs in a worker thread of its own and ends early, CANCELLED, when the run is
	 * cancelled.
	 */
	bool (*hash)(PasswordHasher *self, const char *password, char **ret_hash, GError **error);
	/* Constant time. */
	bool (*verify)(
	    PasswordHasher *self, const char *password, const char *hash, bool *ret_same, GError **error);
	bool (*needs_rehash)(PasswordHasher *self, const char *hash);
};

#endif
