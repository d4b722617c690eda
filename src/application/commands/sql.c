#include "commands/sql.h"

#include "application/run.h"
#include "base/error.h"

#include <string.h>

#define ROWS_UNLESS_GIVEN 1000

typedef struct SqlArgs {
	char *statement;
	int64_t limit;
} SqlArgs;

static const ArgDef args_table[] = {
	{ .name = "statement",
	    .value = "SQL",
	    .help = "one statement; - reads it from standard input",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_STDIN,
	    .offset = offsetof(SqlArgs, statement) },
	{ .name = "limit",
	    .value = "N",
	    .help = "at most so many rows; 1000 unless given, 0 is all",
	    .type = ARG_INTEGER,
	    .offset = offsetof(SqlArgs, limit),
	    .fallback = ROWS_UNLESS_GIVEN,
	    .minimum = 0,
	    .maximum = G_MAXINT64 },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const SqlArgs *args = data;

	if (args->statement[strspn(args->statement, " \t\r\n;")] != '\0')
		return true;
	g_set_error_literal(error, SB_ERROR, SB_ERROR_VALIDATION, "the statement is empty");
	return false;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const SqlArgs *args = data;
	Reader *reader = run->session->reader;

	run->streams = true;
	return reader->sql(reader, args->statement, args->limit, run->frontend, error);
}

const CommandDef sql_command = {
	.name = "sql",
	.summary = "Run a statement of your own in a READ ONLY transaction",
	.example = "sql \"select state_type, count(*) from posts group by 1\"",
	.effect = EFFECT_READ,
	.role = ROLE_VIEWER,
	.flags = COMMAND_NO_SCHEMA | COMMAND_OWN_TRANSACTIONS | COMMAND_STREAMS,
	.args = args_table,
	.args_size = sizeof(SqlArgs),
	.validate = validate,
	.handle = handle,
};
