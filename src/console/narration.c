#include "narration.h"

#include "base/error.h"
#include "base/text.h"
#include "base/timestamp.h"

#define PROGRESS_INTERVAL_TERMINAL (G_USEC_PER_SEC / 10)
#define PROGRESS_INTERVAL_FILE G_USEC_PER_SEC

struct Narration {
	const RenderOptions *options;
	gint64 last_progress; /* monotonic */
	bool line_open;       /* a progress line stands on the terminal */
};

Narration *
narration_new(const RenderOptions *options)
{
	Narration *self = g_new0(Narration, 1);

	self->options = options;
	return self;
}

void
narration_free(Narration *self)
{
	if (self == NULL)
		return;
	narration_clear_progress(self);
	g_free(self);
}

void
narration_clear_progress(Narration *self)
{
	if (self->line_open)
		fputs("\r\033[K", self->options->err);
	self->line_open = false;
}

static const char *
prefix_of(NoteKind kind)
{
	switch (kind) {
	case NOTE_INFO: return "";
	case NOTE_WARNING: return "warning: ";
	case NOTE_HINT: return "hint: ";
	case NOTE_NOTICE: return "server: ";
	}
	return "";
}

void
narration_note(Narration *self, NoteKind kind, const char *text)
{
	g_autofree char *clean = text_sanitised(text, TEXT_MULTI_LINE);

	if (self->options->quiet && kind != NOTE_WARNING)
		return;
	narration_clear_progress(self);
	fprintf(self->options->err, "%s%s\n", prefix_of(kind), clean);
}

static char *
progress_text(const Progress *progress)
{
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, "%" G_GUINT64_FORMAT, progress->done);
	if (progress->total > 0)
		g_string_append_printf(text, " of %" G_GUINT64_FORMAT, progress->total);
	g_string_append_printf(text, " %s", progress->what);
	if (progress->rate > 0)
		g_string_append_printf(text, ", %.0f a second", progress->rate);
	if (progress->left >= 0) {
		g_autofree char *left = duration_format(progress->left);

		g_string_append_printf(text, ", %s left", left);
	}
	return g_string_free(text, FALSE);
}

void
narration_progress(Narration *self, const Progress *progress)
{
	gint64 now = g_get_monotonic_time();
	gint64 interval =
	    self->options->err_terminal ? PROGRESS_INTERVAL_TERMINAL : (gint64)PROGRESS_INTERVAL_FILE;
	g_autofree char *text = NULL;

	if (self->options->quiet || now - self->last_progress < interval)
		return;
	self->last_progress = now;
	text = progress_text(progress);
	narration_clear_progress(self);
	fputs(text, self->options->err);
	if (!self->options->err_terminal)
		fputc('\n', self->options->err);
	fflush(self->options->err);
	self->line_open = self->options->err_terminal;
}

static char *
count_text(const ResultEnd *end)
{
	if (end->total < 0 || end->total == (int64_t)end->rows)
		return g_strdup_printf(
		    "%" G_GUINT64_FORMAT "%s", end->rows, end->rows == 1 ? " row" : " rows");
	return g_strdup_printf("%" G_GUINT64_FORMAT " of %s%" G_GINT64_FORMAT " rows", end->rows,
	    end->total_is_estimate ? "~" : "", end->total);
}

static void
append_cursor(GString *text, const char *option, const char *cursor)
{
	if (cursor != NULL)
		g_string_append_printf(text, "; %s %s", option, cursor);
}

/* A pipe hears of it only when rows were left out: whoever walks the pages finds the way on here. */
void
narration_end(Narration *self, const FormatWriter *writer, const ResultEnd *end)
{
	bool is_part = end->more_after || end->more_before;
	g_autofree char *count = NULL;
	g_autoptr(GString) text = NULL;

	if (self->options->quiet || writer->kind != RESULT_LIST || !(self->options->err_terminal || is_part))
		return;
	narration_clear_progress(self);
	count = count_text(end);
	text = g_string_new(count);
	if (end->more_after && end->last_cursor == NULL)
		g_string_append(text, "; there are more");
	if (end->more_after)
		append_cursor(text, "more: --after", end->last_cursor);
	if (end->more_before)
		append_cursor(text, "back: --before", end->first_cursor);
	fprintf(self->options->err, "%s\n", text->str);
}

void
render_error(const RenderOptions *options, const GError *error)
{
	g_autofree char *clean = text_sanitised(error->message, TEXT_SINGLE_LINE);

	fprintf(options->err, "%serror:%s %s\n", options->err_terminal && options->colour ? "\033[31m" : "",
	    options->err_terminal && options->colour ? "\033[0m" : "", clean);
}
