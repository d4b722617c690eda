#ifndef SIGNALBOX_APPLICATION_FRONTEND_H
#define SIGNALBOX_APPLICATION_FRONTEND_H

#include "application/value.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * How a run talks to whoever started it. The REPL and the shell print, a screen posts each call to its main
 * thread, a test records. Called on the thread that runs the command; nothing that is passed outlives the
 * call.
 */
typedef struct Frontend Frontend;

typedef struct ResultColumn {
	const char *name;
	ValueType type;
} ResultColumn;

typedef enum ResultKind {
	RESULT_LIST,   /* rows of one kind */
	RESULT_RECORD, /* one row, to be read field by field */
	RESULT_TEXT,   /* one column of lines: sql, help */
} ResultKind;

typedef struct ResultShape {
	ResultKind kind;
	const char *title; /* what the rows are, in the plural: "posts"; may be NULL */
	const ResultColumn *columns;
	size_t column_count;
} ResultShape;

/* What is said after the last row. Texts are NULL where they do not apply. */
typedef struct ResultEnd {
	uint64_t rows;
	bool more_after;          /* there are rows after the last one */
	bool more_before;         /* there are rows before the first one */
	const char *first_cursor; /* --before continues here */
	const char *last_cursor;  /* --after continues here */
	int64_t total;            /* of all that match; -1: not known */
	bool total_is_estimate;   /* shown with ~ */
	bool scanned;             /* no index served the filter */
} ResultEnd;

typedef enum NoteKind {
	NOTE_INFO,    /* what was done: "published 1 post" */
	NOTE_WARNING, /* worth a look */
	NOTE_HINT,    /* what can be done next */
	NOTE_NOTICE,  /* said by the server */
} NoteKind;

typedef struct Progress {
	const char *what; /* "messages" */
	uint64_t done;
	uint64_t total; /* 0: not known */
	double rate;    /* a second; 0: not known yet */
	int64_t left;   /* microseconds; -1: not known yet */
} Progress;

/* What has to be confirmed. `typed` NULL: yes or no, with the focus on no. */
typedef struct Question {
	const char *title;        /* "Retry 41 outbox messages?" */
	const char *const *lines; /* what will happen, NULL-terminated */
	const char *typed;        /* the name or the count that must be typed */
} Question;

typedef enum Answer {
	ANSWER_NO,
	ANSWER_YES,
	ANSWER_UNAVAILABLE, /* nobody can be asked: no terminal */
} Answer;

struct Frontend {
	bool whole_values; /* rows must not be cut on the server: machine formats and records */
	bool shows_totals; /* whether an estimate of all rows is worth a question to the server */
	bool shows_plans;  /* a bulk verb asks whatever its size: on a screen it is one key away */
	/* Each of these three may fail (a closed pipe); the run then ends. */
	bool (*begin)(Frontend *self, const ResultShape *shape, GError **error);
	bool (*row)(Frontend *self, const Cell *cells, GError **error);
	bool (*end)(Frontend *self, const ResultEnd *end, GError **error);
	/* A created id: alone on stdout. Only after the commit. */
	void (*created)(Frontend *self, const char *id);
	void (*note)(Frontend *self, NoteKind kind, const char *text);
	void (*progress)(Frontend *self, const Progress *progress);
	/* Waits for the answer; never while a transaction is open. */
	Answer (*ask)(Frontend *self, const Question *question);
};

#endif
