#include "lane_event.h"

LaneEvent *
lane_event_new(LaneEventKind kind, LaneName lane, uint64_t request)
{
	LaneEvent *self = g_new0(LaneEvent, 1);

	self->kind = kind;
	self->lane = lane;
	self->request = request;
	return self;
}

void
lane_server_clear(LaneServer *self)
{
	g_clear_pointer(&self->user, g_free);
	g_clear_pointer(&self->database, g_free);
	g_clear_pointer(&self->host, g_free);
}

void
lane_event_free(LaneEvent *self)
{
	if (self == NULL)
		return;
	g_free(self->title);
	row_columns_free(self->columns);
	g_clear_pointer(&self->rows, g_ptr_array_unref);
	g_free(self->end.first_cursor);
	g_free(self->end.last_cursor);
	g_free(self->text);
	g_free(self->question.title);
	g_strfreev(self->question.lines);
	g_free(self->question.typed);
	g_clear_pointer(&self->completion, completion_free);
	lane_server_clear(&self->server);
	g_clear_error(&self->error);
	g_free(self->watch_line);
	g_free(self);
}
