#ifndef SIGNALBOX_INFRASTRUCTURE_DIGEST_H
#define SIGNALBOX_INFRASTRUCTURE_DIGEST_H

#include <stddef.h>

/* SHA-256 as 64 lower-case hexadecimal digits, newly allocated. */
char *sha256_hex(const char *text, size_t size);

/* 16 random bytes as hexadecimal digits, newly allocated. */
char *salt_new(void);

#endif
