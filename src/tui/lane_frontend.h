#ifndef SIGNALBOX_TUI_LANE_FRONTEND_H
#define SIGNALBOX_TUI_LANE_FRONTEND_H

#include "lane_event.h"

#include "base/mailbox.h"

/* An answer on its way to the lane that asked. */
typedef struct LaneAnswer {
	uint64_t request; /* LANE_ANSWER_ALL: to whoever asks, for the end */
	Answer answer;
} LaneAnswer;

#define LANE_ANSWER_ALL UINT64_MAX

/* A Frontend that posts every call as an event. Used on the lane's thread; the mailboxes are borrowed. */
typedef struct LaneFrontend {
	Frontend frontend; /* first */
	LaneName lane;
	uint64_t request;
	Mailbox *events;  /* of LaneEvent * */
	Mailbox *answers; /* of LaneAnswer * */
	size_t column_count;
	GPtrArray *rows;   /* on their way */
	gint64 rows_since; /* monotonic */
} LaneFrontend;

/* `whole`: values are not cut on the server. */
void lane_frontend_init(
    LaneFrontend *self, LaneName lane, uint64_t request, bool whole, Mailbox *events, Mailbox *answers);

/* Posts the rows that are still held, as for a run that failed in the middle. */
void lane_frontend_clear(LaneFrontend *self);

#endif
