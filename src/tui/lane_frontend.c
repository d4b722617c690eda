#include "lane_frontend.h"

/* Rows travel together: a wake-up of the main thread for each would cost more than the row. */
#define BATCH_ROWS 64
#define BATCH_AGE (30 * DURATION_MILLISECOND)

static LaneFrontend *
self_of(Frontend *frontend)
{
	return (LaneFrontend *)frontend;
}

static LaneEvent *
event_of(const LaneFrontend *self, LaneEventKind kind)
{
	return lane_event_new(kind, self->lane, self->request);
}

static void
post_rows(LaneFrontend *self)
{
	LaneEvent *event;

	if (self->rows == NULL)
		return;
	event = event_of(self, LANE_EVENT_ROWS);
	event->rows = g_steal_pointer(&self->rows);
	mailbox_post(self->events, event);
}

static bool
begin(Frontend *frontend, const ResultShape *shape, GError **error)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_BEGIN);

	(void)error;
	post_rows(self);
	event->result = shape->kind;
	event->title = g_strdup(shape->title);
	event->columns = row_columns_new(shape->columns, shape->column_count);
	self->column_count = shape->column_count;
	mailbox_post(self->events, event);
	return true;
}

static bool
row(Frontend *frontend, const Cell *cells, GError **error)
{
	LaneFrontend *self = self_of(frontend);

	(void)error;
	if (self->rows == NULL) {
		self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)row_free);
		self->rows_since = g_get_monotonic_time();
	}
	g_ptr_array_add(self->rows, row_new(cells, self->column_count));
	if (self->rows->len >= BATCH_ROWS || g_get_monotonic_time() - self->rows_since > BATCH_AGE)
		post_rows(self);
	return true;
}

static bool
end(Frontend *frontend, const ResultEnd *result_end, GError **error)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_END);

	(void)error;
	post_rows(self);
	event->end = (LaneEnd){
		.rows = result_end->rows,
		.more_after = result_end->more_after,
		.more_before = result_end->more_before,
		.first_cursor = g_strdup(result_end->first_cursor),
		.last_cursor = g_strdup(result_end->last_cursor),
		.total = result_end->total,
		.total_is_estimate = result_end->total_is_estimate,
		.scanned = result_end->scanned,
	};
	mailbox_post(self->events, event);
	return true;
}

static void
created(Frontend *frontend, const char *id)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_CREATED);

	event->text = g_strdup(id);
	mailbox_post(self->events, event);
}

static void
note(Frontend *frontend, NoteKind kind, const char *text)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_NOTE);

	event->note = kind;
	event->text = g_strdup(text);
	mailbox_post(self->events, event);
}

static void
progress(Frontend *frontend, const Progress *now)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_PROGRESS);

	event->progress = *now;
	event->progress.what = NULL;
	event->text = g_strdup(now->what);
	mailbox_post(self->events, event);
}

static Answer
ask(Frontend *frontend, const Question *question)
{
	LaneFrontend *self = self_of(frontend);
	LaneEvent *event = event_of(self, LANE_EVENT_ASK);

	event->question.title = g_strdup(question->title);
	event->question.lines = g_strdupv((char **)(guintptr)question->lines);
	event->question.typed = g_strdup(question->typed);
	mailbox_post(self->events, event);
	for (;;) {
		g_autofree LaneAnswer *answer = mailbox_wait(self->answers, -1);

		if (answer->request == self->request || answer->request == LANE_ANSWER_ALL)
			return answer->answer;
	}
}

void
lane_frontend_init(
    LaneFrontend *self, LaneName lane, uint64_t request, bool whole, Mailbox *events, Mailbox *answers)
{
	*self = (LaneFrontend){
		.frontend = {
			.whole_values = whole,
			.shows_totals = true,
			.shows_plans = true,
			.begin = begin,
			.row = row,
			.end = end,
			.created = created,
			.note = note,
			.progress = progress,
			.ask = ask,
		},
		.lane = lane,
		.request = request,
		.events = events,
		.answers = answers,
	};
}

void
lane_frontend_clear(LaneFrontend *self)
{
	post_rows(self);
}
