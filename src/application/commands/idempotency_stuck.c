#include "commands/idempotency.h"

#include "application/queries.h"
#include "application/run.h"

/* A run that began and has no result after this time will have none. */
#define STUCK_AFTER (5 * DURATION_MINUTE)

typedef struct IdempotencyStuckArgs {
	Duration older;
} IdempotencyStuckArgs;

static const ArgDef args_table[] = {
	{ .name = "older",
	    .value = "TIME",
	    .help = "begun longer ago than this; 5m unless given",
	    .type = ARG_DURATION,
	    .offset = offsetof(IdempotencyStuckArgs, older) },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const IdempotencyStuckArgs *args = data;
	Duration older = args->older > 0 ? args->older : STUCK_AFTER;
	g_autofree char *limit = timestamp_format(run->now - older);
	g_autofree char *term = g_strconcat("created_at<", limit, NULL);
	char *terms[] = { (char[]){ "state=Started" }, term, NULL };
	const ListArgs list = { .terms = terms, .limit = LIST_LIMIT_MAXIMUM };

	return list_resource(run, run->def->resource, &list, error);
}

const CommandDef idempotency_stuck_command = {
	.name = "idempotency stuck",
	.summary = "List keys whose run began and left no result",
	.example = "idempotency stuck --older 15m",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.args = args_table,
	.args_size = sizeof(IdempotencyStuckArgs),
	.resource = &idempotency_resource,
	.handle = handle,
};
