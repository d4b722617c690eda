#ifndef SIGNALBOX_TESTS_BENCH_SAMPLES_H
#define SIGNALBOX_TESTS_BENCH_SAMPLES_H

#include <glib.h>

/* What was measured, one value a time: milliseconds or MiB. */
typedef struct Samples Samples;

Samples *samples_new(void);
void samples_free(Samples *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Samples, samples_free)

void samples_add(Samples *self, double value);

/* There must be at least one value. `fraction` 0 is the smallest, 0.5 the median, 1 the largest. */
double samples_at(const Samples *self, double fraction);
double samples_median(const Samples *self);
guint samples_count(const Samples *self);

#endif
