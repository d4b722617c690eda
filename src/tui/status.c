#include "status.h"

#include "base/text.h"
#include "base/timestamp.h"

#define HEIGHT_MAX 3
#define BAR_CELLS 20
#define ARROW_CELLS 4
#define LINE_CELLS_MIN 4 /* less of a command line tells nothing */

void
status_clear(Status *self)
{
	g_clear_pointer(&self->line, g_free);
	g_clear_pointer(&self->outcome, g_free);
	g_clear_pointer(&self->progress_what, g_free);
	self->failed = false;
}

void
status_say(Status *self, const char *line, const char *outcome, NoteKind kind)
{
	g_autofree char *kept = g_strdup(line != NULL ? line : self->line);

	status_clear(self);
	self->line = g_steal_pointer(&kept);
	self->outcome = text_sanitised(outcome, TEXT_SINGLE_LINE);
	self->kind = kind;
}

void
status_fail(Status *self, const char *line, const char *message)
{
	status_say(self, line, message, NOTE_WARNING);
	self->failed = true;
}

void
status_begin(Status *self, const char *line)
{
	g_autofree char *kept = g_strdup(line);

	status_clear(self);
	self->line = g_steal_pointer(&kept);
}

void
status_progress(Status *self, const char *what, const Progress *progress)
{
	g_free(self->progress_what);
	self->progress_what = text_sanitised(what, TEXT_SINGLE_LINE);
	self->progress = *progress;
}

static Style
outcome_style(const Status *self)
{
	if (self->failed)
		return STYLE_ERROR;
	switch (self->kind) {
	case NOTE_INFO: return STYLE_NOTE;
	case NOTE_WARNING: return STYLE_WARNING;
	case NOTE_HINT:
	case NOTE_NOTICE: return STYLE_HINT_TEXT;
	}
	return STYLE_NOTE;
}

/* A failure has the line for itself: what to do next stands at its end. So has what would not fit into it. */
static bool
has_line_for_itself(const Status *self, int cells)
{
	return self->failed ||
	    (self->outcome != NULL && self->progress_what == NULL &&
		text_width(self->outcome) > cells - ARROW_CELLS);
}

int
status_height(const Status *self, int width)
{
	int cells = width - 2;

	if (cells < 1 || !has_line_for_itself(self, cells))
		return 1;
	return CLAMP((text_width(self->outcome) + cells + cells / 8) / cells, 1, HEIGHT_MAX);
}

static char *
progress_text(const Status *self)
{
	const Progress *now = &self->progress;
	GString *text = g_string_new(NULL);

	g_string_append_printf(text, " %" G_GUINT64_FORMAT, now->done);
	if (now->total > 0)
		g_string_append_printf(text, " of %" G_GUINT64_FORMAT, now->total);
	g_string_append_printf(text, " %s", self->progress_what);
	if (now->rate > 0)
		g_string_append_printf(text, ", %.0f a second", now->rate);
	if (now->left >= 0) {
		g_autofree char *left = duration_format(now->left);

		g_string_append_printf(text, ", %s left", left);
	}
	return g_string_free(text, FALSE);
}

static void
draw_progress(const Status *self, const Canvas *canvas, int x)
{
	g_autofree char *text = progress_text(self);
	Look look = theme_look(canvas->theme, STYLE_BAR, ROW_PLAIN);
	int full = 0;

	if (self->progress.total > 0)
		full =
		    (int)(MIN(self->progress.done, self->progress.total) * BAR_CELLS / self->progress.total);
	text_draw_repeated(
	    canvas->window, canvas->y, x, full, theme_glyph(canvas->theme, GLYPH_BAR_FULL), look);
	text_draw_repeated(canvas->window, canvas->y, x + full, BAR_CELLS - full,
	    theme_glyph(canvas->theme, GLYPH_BAR_EMPTY), look);
	canvas_text(canvas, 0, x + BAR_CELLS, canvas->width - x - BAR_CELLS - 1, text, STYLE_HINT_TEXT);
}

/* The outcome matters more than the line: the line gives way. */
static int
line_cells(const Status *self, int cells)
{
	int outcome = self->outcome != NULL ? text_width(self->outcome) + ARROW_CELLS : 0;

	if (self->progress_what != NULL)
		return MAX(cells - BAR_CELLS - 20, MIN(cells / 3, 24));
	return cells - outcome < LINE_CELLS_MIN ? 0 : cells - outcome;
}

static void
draw_line(const Status *self, const Canvas *canvas, int x)
{
	const char *arrow = theme_is_ascii(canvas->theme) ? " -> " : " → ";

	if (self->line != NULL)
		x += canvas_text(
		    canvas, 0, x, line_cells(self, canvas->width - x - 1), self->line, STYLE_COMMAND_LINE);
	if (self->progress_what != NULL) {
		draw_progress(self, canvas, x + 2);
	} else if (self->outcome != NULL) {
		if (self->line != NULL)
			x += canvas_text(canvas, 0, x, canvas->width - x - 1, arrow, STYLE_HINT_TEXT);
		canvas_text(canvas, 0, x, canvas->width - x - 1, self->outcome, outcome_style(self));
	}
}

void
status_draw(const Status *self, const Canvas *canvas, guint marked)
{
	int x = 1;

	if (has_line_for_itself(self, canvas->width - 2)) {
		canvas_paragraph(canvas, 0, 1, self->outcome, outcome_style(self));
		return;
	}
	if (marked > 0) {
		g_autofree char *text = g_strdup_printf("%u marked", marked);

		x += canvas_text(canvas, 0, x, canvas->width - 2, text, STYLE_TITLE) + 3;
	}
	draw_line(self, canvas, x);
}
