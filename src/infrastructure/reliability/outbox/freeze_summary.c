#include "reliability/outbox/freeze_summary.h"

#include "base/text.h"
#include "persistence/reader/cells.h"
#include "reliability/outbox/outbox_internal.h"

#define U64 G_GUINT64_FORMAT

/* Of the fitting messages, what the statement of the freeze counted. */
typedef struct Counts {
	uint64_t fitting, groups, keys, types, unanswered;
} Counts;

static bool
read_counts(const PGresult *result, Counts *counts, GError **error)
{
	return outbox_count(result, 0, "fitting", &counts->fitting, error) &&
	    outbox_count(result, 0, "groups", &counts->groups, error) &&
	    outbox_count(result, 0, "keys", &counts->keys, error) &&
	    outbox_count(result, 0, "types", &counts->types, error) &&
	    outbox_count(result, 0, "unanswered", &counts->unanswered, error);
}

static const char *
plural(uint64_t count)
{
	return count == 1 ? "" : "s";
}

static char *
time_text(const PGresult *result, const char *column)
{
	GString *text = g_string_new(NULL);

	append_rfc3339(text, outbox_text(result, 0, column));
	return g_string_free(text, FALSE);
}

static void
say_times(const PGresult *result, uint64_t count, BulkPlan *plan)
{
	g_autofree char *oldest = time_text(result, "oldest");
	g_autofree char *newest = time_text(result, "newest");

	if (count == 1)
		bulk_plan_say(plan, "it happened %s", oldest);
	else
		bulk_plan_say(plan, "the oldest happened %s, the newest %s", oldest, newest);
}

static void
say_types(const PGresult *result, const Counts *counts, BulkPlan *plan)
{
	g_autofree char *names = text_sanitised(outbox_text(result, 0, "names"), TEXT_SINGLE_LINE);

	if (counts->types > TYPES_NAMED)
		bulk_plan_say(plan, "%" U64 " types: %s and %" U64 " more", counts->types, names,
		    counts->types - TYPES_NAMED);
	else
		bulk_plan_say(plan, "%" U64 " type%s: %s", counts->types, plural(counts->types), names);
}

bool
freeze_summary(const PGresult *result, BulkPlan *plan, GError **error)
{
	Counts counts;

	if (!read_counts(result, &counts, error))
		return false;
	if (counts.fitting == 0)
		return true;
	bulk_plan_say(plan, "%" U64 " dead message%s in %" U64 " error group%s", counts.fitting,
	    plural(counts.fitting), counts.groups, plural(counts.groups));
	if (plan->total > counts.fitting)
		bulk_plan_say(plan, "%" U64 " of the %" U64 " that were named %s left out",
		    plan->total - counts.fitting, plan->total,
		    plan->total - counts.fitting == 1 ? "is" : "are");
	say_times(result, counts.fitting, plan);
	say_types(result, &counts, plan);
	if (counts.keys > 0)
		bulk_plan_say(plan, "%" U64 " ordering key%s", counts.keys, plural(counts.keys));
	if (counts.unanswered > 0)
		bulk_plan_say(plan, "%" U64 " %s sent before and got no answer: delivery may happen twice",
		    counts.unanswered, counts.unanswered == 1 ? "was" : "were");
	if (plan->id != NULL)
		bulk_plan_say(plan, "in %u batches, kept as plan %s", plan->batches, plan->id);
	return true;
}
