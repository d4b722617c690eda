#include "application/queries.h"

#include "application/run.h"

#include <stddef.h>

const ArgDef show_args[] = {
	{ "key", "ID", "which one: its id, or another name that is its own", ARG_TEXT,
	    ARG_POSITIONAL | ARG_REQUIRED, offsetof(ShowArgs, key), .complete = complete_key },
	{ 0 },
};

bool
show_handle(CommandRun *run, const void *data, GError **error)
{
	const ShowArgs *args = data;
	Reader *reader = run->session->reader;

	return reader->show(reader, run->def->resource, args->key, run->frontend, error);
}
