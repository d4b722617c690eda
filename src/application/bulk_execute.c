#include "execute.h"

#include "application/bulk.h"
#include "base/error.h"
#include "bulk_counts.h"
#include "bulk_report.h"
#include "confirm.h"

/* A step of a bulk verb: what it works on, and what the plan had counted before it. */
typedef struct BulkStep {
	BulkPlan *plan;
	unsigned batch;
	BulkCounts *counts;
} BulkStep;

static bool
plan_step(CommandRun *run, gpointer data, GError **error)
{
	BulkStep *step = data;

	g_clear_pointer(&step->plan, bulk_plan_free);
	return run->def->bulk->plan(run, run->arguments->values, &step->plan, error);
}

/* A try that is repeated counts its rows anew. */
static bool
act_step(CommandRun *run, gpointer data, GError **error)
{
	BulkStep *step = data;

	bulk_counts_restore(step->counts, step->plan);
	return run->def->bulk->act(run, step->plan, step->batch, error);
}

static bool
discard_step(CommandRun *run, gpointer data, GError **error)
{
	BulkStep *step = data;

	return run->def->bulk->discard(run, step->plan, error);
}

static bool
dry_step(CommandRun *run, gpointer data, GError **error)
{
	BulkStep *step = data;

	if (!plan_step(run, step, error))
		return false;
	const BulkPlan *plan = step->plan;
	unsigned end =
	    run->def->bulk->dry_run_all ? plan->batches : MIN(plan->first_batch + 1, plan->batches);

	for (unsigned batch = plan->first_batch; batch < end; batch++)
		if (!run->def->bulk->act(run, step->plan, batch, error))
			return false;
	return true;
}

bool
bulk_dry_run(CommandRun *run, GError **error)
{
	BulkStep step = { 0 };
	bool done = pipeline_run(run, dry_step, &step, error);
	g_autoptr(BulkPlan) plan = step.plan;

	if (!done || !outcome_show(run, error))
		return false;
	/* A machine reads one array, also of a plan that shows no rows. */
	if (run->frontend->whole_values && run->changes->len == 0 && run->statements->len == 0 &&
	    !bulk_report_record(run->frontend, plan, error))
		return false;
	bulk_report_dry_run(run->frontend, plan, run->def->bulk->dry_run_all);
	return true;
}

/* Without the plan in the run this is no batch: it leaves no audit entry and needs no confirmation. */
static void
discard(CommandRun *run, BulkPlan *plan)
{
	BulkStep step = { .plan = plan };
	g_autoptr(GError) error = NULL;

	run->plan = NULL;
	/* What was stopped is the question; forgetting its set goes on. */
	if (run->session != NULL && run->session->cancel != NULL)
		cancel_token_reset(run->session->cancel);
	if (run->def->bulk->discard == NULL || pipeline_run(run, discard_step, &step, &error))
		return;
	g_autofree char *text = g_strdup_printf("the frozen set could not be forgotten: %s", error->message);
	run->frontend->note(run->frontend, NOTE_WARNING, text);
}

static bool
act_on_batch(CommandRun *run, BulkPlan *plan, unsigned batch, GError **error)
{
	g_autoptr(BulkCounts) counts = bulk_counts_of(plan);
	BulkStep step = { plan, batch, counts };

	if (pipeline_run(run, act_step, &step, error))
		return true;
	bulk_counts_restore(counts, plan);
	return false;
}

static bool
act_on_all(CommandRun *run, BulkPlan *plan, GError **error)
{
	gint64 started = g_get_monotonic_time();
	uint64_t before = bulk_plan_handled(plan);

	for (unsigned batch = plan->first_batch; batch < plan->batches; batch++) {
		if (run_is_cancelled(run)) {
			g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "'%s' was stopped", run->def->name);
			return false;
		}
		if (!act_on_batch(run, plan, batch, error))
			return false;
		if (!outcome_show(run, error))
			return false;
		bulk_report_progress(run->frontend, plan, before, g_get_monotonic_time() - started);
	}
	return true;
}

static bool
execute_plan(CommandRun *run, BulkPlan *plan, GError **error)
{
	g_autoptr(GError) stopped = NULL;

	if (plan->first_batch >= plan->batches) {
		bulk_report_plan(run->frontend, plan);
		return bulk_report_end(run, plan, NULL, error);
	}
	run->plan = plan;
	if (!confirm_run(run, error)) {
		discard(run, plan);
		return false;
	}
	act_on_all(run, plan, &stopped);
	return bulk_report_end(run, plan, stopped, error);
}

bool
bulk_execute(CommandRun *run, GError **error)
{
	BulkStep step = { 0 };
	bool frozen = pipeline_run(run, plan_step, &step, error);
	g_autoptr(BulkPlan) plan = step.plan;
	bool done;

	if (!frozen || !outcome_show(run, error))
		return false;
	done = execute_plan(run, plan, error);
	run->plan = NULL;
	return done;
}
