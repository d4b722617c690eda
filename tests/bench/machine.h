#ifndef SIGNALBOX_TESTS_BENCH_MACHINE_H
#define SIGNALBOX_TESTS_BENCH_MACHINE_H

#include "data.h"

/* Where and against what is measured, as a list in Markdown. */
void machine_print(const Data *data);

#endif
