#include "application/pipeline.h"

#include "application/run.h"
#include "base/error.h"
#include "base/log.h"
#include "behaviours/behaviours.h"

#include <poll.h>
#include <string.h>

#define TRIES 3
/* The longest wait before the second try; doubled for the third. */
#define JITTER_MS 100

/* By (priority, registration): the sort keeps what stands at the same priority in its order. */
static void
add_sorted(GArray *behaviours, const Behaviour *behaviour)
{
	guint at = behaviours->len;

	while (at > 0 && g_array_index(behaviours, const Behaviour *, at - 1)->priority > behaviour->priority)
		at--;
	g_array_insert_val(behaviours, at, behaviour);
}

static GArray *
behaviours_of(const CommandRun *run)
{
	GArray *behaviours = g_array_new(FALSE, FALSE, sizeof(const Behaviour *));

	add_sorted(behaviours, &validate_behaviour);
	add_sorted(behaviours, &authorize_behaviour);
	if (run->session == NULL || run->def->effect == EFFECT_LOCAL)
		return behaviours;
	for (const Behaviour *own = run->session->behaviours; own->name != NULL; own++)
		add_sorted(behaviours, own);
	return behaviours;
}

static bool
run_before(CommandRun *run, const GArray *behaviours, GError **error)
{
	for (guint i = 0; i < behaviours->len; i++) {
		const Behaviour *behaviour = g_array_index(behaviours, const Behaviour *, i);

		if (behaviour->before != NULL && !behaviour->before(run, error))
			return false;
	}
	return true;
}

static bool
run_after(CommandRun *run, const GArray *behaviours, GError **error)
{
	for (guint i = 0; i < behaviours->len; i++) {
		const Behaviour *behaviour = g_array_index(behaviours, const Behaviour *, i);

		if (behaviour->after != NULL && !behaviour->after(run, error))
			return false;
	}
	return true;
}

static bool
try_once(CommandRun *run, const GArray *behaviours, PipelineStep step, gpointer data, GError **error)
{
	g_autoptr(GError) first = NULL;

	run_reset(run);
	if (run_before(run, behaviours, &first) && (run->replayed || step(run, data, &first)) &&
	    run_after(run, behaviours, &first))
		return true;
	g_assert(first != NULL);
	for (guint i = 0; i < behaviours->len; i++) {
		const Behaviour *behaviour = g_array_index(behaviours, const Behaviour *, i);

		if (behaviour->on_error != NULL)
			behaviour->on_error(run, first);
	}
	g_propagate_error(error, g_steal_pointer(&first));
	return false;
}

/* Serialization failure, deadlock, or a connection that was lost (class 08) or closed by the server: shut
 * down, crashed, idle for too long. */
static bool
may_succeed_later(const GError *error)
{
	static const char *const states[] = { "40001", "40P01", "57P01", "57P02", "57P05", "25P03", NULL };
	const char *sqlstate = sb_error_sqlstate(error);

	return g_strv_contains(states, sqlstate) || g_str_has_prefix(sqlstate, "08");
}

/*
 * A script's transaction can't be repeated in part, nor rows that were shown already; after COMMIT was sent
 * nothing may be, and who ran out of time is not made to wait three times.
 */
static bool
is_retried(const CommandRun *run, const GError *error)
{
	return !run->within_script && !run->commit_sent && !run->streams && may_succeed_later(error) &&
	    !sb_error_is(error, SB_ERROR_CANCELLED) && !sb_error_is(error, SB_ERROR_TIMEOUT) &&
	    !sb_error_is(error, SB_ERROR_UNKNOWN_OUTCOME);
}

/* False when the operator stopped it meanwhile. */
static bool
wait_jitter(const CommandRun *run, int try_number)
{
	struct pollfd cancel = { .fd = -1, .events = POLLIN };

	if (run->session != NULL && run->session->cancel != NULL)
		cancel.fd = cancel_token_fd(run->session->cancel);
	return poll(&cancel, 1, g_random_int_range(JITTER_MS / 4, JITTER_MS) * try_number) <= 0;
}

bool
pipeline_run(CommandRun *run, PipelineStep step, gpointer data, GError **error)
{
	g_autoptr(GArray) behaviours = behaviours_of(run);

	for (int try_number = 1;; try_number++) {
		g_autoptr(GError) failure = NULL;

		if (try_once(run, behaviours, step, data, &failure))
			return true;
		if (try_number == TRIES || !is_retried(run, failure)) {
			g_propagate_error(error, g_steal_pointer(&failure));
			return false;
		}
		if (!wait_jitter(run, try_number)) {
			g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED,
			    "'%s' was stopped before it was tried again: nothing was done", run->def->name);
			return false;
		}
		log_event("debug", "command.retry", "command", run->def->name, "sqlstate",
		    sb_error_sqlstate(failure), NULL);
	}
}
