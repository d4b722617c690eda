#ifndef SIGNALBOX_APPLICATION_PIPELINE_H
#define SIGNALBOX_APPLICATION_PIPELINE_H

#include "application/command.h"

#include <glib.h>
#include <stdbool.h>

/*
 * Every command of every door runs through this: the behaviours before the handler in the order of (priority,
 * registration), the handler, the behaviours after it. When any step fails, every behaviour that has an
 * on_error is told, and the first error stays. docs/architecture.md tells the life of a command.
 */
typedef enum BehaviourPriority {
	PRIORITY_VALIDATE = 0,
	PRIORITY_AUTHORIZE = 2,
	PRIORITY_BEGIN = 10,
	PRIORITY_IDEMPOTENCY = 11,
	PRIORITY_SAVE = 90,
	PRIORITY_PUBLISH = 95,
} BehaviourPriority;

typedef struct Behaviour {
	const char *name;
	int priority;
	/* Below 50: before the handler. May set run->replayed, then the handler is skipped. NULL: nothing to
	 * do. */
	bool (*before)(CommandRun *run, GError **error);
	/* From 50 on: after the handler. */
	bool (*after)(CommandRun *run, GError **error);
	/* Must not fail and must not change `error`. */
	void (*on_error)(CommandRun *run, const GError *error);
} Behaviour;

/*
 * Runs one handler (run->def's own, or a step of a bulk verb) as one transaction. Retries the whole of it,
 * from the first behaviour on, for 40001, 40P01 and a connection lost before COMMIT was sent: 3 tries,
 * jitter.
 */
typedef bool (*PipelineStep)(CommandRun *run, gpointer data, GError **error);
bool pipeline_run(CommandRun *run, PipelineStep step, gpointer data, GError **error);

/*
 * Refuses what can be refused without asking the server: values out of bounds, and a mode that does not allow
 * it. The session may be NULL. command_execute checks it again, with the role that the session knows.
 */
bool command_check(CommandRun *run, GError **error);

/*
 * Runs a parsed command from confirmation to report: one transaction, or plan, question and batches for a
 * bulk verb. What the operator shall know goes to run->frontend; the error is the caller's to show.
 */
bool command_execute(CommandRun *run, GError **error);

#endif
