#ifndef SIGNALBOX_TESTS_BENCH_REPORT_H
#define SIGNALBOX_TESTS_BENCH_REPORT_H

#include "samples.h"

/*
 * Tables in Markdown on stdout, a line as soon as it is known, so that a run can be pasted into
 * docs/performance.md; progress on stderr.
 */

typedef enum Unit {
	UNIT_TIME,   /* samples are milliseconds */
	UNIT_MEMORY, /* samples are MiB */
} Unit;

typedef struct Comparison {
	const char *work;
	Unit unit;
	const Samples *ours;
	const char *peer; /* who did the same; NULL: nobody, and no samples */
	const Samples *peers;
	double goal_ratio; /* of ours to the peer's, at most; 0: none */
	double goal;       /* of ours, at most; 0: none */
} Comparison;

/* A title and the head of a table for what follows. */
void report_section(const char *title);

/* Medians, smallest and largest, ratio, goal, and whether it was met or missed by how much. */
void report_comparison(const Comparison *comparison);

/* What is being done now. */
void report_progress(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* 1234567 as 1,234,567. Newly allocated. */
char *report_number(gint64 number);

/* Something that is measured does not work: says what and ends the program with 1. */
_Noreturn void report_broken(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
