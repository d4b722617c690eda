#include "base/uuid.h"
#include "base/timestamp.h"

#include <glib.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>

/* RFC 9562, 6.2 method 1: the 12 bits after the version count within one millisecond. */
#define COUNTER_LIMIT 0x1000u
/* The counter starts in its lower half, so that at least 2,048 values fit into any millisecond. */
#define COUNTER_SEED_MASK 0x07ffu

static pthread_mutex_t clock_lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t last_millisecond;
static unsigned last_counter;

static void
fill_random(uint8_t *bytes, size_t size)
{
	size_t filled = 0;

	while (filled < size) {
		ssize_t got = getrandom(bytes + filled, size - filled, 0);

		g_assert(got > 0 || errno == EINTR);
		if (got > 0)
			filled += (size_t)got;
	}
}

/* The random seed is taken only where the clock moved on; behind or within the same millisecond it counts. */
static void
tick(unsigned seed, uint64_t *ret_millisecond, unsigned *ret_counter)
{
	uint64_t now = (uint64_t)(timestamp_now() / DURATION_MILLISECOND);

	pthread_mutex_lock(&clock_lock);
	if (now > last_millisecond) {
		last_millisecond = now;
		last_counter = seed;
	} else if (++last_counter == COUNTER_LIMIT) {
		last_millisecond++;
		last_counter = seed;
	}
	*ret_millisecond = last_millisecond;
	*ret_counter = last_counter;
	pthread_mutex_unlock(&clock_lock);
}

Uuid
uuid_v7(void)
{
	Uuid self = { { 0 } };
	uint64_t millisecond;
	unsigned counter;

	fill_random(self.bytes + 6, sizeof self.bytes - 6);
	tick((self.bytes[6] << 8 | self.bytes[7]) & COUNTER_SEED_MASK, &millisecond, &counter);
	for (int i = 0; i < 6; i++)
		self.bytes[i] = (uint8_t)(millisecond >> (40 - 8 * i));
	self.bytes[6] = (uint8_t)(0x70 | counter >> 8);
	self.bytes[7] = (uint8_t)(counter & 0xff);
	self.bytes[8] = (uint8_t)(0x80 | (self.bytes[8] & 0x3f));
	return self;
}

static bool
is_dash_position(size_t position)
{
	return position == 8 || position == 13 || position == 18 || position == 23;
}

bool
uuid_parse(const char *text, Uuid *ret_uuid)
{
	Uuid parsed = { { 0 } };
	size_t nibbles = 0;

	for (size_t i = 0; i < UUID_TEXT_LENGTH; i++) {
		if (is_dash_position(i)) {
			if (text[i] != '-')
				return false;
			continue;
		}
		int value = g_ascii_xdigit_value(text[i]);
		if (value < 0)
			return false;
		parsed.bytes[nibbles / 2] = (uint8_t)(parsed.bytes[nibbles / 2] << 4 | value);
		nibbles++;
	}
	if (text[UUID_TEXT_LENGTH] != '\0')
		return false;
	*ret_uuid = parsed;
	return true;
}

void
uuid_format(const Uuid *self, char text[static UUID_TEXT_LENGTH + 1])
{
	static const char digits[] = "0123456789abcdef";
	char *out = text;

	for (size_t i = 0; i < sizeof self->bytes; i++) {
		if (is_dash_position((size_t)(out - text)))
			*out++ = '-';
		*out++ = digits[self->bytes[i] >> 4];
		*out++ = digits[self->bytes[i] & 0xf];
	}
	*out = '\0';
}

char *
uuid_to_string(const Uuid *self)
{
	char *text = g_malloc(UUID_TEXT_LENGTH + 1);

	uuid_format(self, text);
	return text;
}

bool
uuid_equal(const Uuid *self, const Uuid *other)
{
	return memcmp(self->bytes, other->bytes, sizeof self->bytes) == 0;
}

bool
uuid_is_nil(const Uuid *self)
{
	static const Uuid nil;

	return uuid_equal(self, &nil);
}
