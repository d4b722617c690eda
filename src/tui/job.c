#include "job.h"

#include <string.h>

static LaneName
lane_of(const CommandDef *def)
{
	switch (def->effect) {
	case EFFECT_READ:
	case EFFECT_READ_AUDITED: return LANE_READ;
	case EFFECT_LOCAL:
	case EFFECT_WRITE:
	case EFFECT_DESTRUCTIVE: return LANE_WRITE;
	}
	return LANE_WRITE;
}

Job *
job_new(const char *line, const CommandDef *def, KeyPress press)
{
	Job *self = g_new0(Job, 1);

	self->lane = lane_of(def);
	self->line = g_strdup(line);
	self->press = press;
	self->screen = screen_of_line(line, def, line);
	self->view = view_new(self->screen->lists->pdata[0], NULL);
	self->notes = g_string_new(NULL);
	self->worst = NOTE_HINT;
	return self;
}

void
job_free(Job *self)
{
	if (self == NULL)
		return;
	view_free(self->view);
	screen_free(self->screen);
	document_origin_clear(&self->origin);
	g_string_free(self->notes, TRUE);
	g_free(self->line);
	g_free(self);
}

static bool
is_graver(NoteKind kind, NoteKind than)
{
	static const int gravity[] = {
		[NOTE_HINT] = 0, [NOTE_NOTICE] = 1, [NOTE_INFO] = 2, [NOTE_WARNING] = 3
	};

	return gravity[kind] > gravity[than];
}

void
job_note(Job *self, NoteKind kind, const char *text)
{
	if (self->notes->len > 0)
		g_string_append(self->notes, "; ");
	g_string_append(self->notes, text);
	if (is_graver(kind, self->worst))
		self->worst = kind;
}
