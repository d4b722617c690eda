#ifndef SIGNALBOX_TESTS_WORKBENCH_H
#define SIGNALBOX_TESTS_WORKBENCH_H

#include "application/run.h"
#include "application/session.h"
#include "cluster.h"

/* A session on a database of a test cluster, on which tests run handlers of their own through the whole
 * pipeline. */
typedef struct Workbench {
	Context context; /* may be changed between runs */
	CancelToken *cancel;
	Session *session;
} Workbench;

/* Whatever fails here fails the test. `host` NULL: the cluster's own. */
Workbench *workbench_open(const Cluster *cluster, const char *database);
Workbench *workbench_open_at(const Cluster *cluster, const char *host, const char *database);

/* Accepts NULL. */
void workbench_close(Workbench *self);

/* How a run differs from a plain write. */
typedef struct WorkOptions {
	const char *name; /* of the command; NULL: "tests run" */
	Effect effect;    /* EFFECT_LOCAL, the zero: EFFECT_WRITE */
	unsigned flags;   /* of CommandFlags */
	bool dry_run;
	bool within_script;
	const char *key;
	const char *reason;
	Duration timeout;
	bool (*validate)(const void *args, GError **error);
} WorkOptions;

/* What a run left behind. `error` is NULL when it was done. */
typedef struct Work {
	CommandDef def;
	Arguments arguments;
	CommandRun *run;
	GError *error;
} Work;

/* Runs `step` with `data`; `options` may be NULL. */
Work *workbench_run(Workbench *self, const WorkOptions *options, PipelineStep step, gpointer data);

/* Accepts NULL. */
void work_free(Work *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Workbench, workbench_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Work, work_free)

#endif
