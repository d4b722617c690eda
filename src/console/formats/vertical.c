#include "formats/format.h"
#include "formats/record.h"

static void
nothing_first(FormatWriter *self, GString *out)
{
	(void)self;
	(void)out;
}

static void
vertical_row(FormatWriter *self, const Cell *cells, GString *out)
{
	if (self->rows > 0)
		g_string_append_c(out, '\n');
	append_record(self, cells, out);
}

static void
nothing_more(FormatWriter *self, const ResultEnd *end, GString *out)
{
	(void)self;
	(void)end;
	(void)out;
}

const Format vertical_format = { "vertical", true, nothing_first, vertical_row, nothing_more };
