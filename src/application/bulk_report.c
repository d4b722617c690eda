#include "bulk_report.h"

#include "base/error.h"
#include "bulk_counts.h"

#define U64 G_GUINT64_FORMAT

static const char *
noun_of(const BulkPlan *plan)
{
	return plan->noun != NULL ? plan->noun : "rows";
}

static void say(Frontend *frontend, NoteKind kind, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
say(Frontend *frontend, NoteKind kind, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	frontend->note(frontend, kind, text);
}

void
bulk_report_plan(Frontend *frontend, const BulkPlan *plan)
{
	for (guint i = 0; i < plan->summary->len; i++)
		frontend->note(frontend, NOTE_INFO, g_ptr_array_index(plan->summary, i));
}

void
bulk_report_progress(Frontend *frontend, const BulkPlan *plan, uint64_t before, gint64 took)
{
	uint64_t handled = bulk_plan_handled(plan);
	Progress progress = { .what = noun_of(plan), .done = handled, .total = plan->total, .left = -1 };

	if (took > 0 && handled > before) {
		progress.rate = (double)(handled - before) * (double)DURATION_SECOND / (double)took;
		progress.left = plan->total > handled
		    ? (int64_t)((double)(plan->total - handled) / progress.rate * (double)DURATION_SECOND)
		    : 0;
	}
	frontend->progress(frontend, &progress);
}

static gint
compare_texts(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* Reasons in the order of the alphabet: a hash table has none. */
static void
report_skipped(Frontend *frontend, const BulkPlan *plan)
{
	g_autoptr(GPtrArray) reasons = g_ptr_array_new();
	GHashTableIter iter;
	gpointer reason;

	g_hash_table_iter_init(&iter, plan->skipped);
	while (g_hash_table_iter_next(&iter, &reason, NULL))
		g_ptr_array_add(reasons, reason);
	g_ptr_array_sort(reasons, compare_texts);
	for (guint i = 0; i < reasons->len; i++) {
		reason = g_ptr_array_index(reasons, i);
		say(frontend, NOTE_WARNING, "skipped %u %s: %s",
		    GPOINTER_TO_UINT(g_hash_table_lookup(plan->skipped, reason)), noun_of(plan),
		    (const char *)reason);
	}
}

static void
report_counts(Frontend *frontend, const BulkPlan *plan)
{
	uint64_t handled = bulk_plan_handled(plan);

	say(frontend, NOTE_INFO, "%" U64 " %s requested, %" U64 " done, %" U64 " skipped, %" U64 " failed",
	    plan->total, noun_of(plan), plan->done, bulk_plan_skipped(plan), plan->failed);
	report_skipped(frontend, plan);
	if (handled < plan->total)
		say(frontend, NOTE_WARNING, "%" U64 " %s were not tried", plan->total - handled,
		    noun_of(plan));
	if (handled < plan->total && plan->id != NULL)
		say(frontend, NOTE_HINT, "the set is kept: --plan %s goes on with it", plan->id);
}

void
bulk_report_dry_run(Frontend *frontend, const BulkPlan *plan, bool all)
{
	unsigned left = plan->batches - plan->first_batch;

	bulk_report_plan(frontend, plan);
	if (plan->first_batch >= plan->batches)
		say(frontend, NOTE_INFO, "there is nothing to do");
	else if (all || left == 1)
		say(frontend, NOTE_INFO, "would do %" U64 " %s, skip %" U64, plan->done, noun_of(plan),
		    bulk_plan_skipped(plan));
	else
		say(frontend, NOTE_INFO, "the first of %u batches would do %" U64 " %s, skip %" U64, left,
		    plan->done, noun_of(plan), bulk_plan_skipped(plan));
	report_skipped(frontend, plan);
}

bool
bulk_report_record(Frontend *frontend, const BulkPlan *plan, GError **error)
{
	static const ResultColumn columns[] = { { "requested", VALUE_INTEGER }, { "batches", VALUE_INTEGER },
		{ "would_do", VALUE_INTEGER }, { "would_skip", VALUE_INTEGER } };
	static const ResultShape shape = { RESULT_RECORD, "plan", columns, G_N_ELEMENTS(columns) };
	const ResultEnd end = { .rows = 1, .total = 1 };
	const uint64_t numbers[] = { plan->total, plan->batches - plan->first_batch, plan->done,
		bulk_plan_skipped(plan) };
	char texts[G_N_ELEMENTS(columns)][24];
	Cell cells[G_N_ELEMENTS(columns)];

	for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
		int size = g_snprintf(texts[i], sizeof texts[i], "%" U64, numbers[i]);

		cells[i] = (Cell){ .text = texts[i], .size = (size_t)size };
	}
	return frontend->begin(frontend, &shape, error) && frontend->row(frontend, cells, error) &&
	    frontend->end(frontend, &end, error);
}

static bool
fail_stopped(const CommandRun *run, const BulkPlan *plan, const GError *stopped, GError **error)
{
	if (plan->done == 0 || sb_error_is(stopped, SB_ERROR_UNKNOWN_OUTCOME)) {
		g_propagate_error(error, g_error_copy(stopped));
		return false;
	}
	/* A cancel says that nothing was done, and means its own batch. */
	g_set_error(error, SB_ERROR, SB_ERROR_PARTIAL, "'%s' did %" U64 " of %" U64 " %s, then: %s",
	    run->def->name, plan->done, plan->total, noun_of(plan),
	    sb_error_is(stopped, SB_ERROR_CANCELLED) ? "it was stopped" : stopped->message);
	return false;
}

bool
bulk_report_end(const CommandRun *run, const BulkPlan *plan, const GError *stopped, GError **error)
{
	uint64_t left_out = bulk_plan_skipped(plan) + plan->failed;

	if (plan->total == 0 && left_out == 0 && stopped == NULL) {
		say(run->frontend, NOTE_INFO, "no %s match: there is nothing to do", noun_of(plan));
		return true;
	}
	report_counts(run->frontend, plan);
	if (stopped != NULL)
		return fail_stopped(run, plan, stopped, error);
	if (left_out == 0)
		return true;
	if (plan->done == 0)
		g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "'%s' did none of %" U64 " %s",
		    run->def->name, plan->total, noun_of(plan));
	else
		g_set_error(error, SB_ERROR, SB_ERROR_PARTIAL, "'%s' did %" U64 " of %" U64 " %s",
		    run->def->name, plan->done, plan->total, noun_of(plan));
	return false;
}
