#ifndef SIGNALBOX_TUI_JOB_H
#define SIGNALBOX_TUI_JOB_H

#include "document_place.h"
#include "lane_event.h"
#include "view.h"

/* A command line that was started, until it is done: which kind of place its result needs is known only when
 * it comes. */
typedef struct Job {
	LaneName lane;
	uint64_t request;
	char *line;
	KeyPress press; /* what started it: it cannot confirm it */
	Screen *screen; /* for a list: made from the line; or NULL once a place has it */
	View *view;     /* likewise */
	DocumentOrigin origin;
	Place *place;     /* where its results go; borrowed, NULL: none yet, or gone */
	bool has_result;  /* a result came */
	bool declined;    /* the answer to its question was no */
	Duration refresh; /* of `watch` */
	GString *notes;
	NoteKind worst;
} Job;

Job *job_new(const char *line, const CommandDef *def, KeyPress press);
void job_free(Job *self);

/* Keeps what is said while it runs. */
void job_note(Job *self, NoteKind kind, const char *text);

#endif
