#include "commands/context_rows.h"

#include <string.h>

const ResultColumn context_columns[CONTEXT_COLUMN_COUNT] = {
	{ "name", VALUE_TEXT },
	{ "current", VALUE_BOOLEAN },
	{ "host", VALUE_TEXT },
	{ "database", VALUE_TEXT },
	{ "user", VALUE_TEXT },
	{ "mode", VALUE_TEXT },
	{ "production", VALUE_BOOLEAN },
	{ "schema", VALUE_TEXT },
};

/* What the context says, else what libpq takes from the environment. */
static const char *
setting(const Context *context, const char *keyword, const char *variable)
{
	for (char **pair = context->conninfo; pair != NULL && *pair != NULL; pair += 2) {
		if (strcmp(pair[0], keyword) == 0)
			return pair[1];
	}
	return g_getenv(variable);
}

static Cell
text_cell(const char *text)
{
	return (Cell){ .text = text != NULL ? text : "",
		.size = text != NULL ? strlen(text) : 0,
		.null = text == NULL };
}

bool
show_context_row(Frontend *frontend, const Context *context, bool current, GError **error)
{
	const Cell cells[CONTEXT_COLUMN_COUNT] = {
		text_cell(context->name),
		text_cell(current ? "true" : "false"),
		text_cell(setting(context, "host", "PGHOST")),
		text_cell(setting(context, "dbname", "PGDATABASE")),
		text_cell(setting(context, "user", "PGUSER")),
		text_cell(context->read_only ? "read-only" : "read-write"),
		text_cell(context->production ? "true" : "false"),
		text_cell(context->schema),
	};

	return frontend->row(frontend, cells, error);
}
