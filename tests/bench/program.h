#ifndef SIGNALBOX_TESTS_BENCH_PROGRAM_H
#define SIGNALBOX_TESTS_BENCH_PROGRAM_H

#include <glib.h>

typedef struct Cost {
	double ms;       /* from the start to the end, on the clock */
	double peak_mib; /* the most memory that it had at once */
} Cost;

/*
 * Runs a program to its end, without a terminal, its output in the file `output`. One that fails ends the
 * bench with what it said. Its memory counts from what this process has when it starts it, which is less than
 * any program that is measured here needs.
 */
Cost program_run(const char *const *argv, const char *output);

/* Resident memory of a process and all that it has started, in MiB. */
double program_resident_mib(int pid);

#endif
