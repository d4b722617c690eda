#include "commands/console_commands.h"

#include "base/error.h"
#include "base/file.h"

#include <string.h>

typedef struct ScriptArgs {
	char *file;
	bool keep_going;
	bool atomic;
	char **variables;
} ScriptArgs;

static const ArgDef args[] = {
	{ "file", "FILE", "one command per line", ARG_TEXT, ARG_POSITIONAL | ARG_REQUIRED,
	    offsetof(ScriptArgs, file), .complete = complete_file },
	{ "continue", NULL, "go on after a line that failed", ARG_FLAG, 0, offsetof(ScriptArgs, keep_going) },
	{ "atomic", NULL, "all lines in one transaction", ARG_FLAG, 0, offsetof(ScriptArgs, atomic) },
	{ "var", "NAME=VALUE", "what ${NAME} stands for", ARG_TEXT, ARG_REPEATS,
	    offsetof(ScriptArgs, variables) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const ScriptArgs *self = data;

	for (char **variable = self->variables; variable != NULL && *variable != NULL; variable++) {
		if (strchr(*variable, '=') != NULL && **variable != '=')
			continue;
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "variable '%s' is not of the form NAME=VALUE", *variable);
		return false;
	}
	return true;
}

static GHashTable *
variables_of(const ScriptArgs *self)
{
	GHashTable *variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	for (char **variable = self->variables; variable != NULL && *variable != NULL; variable++) {
		const char *equals = strchr(*variable, '=');

		g_hash_table_insert(
		    variables, g_strndup(*variable, (gsize)(equals - *variable)), g_strdup(equals + 1));
	}
	return variables;
}

/* On a screen the lines' results go where this command's results go. */
static Frontend *
same_frontend(const CommonOptions *options, gpointer data)
{
	(void)options;
	return data;
}

static void
keep_frontend(Frontend *frontend, gpointer data)
{
	(void)frontend;
	(void)data;
}

static void
note_error(const GError *error, gpointer data)
{
	Frontend *frontend = data;

	frontend->note(frontend, NOTE_WARNING, error->message);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const ScriptArgs *self = data;
	const Door own = { same_frontend, keep_frontend, note_error, run->frontend };
	const Door *door = console_door(run->console) != NULL ? console_door(run->console) : &own;
	g_autoptr(GHashTable) variables = variables_of(self);
	const ScriptOptions options = { self->keep_going, self->atomic, variables };
	g_autofree char *text = NULL;
	gsize size = 0;

	if (!file_read(self->file, FILE_SIZE_LIMIT, false, &text, &size, error))
		return false;
	if (!g_utf8_validate(text, (gssize)size, NULL)) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "script '%s' is no valid UTF-8 text", self->file);
		return false;
	}
	return console_run_script(run->console, self->file, text, &options, door, error);
}

/* `run` is what a shell says, `source` what a person types in the middle of other lines: one record but for
 * that. */
#define SCRIPT_RECORD                                                                                        \
	.effect = EFFECT_LOCAL, .flags = COMMAND_OWN_TRANSACTIONS, .args = args,                             \
	.args_size = sizeof(ScriptArgs), .validate = validate, .handle = handle

const CommandDef run_command = {
	.name = "run",
	.summary = "Run the command lines of a script",
	.details =
	    "Stops at the first line that fails, with its exit code, and names file and line. Options that "
	    "every command knows hold for each line: with --dry-run nothing is changed.",
	.example = "run nightly.sbx --var day=2026-01-31",
	SCRIPT_RECORD,
};

const CommandDef source_command = {
	.name = "source",
	.summary = "Run the command lines of a file here",
	.example = "source retry-mail.sbx",
	SCRIPT_RECORD,
};
