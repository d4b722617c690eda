#ifndef SIGNALBOX_CONSOLE_FORMATS_FORMAT_H
#define SIGNALBOX_CONSOLE_FORMATS_FORMAT_H

#include "console/render.h"

/*
 * An output format writes one result after the other. `writer` is the format's own; it appends to `out`,
 * which the renderer sends on when it grows. Cells are raw: formats for people sanitise them, formats for
 * machines encode them, and on a terminal sanitise them as well.
 */
typedef struct FormatWriter {
	const RenderOptions *options;
	ResultKind kind;
	const ResultColumn *columns; /* names are copies that live as long as the writer */
	size_t column_count;
	uint64_t rows;
	void *state; /* the format's own, freed by `end` */
} FormatWriter;

typedef struct Format {
	const char *name;
	bool whole_values;
	void (*begin)(FormatWriter *self, GString *out);
	void (*row)(FormatWriter *self, const Cell *cells, GString *out);
	void (*end)(FormatWriter *self, const ResultEnd *end, GString *out);
} Format;

extern const Format table_format;
extern const Format vertical_format;
extern const Format csv_format;
extern const Format tsv_format;
extern const Format json_format;
extern const Format jsonl_format;
extern const Format markdown_format;

/* In the order of OutputFormat. */
extern const Format *const formats[];

#endif
