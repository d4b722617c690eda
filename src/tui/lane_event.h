#ifndef SIGNALBOX_TUI_LANE_EVENT_H
#define SIGNALBOX_TUI_LANE_EVENT_H

#include "row.h"

#include "application/completion.h"
#include "application/frontend.h"
#include "application/session.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum LaneName {
	LANE_READ,       /* lists and details: what nobody looks at any more is cancelled */
	LANE_WRITE,      /* everything that changes something, one after another */
	LANE_COMPLETION, /* candidates that only the server knows */
	LANE_COUNT,
} LaneName;

typedef enum LaneEventKind {
	LANE_EVENT_BEGIN,
	LANE_EVENT_ROWS,
	LANE_EVENT_END,
	LANE_EVENT_NOTE,
	LANE_EVENT_CREATED,
	LANE_EVENT_PROGRESS,
	LANE_EVENT_ASK,
	LANE_EVENT_COMPLETION,
	LANE_EVENT_SERVER, /* who and where the lane's connection is */
	LANE_EVENT_DONE,
} LaneEventKind;

/* A ResultEnd with texts of its own. */
typedef struct LaneEnd {
	uint64_t rows;
	bool more_after, more_before;
	char *first_cursor, *last_cursor;
	int64_t total;
	bool total_is_estimate;
	bool scanned;
} LaneEnd;

typedef struct LaneQuestion {
	char *title;
	char **lines;
	char *typed;
} LaneQuestion;

typedef struct LaneServer {
	const Context *context; /* whose it is; borrowed */
	char *user, *database, *host;
	bool superuser;
	bool read_only;
	bool has_schema;
	Role role;
} LaneServer;

/* What a lane has to say about one of its requests. Each kind uses the fields under its name. */
typedef struct LaneEvent {
	LaneEventKind kind;
	LaneName lane;
	uint64_t request;
	/* begin */
	ResultKind result;
	char *title;
	RowColumns *columns;
	/* rows: of Row * */
	GPtrArray *rows;
	/* end */
	LaneEnd end;
	/* note, created */
	NoteKind note;
	char *text;
	/* progress: its `what` is `text` */
	Progress progress;
	/* ask */
	LaneQuestion question;
	/* completion */
	Completion *completion;
	/* server */
	LaneServer server;
	/* done */
	GError *error; /* NULL: it went well */
	bool quit;
	const Context *use;
	char *watch_line;
	Duration watch_interval;
} LaneEvent;

LaneEvent *lane_event_new(LaneEventKind kind, LaneName lane, uint64_t request);
void lane_event_free(LaneEvent *self);

void lane_server_clear(LaneServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LaneEvent, lane_event_free)

#endif
