#ifndef SIGNALBOX_CONSOLE_RENDER_H
#define SIGNALBOX_CONSOLE_RENDER_H

#include "application/arguments.h"
#include "application/frontend.h"

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

typedef enum OutputFormat {
	FORMAT_TABLE,
	FORMAT_VERTICAL,
	FORMAT_CSV,
	FORMAT_TSV,
	FORMAT_JSON,
	FORMAT_JSONL,
	FORMAT_MARKDOWN,
} OutputFormat;

/* "table", …, in the order of OutputFormat; NULL-terminated. */
extern const char *const output_format_names[];

typedef struct RenderOptions {
	OutputFormat format;
	bool header;
	bool quiet;
	bool colour;       /* of out */
	bool out_terminal; /* table fits `width`, text is sanitised */
	bool err_terminal; /* progress is one line that is redrawn; else whole lines, at most one a second */
	int width;         /* cells; 0: not limited */
	FILE *out;         /* data */
	FILE *err;         /* narration, progress, errors */
	/* Asks on the terminal; NULL: nobody can be asked. */
	Answer (*ask)(const Question *question, gpointer data);
	gpointer ask_data;
} RenderOptions;

/*
 * The front end of REPL and shell. json is one array, jsonl one object a line, csv (RFC 4180) and tsv start
 * with a header; numbers and booleans are json's, unset values null. table, vertical and markdown are
 * sanitised always, the others where they go to a terminal (json by escapes, so that it stays the same data);
 * csv and tsv cells that a spreadsheet would run (= + - @) are left as they are: data is data.
 */
Frontend *render_new(const RenderOptions *options);
void render_free(Frontend *self);

/* "error: …" with what to do next, on `err`, sanitised. */
void render_error(const RenderOptions *options, const GError *error);

/* The renderer that a shell expects on this process's stdout and stderr. */
RenderOptions render_options_for_terminal(const CommonOptions *options);

#endif
