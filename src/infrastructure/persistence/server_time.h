#ifndef SIGNALBOX_PERSISTENCE_SERVER_TIME_H
#define SIGNALBOX_PERSISTENCE_SERVER_TIME_H

#include "base/timestamp.h"

#include <glib.h>
#include <stdbool.h>

/* SQL for a time as whole microseconds since the epoch: the same under every DateStyle, TimeZone and
 * search_path. */
#define SERVER_MICROSECONDS(time)                                                                            \
	"(extract(epoch FROM " time ") OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8::pg_catalog.text"

/* Reads what SERVER_MICROSECONDS gave; INTERNAL when it is no number. */
bool server_time_parse(const char *text, Timestamp *ret_time, GError **error);

#endif
