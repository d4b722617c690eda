#ifndef SIGNALBOX_CONSOLE_FORMATS_RECORD_H
#define SIGNALBOX_CONSOLE_FORMATS_RECORD_H

#include "formats/format.h"

/* One row field by field, `name  value` on a line each, further lines of a value indented under its first. */
void append_record(const FormatWriter *writer, const Cell *cells, GString *out);

#endif
