#ifndef SIGNALBOX_TUI_LANE_H
#define SIGNALBOX_TUI_LANE_H

#include "lane_event.h"

#include "base/mailbox.h"
#include "console/console.h"

/*
 * A thread with a console of its own that runs command lines one after another, so that the main thread never
 * waits. What it has to say comes as LaneEvents into the mailbox that all lanes share. Everything here is for
 * the main thread and returns at once.
 */
typedef struct Lane Lane;

/* `settings` are copied; the lane has its own cancel token. `events` is borrowed. */
Lane *lane_new(LaneName name, const ConsoleSettings *settings, Mailbox *events);

/* Cancels what runs, answers no to what it asks, and lets the thread end. Accepts NULL. */
void lane_stop(Lane *self);

/*
 * Frees a lane that was stopped. A thread that a frozen server holds back beyond the (monotonic) deadline is
 * left behind for the end of the program: false, and everything that it was given must stay. Accepts NULL.
 */
bool lane_end(Lane *self, gint64 deadline);

/* Queues a command line; its number marks its events. `whole`: values are not cut on the server. */
uint64_t lane_run(Lane *self, const char *line, bool whole);

/* Queues a completion at byte `cursor`, asking the server. */
uint64_t lane_complete(Lane *self, const char *line, size_t cursor);

/* From the next request on, works on another context. */
void lane_use(Lane *self, const Context *context);

/* Answers the question of a request. */
void lane_answer(Lane *self, uint64_t request, Answer answer);

/* Cancels what runs and what waits. Their DONE still comes; until then the lane is busy. */
void lane_cancel(Lane *self);

/*
 * To be told every event of this lane before anyone else looks at it. False: the event is of a request that
 * was cancelled, so nobody waits for it any more, or of one that a late cancel hit and that runs again.
 */
bool lane_take(Lane *self, const LaneEvent *event);

/* True while a request is not done. */
bool lane_is_busy(const Lane *self);

/* True while something that was cancelled has not ended yet. */
bool lane_is_cancelling(const Lane *self);

/* How long the oldest request has been under way, counted from the last answer to its questions. */
Duration lane_elapsed(const Lane *self);

/* Now and then while it is busy: sends a cancel again that came before the request had begun. */
void lane_tick(Lane *self);

#endif
