#include "application/queries.h"

#include "application/run.h"
#include "base/error.h"
#include "behaviours/fields.h"
#include "queries/list_arguments.h"

const ArgDef list_args[] = {
	LIST_ARGUMENTS(0),
	{ 0 },
};

bool
list_validate(const void *data, GError **error)
{
	const ListArgs *args = data;
	int places = (args->after != NULL) + (args->before != NULL) + args->last + args->all;

	if (places <= 1)
		return true;
	g_set_error_literal(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "--after, --before, --last and --all name different rows: give one of them");
	return false;
}

bool
list_resource(CommandRun *run, const ResourceDef *resource, const ListArgs *args, GError **error)
{
	g_autoptr(Filter) filter = NULL;
	g_autoptr(GArray) order = NULL;
	g_auto(GStrv) columns = NULL;

	if (args->terms != NULL) {
		g_auto(GStrv) terms = filter_words(resource, (const char *const *)args->terms);

		if (!filter_parse(resource, (const char *const *)terms, run->now, &filter, error))
			return false;
	}
	if (args->order != NULL && !order_parse(resource, args->order, &order, error))
		return false;
	if (args->columns != NULL && !columns_parse(resource, args->columns, &columns, error))
		return false;

	const ListRequest request = {
		.resource = resource,
		.filter = filter,
		.order = order,
		.columns = (const char *const *)columns,
		.limit = args->limit,
		.after = args->after,
		.before = args->before,
		.from_end = args->last,
		.all = args->all,
		.count = args->count,
	};
	run->streams = args->all;
	return run->session->reader->list(run->session->reader, &request, run->frontend, error);
}

bool
list_handle(CommandRun *run, const void *args, GError **error)
{
	return list_resource(run, run->def->resource, args, error);
}
