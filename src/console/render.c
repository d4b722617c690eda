#include "console/render.h"
#include "formats/format.h"
#include "narration.h"

#include "base/error.h"
#include "base/text.h"

#include <errno.h>
#include <string.h>

/* Written out when this much has gathered. */
#define BUFFER_SIZE ((gsize)64 * 1024)

const char *const output_format_names[] = { "table", "vertical", "csv", "tsv", "json", "jsonl", "markdown",
	NULL };

const Format *const formats[] = {
	[FORMAT_TABLE] = &table_format,
	[FORMAT_VERTICAL] = &vertical_format,
	[FORMAT_CSV] = &csv_format,
	[FORMAT_TSV] = &tsv_format,
	[FORMAT_JSON] = &json_format,
	[FORMAT_JSONL] = &jsonl_format,
	[FORMAT_MARKDOWN] = &markdown_format,
};

typedef struct Renderer {
	Frontend frontend;
	RenderOptions options;
	const Format *format;
	FormatWriter writer;
	bool writing; /* between begin and end */
	GPtrArray *names;
	ResultColumn *columns;
	GString *buffer;
	Narration *narration;
} Renderer;

static bool
flush_buffer(Renderer *self, GError **error)
{
	bool written =
	    fwrite(self->buffer->str, 1, self->buffer->len, self->options.out) == self->buffer->len &&
	    fflush(self->options.out) == 0;

	g_string_truncate(self->buffer, 0);
	if (!written)
		g_set_error(
		    error, SB_ERROR, SB_ERROR_UNAVAILABLE, "can't write the output: %s", g_strerror(errno));
	return written;
}

/* The shape is gone after the call, and its names with it. */
static void
copy_columns(Renderer *self, const ResultShape *shape)
{
	g_free(self->columns);
	self->columns = g_new0(ResultColumn, shape->column_count + 1);
	g_ptr_array_set_size(self->names, 0);
	for (size_t i = 0; i < shape->column_count; i++) {
		char *name = g_strdup(shape->columns[i].name);

		g_ptr_array_add(self->names, name);
		self->columns[i] = (ResultColumn){ name, shape->columns[i].type };
	}
}

static bool
render_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	Renderer *self = (Renderer *)frontend;

	(void)error;
	copy_columns(self, shape);
	self->writer = (FormatWriter){
		.options = &self->options,
		.kind = shape->kind,
		.columns = self->columns,
		.column_count = shape->column_count,
	};
	self->writing = true;
	self->format->begin(&self->writer, self->buffer);
	return true;
}

static bool
render_row(Frontend *frontend, const Cell *cells, GError **error)
{
	Renderer *self = (Renderer *)frontend;

	self->format->row(&self->writer, cells, self->buffer);
	self->writer.rows++;
	return self->buffer->len < BUFFER_SIZE || flush_buffer(self, error);
}

static bool
render_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	Renderer *self = (Renderer *)frontend;

	self->format->end(&self->writer, end, self->buffer);
	self->writing = false;
	if (!flush_buffer(self, error))
		return false;
	narration_end(self->narration, &self->writer, end);
	return true;
}

static void
render_created(Frontend *frontend, const char *id)
{
	Renderer *self = (Renderer *)frontend;

	/* It may come from a stored result, and so from the database. */
	g_autofree char *clean = text_sanitised(id, TEXT_SINGLE_LINE);

	fprintf(self->options.out, "%s\n", self->options.out_terminal ? clean : id);
	fflush(self->options.out);
}

static void
render_note(Frontend *frontend, NoteKind kind, const char *text)
{
	narration_note(((Renderer *)frontend)->narration, kind, text);
}

static void
render_progress(Frontend *frontend, const Progress *progress)
{
	narration_progress(((Renderer *)frontend)->narration, progress);
}

static Answer
render_ask(Frontend *frontend, const Question *question)
{
	Renderer *self = (Renderer *)frontend;

	narration_clear_progress(self->narration);
	if (self->options.ask == NULL)
		return ANSWER_UNAVAILABLE;
	return self->options.ask(question, self->options.ask_data);
}

Frontend *
render_new(const RenderOptions *options)
{
	Renderer *self = g_new0(Renderer, 1);

	self->options = *options;
	self->format = formats[options->format];
	self->names = g_ptr_array_new_with_free_func(g_free);
	self->buffer = g_string_sized_new(BUFFER_SIZE / 4);
	self->narration = narration_new(&self->options);
	self->frontend = (Frontend){
		.whole_values = self->format->whole_values,
		.shows_totals = options->err_terminal && !options->quiet,
		.begin = render_begin,
		.row = render_row,
		.end = render_end,
		.created = render_created,
		.note = render_note,
		.progress = render_progress,
		.ask = render_ask,
	};
	return &self->frontend;
}

/* What came before a failure is shown all the same, and a json array is closed. */
static void
end_interrupted(Renderer *self)
{
	ResultEnd end = { .rows = self->writer.rows, .total = -1, .more_after = true };

	self->format->end(&self->writer, &end, self->buffer);
	flush_buffer(self, NULL);
}

void
render_free(Frontend *frontend)
{
	Renderer *self = (Renderer *)frontend;

	if (self == NULL)
		return;
	if (self->writing)
		end_interrupted(self);
	narration_free(self->narration);
	g_string_free(self->buffer, TRUE);
	g_ptr_array_unref(self->names);
	g_free(self->columns);
	g_free(self);
}
