#include "digest.h"

#include <glib.h>
#include <sodium.h>

#define SALT_BYTES 16

static char *
hex(const unsigned char *bytes, size_t size)
{
	char *text = g_malloc(size * 2 + 1);

	return sodium_bin2hex(text, size * 2 + 1, bytes, size);
}

char *
sha256_hex(const char *text, size_t size)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)text, size);
	return hex(hash, sizeof(hash));
}

char *
salt_new(void)
{
	unsigned char salt[SALT_BYTES];

	/* Harmless when it was done before. */
	g_assert(sodium_init() >= 0);
	randombytes_buf(salt, sizeof(salt));
	return hex(salt, sizeof(salt));
}
