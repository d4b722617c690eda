#ifndef SIGNALBOX_BASE_TIMESTAMP_H
#define SIGNALBOX_BASE_TIMESTAMP_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Microseconds since 1970-01-01T00:00:00Z. 0 stands for "unset" where a field may be. */
typedef int64_t Timestamp;

/* Microseconds. */
typedef int64_t Duration;

#define DURATION_MILLISECOND ((Duration)1000)
#define DURATION_SECOND ((Duration)1000000)
#define DURATION_MINUTE (60 * DURATION_SECOND)
#define DURATION_HOUR (60 * DURATION_MINUTE)
#define DURATION_DAY (24 * DURATION_HOUR)

/* The wall clock. Decisions about due or expired rows use the server's clock instead. */
Timestamp timestamp_now(void);

/*
 * Reads `2026-01-31`, `2026-01-31T10:00Z`, `2026-01-31 10:00:05.123456+02`, or relative to `now`:
 * `-15m`, `-2h`, `-7d`, `+30s`. Without an offset the time is UTC.
 * False when `text` is none of these or no such day exists in the years 1 to 9999.
 */
bool timestamp_parse(const char *text, Timestamp now, Timestamp *ret_time);

/*
 * RFC 3339 in UTC, with as many fractional digits (0, 3 or 6) as the value needs. Years that it cannot write
 * get the sign of ISO 8601. Newly allocated.
 */
char *timestamp_format(Timestamp self);

/* `200ms`, `5s`, `15m`, `2h`, `7d`; a bare number is seconds. False when negative, malformed or too large. */
bool duration_parse(const char *text, Duration *ret_duration);

/* At most two units for people, the rest cut off: `<1ms`, `3s`, `12m`, `2h 5m`, `9d 3h`. Newly allocated. */
char *duration_format(Duration self);

#endif
