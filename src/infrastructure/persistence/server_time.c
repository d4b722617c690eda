#include "persistence/server_time.h"

#include "base/error.h"

bool
server_time_parse(const char *text, Timestamp *ret_time, GError **error)
{
	if (g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, ret_time, NULL))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "the server's time '%s' can't be read", text);
	return false;
}
