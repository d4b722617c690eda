#include "application/queries.h"

#include "application/run.h"
#include "base/error.h"
#include "behaviours/fields.h"

#include <stddef.h>

#define PLACE(member) .offset = offsetof(ListArgs, member)

const ArgDef list_args[] = {
	{ "term", "TERM", "field=value, !=, <, <=, >, >=, field~text, or a word to search for; all must hold",
	    ARG_TEXT, ARG_POSITIONAL | ARG_REPEATS, PLACE(terms), .complete = complete_filter },
	{ "order", "FIELD[:desc],…", "sort by fields that an index serves", ARG_TEXT, 0, PLACE(order),
	    .complete = complete_order },
	{ "limit", "N", "rows on a page: 1 to 1000, 50 unless given", ARG_INTEGER, 0, PLACE(limit),
	    .fallback = LIST_LIMIT_DEFAULT, .minimum = 1, .maximum = LIST_LIMIT_MAXIMUM },
	{ "after", "CURSOR", "the page behind this place", ARG_TEXT, 0, PLACE(after) },
	{ "before", "CURSOR", "the page in front of this place", ARG_TEXT, 0, PLACE(before) },
	{ "columns", "FIELD,…", "show these columns", ARG_TEXT, 0, PLACE(columns),
	    .complete = complete_columns },
	{ "count", NULL, "count all that match, exactly", ARG_FLAG, 0, PLACE(count) },
	{ "all", NULL, "stream every row instead of a page", ARG_FLAG, 0, PLACE(all) },
	{ "last", NULL, "the last page", ARG_FLAG, 0, PLACE(last) },
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
	return run->session->reader->list(run->session->reader, &request, run->frontend, error);
}

bool
list_handle(CommandRun *run, const void *args, GError **error)
{
	return list_resource(run, run->def->resource, args, error);
}
