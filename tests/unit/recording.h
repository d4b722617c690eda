#ifndef SIGNALBOX_TESTS_UNIT_RECORDING_H
#define SIGNALBOX_TESTS_UNIT_RECORDING_H

#include "application/bulk.h"
#include "application/run.h"
#include "base/error.h"

#include <string.h>

/* What happened, in order, as words separated by blanks; shared by all that records. */
static GString *recorded;

static void G_GNUC_UNUSED record(const char *format, ...) G_GNUC_PRINTF(1, 2);

static void
record(const char *format, ...)
{
	va_list args;

	if (recorded->len > 0)
		g_string_append_c(recorded, ' ');
	va_start(args, format);
	g_string_append_vprintf(recorded, format, args);
	va_end(args);
}

/* A front end that writes down what it is told and gives one answer. */
typedef struct RecordingFrontend {
	Frontend frontend;
	Answer answer;
	GString *notes;     /* one a line */
	GString *rows;      /* cells joined by |, one row a line */
	GString *questions; /* title, lines and what must be typed, one a line */
	GString *progress;  /* done/total, one a line */
	char *created;
	guint results;
} RecordingFrontend;

static bool
recording_begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;

	(void)error;
	self->results++;
	g_string_append_printf(self->rows, "[%s %zu]\n", shape->title, shape->column_count);
	return true;
}

static bool
recording_row(Frontend *frontend, const Cell *cells, GError **error)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;
	const char *header = g_strrstr(self->rows->str, "[");
	const char *count = strchr(header, ' ');
	gint64 columns = g_ascii_strtoll(count + 1, NULL, 10);

	(void)error;
	for (gint64 i = 0; i < columns; i++)
		g_string_append_printf(
		    self->rows, "%s%s", i > 0 ? "|" : "", cells[i].null ? "-" : cells[i].text);
	g_string_append_c(self->rows, '\n');
	return true;
}

static bool
recording_end(Frontend *frontend, const ResultEnd *end, GError **error)
{
	(void)frontend;
	(void)end;
	(void)error;
	return true;
}

static void
recording_created(Frontend *frontend, const char *id)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;

	g_free(self->created);
	self->created = g_strdup(id);
}

static void
recording_note(Frontend *frontend, NoteKind kind, const char *text)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;

	(void)kind;
	g_string_append_printf(self->notes, "%s\n", text);
}

static void
recording_progress(Frontend *frontend, const Progress *progress)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;

	g_string_append_printf(
	    self->progress, "%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT "\n", progress->done, progress->total);
}

static Answer
recording_ask(Frontend *frontend, const Question *question)
{
	RecordingFrontend *self = (RecordingFrontend *)(void *)frontend;

	g_string_append_printf(self->questions, "%s\n", question->title);
	for (size_t i = 0; question->lines[i] != NULL; i++)
		g_string_append_printf(self->questions, "%s\n", question->lines[i]);
	g_string_append_printf(
	    self->questions, "typed %s\n", question->typed != NULL ? question->typed : "-");
	record("ask");
	return self->answer;
}

static void G_GNUC_UNUSED
recording_init(RecordingFrontend *self, Answer answer)
{
	*self = (RecordingFrontend){
		.frontend = {
			.begin = recording_begin,
			.row = recording_row,
			.end = recording_end,
			.created = recording_created,
			.note = recording_note,
			.progress = recording_progress,
			.ask = recording_ask,
		},
		.answer = answer,
		.notes = g_string_new(NULL),
		.rows = g_string_new(NULL),
		.questions = g_string_new(NULL),
		.progress = g_string_new(NULL),
	};
}

static void G_GNUC_UNUSED
recording_clear(RecordingFrontend *self)
{
	g_string_free(self->notes, TRUE);
	g_string_free(self->rows, TRUE);
	g_string_free(self->questions, TRUE);
	g_string_free(self->progress, TRUE);
	g_free(self->created);
}

/* Parses the words behind the command's name; a mistake in the test ends it. */
static G_GNUC_UNUSED Arguments *
arguments_of(const CommandDef *def, const char *line)
{
	g_autoptr(GArray) words = NULL;
	g_autoptr(GError) error = NULL;
	Arguments *arguments = NULL;

	words_split(line, &words);
	if (!arguments_parse(def, (const Word *)(void *)words->data, words->len, NULL, &arguments, &error))
		g_error("%s", error->message);
	return arguments;
}

#endif
