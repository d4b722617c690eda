#include "commands/outbox.h"

#include "application/completion.h"
#include "application/run.h"
#include "base/error.h"

/* More targets than this are named by the plan, not one by one. */
#define TARGETS_NAMED 100

typedef struct OutboxRetryArgs {
	GArray *ids;
	char **where;
	Uuid plan;
} OutboxRetryArgs;

static const ArgDef args_table[] = {
	{ .name = "message",
	    .value = "ID",
	    .help = "dead messages; - reads their ids from standard input, one a line",
	    .type = ARG_UUID,
	    .flags = ARG_POSITIONAL | ARG_REPEATS | ARG_STDIN | ARG_ROWS,
	    .offset = offsetof(OutboxRetryArgs, ids),
	    .complete = complete_message },
	{ .name = "where",
	    .value = "TERM…",
	    .help = "every dead message that these terms match now",
	    .type = ARG_TEXT,
	    .flags = ARG_REPEATS | ARG_REST,
	    .offset = offsetof(OutboxRetryArgs, where),
	    .complete = complete_filter },
	{ .name = "plan",
	    .value = "ID",
	    .help = "go on with a set that was frozen before",
	    .type = ARG_UUID,
	    .offset = offsetof(OutboxRetryArgs, plan) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const OutboxRetryArgs *args = data;
	int selections = (args->ids != NULL) + (args->where != NULL) + !uuid_is_nil(&args->plan);

	if (selections == 1)
		return true;
	g_set_error_literal(error, SB_ERROR, SB_ERROR_USAGE,
	    selections == 0 ? "'outbox retry' lacks its messages: ids, --where TERM… or --plan ID"
			    : "'outbox retry' takes ids, --where or --plan, and only one of them");
	return false;
}

static bool
freeze_matching(CommandRun *run, char *const *where, BulkPlan *plan, GError **error)
{
	OutboxPort *outbox = run->session->outbox;
	g_auto(GStrv) terms = filter_words(&outbox_resource, (const char *const *)where);
	g_autoptr(Filter) filter = NULL;

	return filter_parse(&outbox_resource, (const char *const *)terms, run->now, &filter, error) &&
	    outbox->freeze_retry(outbox, filter, NULL, run->arguments->common.reason, plan, error);
}

static bool
freeze(CommandRun *run, const OutboxRetryArgs *args, BulkPlan *plan, GError **error)
{
	OutboxPort *outbox = run->session->outbox;

	if (!uuid_is_nil(&args->plan))
		return outbox->load_retry(outbox, &args->plan, plan, error);
	if (args->where != NULL)
		return freeze_matching(run, args->where, plan, error);
	return outbox->freeze_retry(outbox, NULL, args->ids, run->arguments->common.reason, plan, error);
}

static bool
plan_retry(CommandRun *run, const void *data, BulkPlan **ret_plan, GError **error)
{
	g_autoptr(BulkPlan) plan = bulk_plan_new();

	if (!freeze(run, data, plan, error))
		return false;
	plan->noun = g_strdup(plan->total == 1 ? "message" : "messages");
	if (plan->title == NULL)
		plan->title =
		    g_strdup_printf("Retry %" G_GUINT64_FORMAT " outbox %s?", plan->total, plan->noun);
	*ret_plan = g_steal_pointer(&plan);
	return true;
}

static bool
act(CommandRun *run, BulkPlan *plan, unsigned index, GError **error)
{
	const OutboxRetryArgs *args = run->arguments->values;
	OutboxPort *outbox = run->session->outbox;

	for (guint i = 0; args->ids != NULL && args->ids->len <= TARGETS_NAMED && i < args->ids->len; i++)
		run_target(run, "message", &g_array_index(args->ids, Uuid, i));
	return outbox->retry_batch(outbox, plan, index, error);
}

static bool
discard(CommandRun *run, BulkPlan *plan, GError **error)
{
	OutboxPort *outbox = run->session->outbox;

	return outbox->discard_plan(outbox, plan, error);
}

static const BulkDef bulk = { .plan = plan_retry, .act = act, .discard = discard };

const CommandDef outbox_retry_command = {
	.name = "outbox retry",
	.summary = "Make dead messages pending again",
	.details =
	    "The set is frozen first, then acted on in batches. Messages that moved on meanwhile, or that a "
	    "worker holds, are skipped. Attempts stay, the message keeps its id.",
	.example = "outbox retry --where state=Dead type~order --dry-run",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(OutboxRetryArgs),
	.resource = &outbox_resource,
	.validate = validate,
	.bulk = &bulk,
};
