#ifndef SIGNALBOX_TESTS_BENCH_FIGURES_H
#define SIGNALBOX_TESTS_BENCH_FIGURES_H

#include "data.h"

#define PSQL TEST_PG_BINDIR "/psql"
#define SIGNALBOX TEST_PROGRAM

/* Each measures Signalbox and its peer in turns and prints a table. */
void figure_start(Data *data);
void figure_pages(Data *data);
void figure_memory(Data *data);
void figure_export(Data *data);

#endif
