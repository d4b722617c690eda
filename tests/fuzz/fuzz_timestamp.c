#include "base/timestamp.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* 2026-01-31T10:00:00Z */
#define NOW ((Timestamp)1769853600 * DURATION_SECOND)

static void
check_any_value(const uint8_t *data, size_t size)
{
	int64_t value = 0;

	memcpy(&value, data, MIN(size, sizeof value));
	g_autofree char *time = timestamp_format(value);
	g_autofree char *duration = duration_format(value);
	Timestamp back;

	g_assert(*time != '\0' && *duration != '\0');
	g_assert(!timestamp_parse(time, 0, &back) || back == value);
}

/* The bytes are once a number to write and once a text to read. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	Timestamp time, again;
	Duration duration;

	check_any_value(data, size);
	if (timestamp_parse(text, NOW, &time)) {
		g_autofree char *formatted = timestamp_format(time);

		g_assert(timestamp_parse(formatted, 0, &again) && again == time);
	}
	g_assert(!duration_parse(text, &duration) || duration >= 0);
	return 0;
}
