#ifndef SIGNALBOX_BASE_UUID_H
#define SIGNALBOX_BASE_UUID_H

#include <stdbool.h>
#include <stdint.h>

#define UUID_TEXT_LENGTH 36

typedef struct Uuid {
	uint8_t bytes[16];
} Uuid;

/*
 * A new version 7 UUID (RFC 9562): milliseconds since the Unix epoch, then random bits. Within a process
 * every call gives a value greater than all before it, bytewise, also when the clock steps back. Safe from
 * any thread.
 */
Uuid uuid_v7(void);

/* Accepts the 36-character form in either case, of any version. */
bool uuid_parse(const char *text, Uuid *ret_uuid);

/* Writes 36 lower-case characters and a NUL. */
void uuid_format(const Uuid *self, char text[static UUID_TEXT_LENGTH + 1]);

/* Newly allocated; free with g_free. */
char *uuid_to_string(const Uuid *self);

bool uuid_equal(const Uuid *self, const Uuid *other);
bool uuid_is_nil(const Uuid *self);

#endif
