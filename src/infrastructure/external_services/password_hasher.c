#include "external_services/password_hasher.h"

#include "base/error.h"
#include "base/mailbox.h"
#include "detached_thread.h"

#include <poll.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

/* OWASP's smallest setting for Argon2id: 19 MiB, two passes; libsodium has one lane always. */
#define PASSES 2ULL
#define MEMORY ((size_t)19456 * 1024)

typedef struct SodiumHasher {
	PasswordHasher hasher; /* first, so that a PasswordHasher * is one of these */
	CancelToken *cancel;
} SodiumHasher;

/*
 * One computation on a thread of its own, which cannot be interrupted: a cancel leaves it behind. Whoever
 * lets go last wipes and frees it.
 */
typedef struct HashJob {
	atomic_int owners;
	Mailbox *answers;
	char *password;
	char hash[crypto_pwhash_STRBYTES]; /* in for verify, out for hash */
	bool verify;
	bool done; /* hashed, or the same */
} HashJob;

static void
hash_job_release(HashJob *self)
{
	if (atomic_fetch_sub(&self->owners, 1) > 1)
		return;
	sodium_memzero(self->password, strlen(self->password));
	g_free(self->password);
	sodium_memzero(self->hash, sizeof self->hash);
	mailbox_free(self->answers);
	g_free(self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HashJob, hash_job_release)

static void *
compute(void *argument)
{
	HashJob *job = argument;
	unsigned long long length = strlen(job->password);

	if (job->verify)
		job->done = crypto_pwhash_str_verify(job->hash, job->password, length) == 0;
	else
		job->done = crypto_pwhash_str_alg(job->hash, job->password, length, PASSES, MEMORY,
				crypto_pwhash_ALG_ARGON2ID13) == 0;
	mailbox_post(job->answers, job);
	hash_job_release(job);
	return NULL;
}

static bool
wait_for_answer(const SodiumHasher *self, HashJob *job, GError **error)
{
	struct pollfd waiters[] = {
		{ .fd = mailbox_fd(job->answers), .events = POLLIN },
		{ .fd = self->cancel != NULL ? cancel_token_fd(self->cancel) : -1, .events = POLLIN },
	};

	while (waiters[0].revents == 0) {
		if (poll(waiters, G_N_ELEMENTS(waiters), -1) > 0 && waiters[1].revents != 0) {
			g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "cancelled: nothing was done");
			return false;
		}
	}
	return mailbox_take(job->answers) != NULL;
}

/* `hash` NULL: make one. The job that is given back is finished. */
static bool
run_job(const SodiumHasher *self, const char *password, const char *hash, HashJob **ret_job, GError **error)
{
	g_autoptr(HashJob) job = g_new0(HashJob, 1);

	atomic_init(&job->owners, 1);
	job->answers = mailbox_new(NULL);
	job->password = g_strdup(password);
	job->verify = hash != NULL;
	if (hash != NULL)
		g_strlcpy(job->hash, hash, sizeof job->hash);
	if (sodium_init() < 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "libsodium has no source of randomness");
		return false;
	}
	atomic_store(&job->owners, 2);
	if (!detached_thread_start(compute, job)) {
		atomic_store(&job->owners, 1);
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "no thread is left for hashing the password");
		return false;
	}
	if (!wait_for_answer(self, job, error))
		return false;
	*ret_job = g_steal_pointer(&job);
	return true;
}

static bool
hasher_hash(PasswordHasher *hasher, const char *password, char **ret_hash, GError **error)
{
	g_autoptr(HashJob) job = NULL;
	size_t length = strlen(password);

	if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) {
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "a password has at least %d and at most %d bytes, this one has %zu", PASSWORD_MIN_LENGTH,
		    PASSWORD_MAX_LENGTH, length);
		return false;
	}
	if (!run_job((const SodiumHasher *)hasher, password, NULL, &job, error))
		return false;
	if (!job->done) {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "no memory is left for hashing the password");
		return false;
	}
	*ret_hash = g_strdup(job->hash);
	return true;
}

static bool
hasher_verify(PasswordHasher *hasher, const char *password, const char *hash, bool *ret_same, GError **error)
{
	g_autoptr(HashJob) job = NULL;

	if (strlen(hash) >= crypto_pwhash_STRBYTES) {
		*ret_same = false;
		return true;
	}
	if (!run_job((const SodiumHasher *)hasher, password, hash, &job, error))
		return false;
	*ret_same = job->done;
	return true;
}

static bool
hasher_needs_rehash(PasswordHasher *hasher, const char *hash)
{
	(void)hasher;
	return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}

PasswordHasher *
password_hasher_new(CancelToken *cancel)
{
	SodiumHasher *self = g_new0(SodiumHasher, 1);

	self->cancel = cancel;
	self->hasher = (PasswordHasher){ hasher_hash, hasher_verify, hasher_needs_rehash };
	return &self->hasher;
}

void
password_hasher_free(PasswordHasher *self)
{
	g_free(self);
}
