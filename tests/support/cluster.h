#ifndef SIGNALBOX_TESTS_CLUSTER_H
#define SIGNALBOX_TESTS_CLUSTER_H

#include <glib.h>
#include <stdbool.h>

/*
 * A private PostgreSQL cluster for one test program: unix socket only, a data directory of its own in the
 * temporary folder, run by an unprivileged account even when the test is root. A guardian process stops the
 * server and removes the folder when the test ends, however it ends.
 *
 * Whatever fails here fails the running test with a message; nothing returns an error. The only login is the
 * superuser 'postgres', without a password.
 */
typedef struct Cluster Cluster;

/*
 * Returns when the server takes connections. Removes every PG* variable, ConnectionStrings__Database and
 * SIGNALBOX_CONFIG from this process, so that nothing from outside decides where a test connects.
 */
Cluster *cluster_start(void);

/* The same with more settings, `name=value`, over those that a test has; NULL-terminated. */
Cluster *cluster_start_with(const char *const *settings);

/* Returns when the server has ended and its folder is gone. Accepts NULL. */
void cluster_stop(Cluster *self);

/* The server goes away (as a crash would take it) and comes back with the same data. */
void cluster_halt(Cluster *self);
void cluster_resume(Cluster *self);

/* The socket's folder; also where the server's log is. Borrowed. */
const char *cluster_host(const Cluster *self);
int cluster_port(const Cluster *self);

/* What the server has logged so far. Newly allocated. */
char *cluster_log(const Cluster *self);

/* "host=… port=… user=postgres dbname=…". Newly allocated. */
char *cluster_conninfo(const Cluster *self, const char *database);

/* Sets PGHOST, PGPORT, PGUSER and PGDATABASE for the programs that this test starts. */
void cluster_export(const Cluster *self, const char *database);

/* An empty database. */
void cluster_database(Cluster *self, const char *name);

/* A database with every reference migration applied and recorded. The first call takes longer than the
 * others. */
void cluster_database_with_schema(Cluster *self, const char *name);

/* Nobody may be connected to it but the caller's own forgotten sessions, which are ended. */
void cluster_drop_database(Cluster *self, const char *name);

/* Runs one or more statements. */
void cluster_execute(const Cluster *self, const char *database, const char *sql);

/*
 * What the last statement answers: columns separated by '|', rows by newlines, NULL as an empty string; ""
 * without rows. Newly allocated.
 */
char *cluster_query_text(const Cluster *self, const char *database, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cluster, cluster_stop)

#endif
