#include "commands/text_result.h"

#include <string.h>

bool
show_text(Frontend *frontend, const char *title, const char *text, GError **error)
{
	const ResultColumn column = { title, VALUE_TEXT };
	const ResultShape shape = { RESULT_TEXT, title, &column, 1 };
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	guint count = g_strv_length(lines);
	ResultEnd end = { .total = -1 };

	/* The end of the last line is not a line of its own. */
	if (count > 0 && *lines[count - 1] == '\0')
		count--;
	if (!frontend->begin(frontend, &shape, error))
		return false;
	for (guint i = 0; i < count; i++) {
		Cell cell = { .text = lines[i], .size = strlen(lines[i]) };

		if (!frontend->row(frontend, &cell, error))
			return false;
	}
	end.rows = count;
	return frontend->end(frontend, &end, error);
}
