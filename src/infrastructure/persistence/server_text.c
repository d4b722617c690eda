#include "persistence/server_text.h"

#include <glib.h>
#include <string.h>

/* How much of `text` to keep so that no character, which has at most four bytes, is split. */
static size_t
kept_length(const char *text)
{
	size_t length = strnlen(text, SERVER_TEXT_LIMIT + 1);
	size_t start = SERVER_TEXT_LIMIT;

	if (length <= SERVER_TEXT_LIMIT)
		return length;
	while (start > SERVER_TEXT_LIMIT - 3 && ((unsigned char)text[start] & 0xC0) == 0x80)
		start--;
	return start;
}

char *
server_text(const char *said)
{
	if (said == NULL)
		return g_strdup("");

	g_autofree char *line = g_strndup(said, kept_length(said));
	char *end = strchr(line, '\n');

	if (end != NULL)
		*end = '\0';

	/* A byte that is no UTF-8 becomes three. */
	char *text = g_utf8_make_valid(line, -1);
	text[kept_length(text)] = '\0';
	return text;
}
