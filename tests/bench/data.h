#ifndef SIGNALBOX_TESTS_BENCH_DATA_H
#define SIGNALBOX_TESTS_BENCH_DATA_H

#include "cluster.h"

#include <glib.h>

/*
 * What is measured: a private server with PostgreSQL's own settings (fsync on; jit off) and databases of the
 * reference schema with 5,000 users and as many posts as asked for, in the order in which they were written.
 * The title of post N begins with `Part` and N in eight digits, the newest has the greatest number, so that a
 * screen tells where in the table it is.
 */
typedef struct Data {
	Cluster *cluster;
	gint64 browsed;  /* posts in the database that is looked through */
	gint64 exported; /* posts in the database that is exported */
	int runs;        /* of short work; 0: 15 */
	int long_runs;   /* of long work: 5 */
} Data;

#define DATA_TITLE "Part "
#define DATA_TITLE_DIGITS 8

Data *data_new(gint64 browsed, gint64 exported, int runs);

/* Stops the server and removes everything. */
void data_free(Data *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Data, data_free)

/*
 * Makes the database of that name when it is not there yet, and lets everything that is started from now on
 * connect to it.
 */
void data_use(Data *self, const char *database, gint64 posts);

/* A path in the server's folder, which goes with it. Newly allocated. */
char *data_path(const Data *self, const char *name);

/* PG* and XDG_* for a program in a terminal, NAME=value; NULL-terminated. Newly allocated. */
char **data_environment(const char *const *more);

/* The first row of what a statement answers. Newly allocated. */
char *data_ask(const Data *self, const char *sql);

#endif
