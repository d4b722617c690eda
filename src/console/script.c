#include "console/console.h"
#include "console_private.h"
#include "line.h"
#include "script_variables.h"

#include "base/error.h"

/* A command of a script: one line, or several joined by a trailing backslash or open quotes. */
typedef struct ScriptLine {
	char *text;
	int number;           /* of its first line, from 1 */
	Arguments *arguments; /* of an --atomic script: bound before the first line runs, else NULL */
} ScriptLine;

static void
script_line_clear(ScriptLine *self)
{
	g_free(self->text);
	arguments_free(self->arguments);
}

static GArray *
split_script(const char *text)
{
	GArray *lines = g_array_new(FALSE, TRUE, sizeof(ScriptLine));
	g_auto(GStrv) raw = g_strsplit(text, "\n", -1);
	g_autoptr(GString) open = g_string_new(NULL);
	int first = 1;

	g_array_set_clear_func(lines, (GDestroyNotify)script_line_clear);
	for (int i = 0; raw[i] != NULL; i++) {
		if (open->len == 0)
			first = i + 1;
		else
			g_string_append_c(open, '\n');
		g_string_append(open, raw[i]);
		if (raw[i + 1] != NULL && console_line_is_open(open->str))
			continue;

		ScriptLine line = { g_strdup(open->str), first, NULL };

		g_array_append_val(lines, line);
		g_string_truncate(open, 0);
	}
	return lines;
}

typedef struct Script {
	Console *console;
	const char *name;
	const ScriptOptions *options;
	const Door *door;
	GArray *lines;
	guint commands; /* that were tried */
	guint failures;
	GError *first;
} Script;

/* Errors of a script name file and line, and keep their code. */
static void
place_error(const Script *self, const ScriptLine *line, GError **error)
{
	g_prefix_error(error, "%s:%d: ", self->name, line->number);
}

static bool
parse_line(const Script *self, const ScriptLine *line, Arguments **ret_arguments, GError **error)
{
	g_autoptr(GArray) words = NULL;

	return line_split(line->text, &words, error) &&
	    script_substitute(words, self->options->variables, error) &&
	    console_bind_words(self->console, words, ret_arguments, error);
}

/* Standard input is read while a line is bound, so that no line is bound twice. */
static bool
take_arguments(Script *self, ScriptLine *line, Arguments **ret_arguments, GError **error)
{
	if (line->arguments == NULL)
		return parse_line(self, line, ret_arguments, error);
	*ret_arguments = g_steal_pointer(&line->arguments);
	console_apply_defaults(self->console, *ret_arguments);
	return true;
}

static bool
run_line(Script *self, ScriptLine *line, GError **error)
{
	g_autoptr(Arguments) arguments = NULL;
	Frontend *frontend;
	bool parsed = take_arguments(self, line, &arguments, error);
	bool done;

	if (parsed && arguments == NULL)
		return true;
	self->commands++;
	if (!parsed)
		return false;
	frontend = self->door->make(&arguments->common, self->door->data);
	done = console_run(self->console, arguments, frontend, error);
	self->door->end(frontend, self->door->data);
	return done;
}

/* With --continue every failure is shown as it happens; else the only one is what the script ends with. */
static void
take_failure(Script *self, GError *failed)
{
	self->failures++;
	if (self->options->keep_going)
		self->door->show_error(failed, self->door->data);
	if (self->first == NULL)
		self->first = failed;
	else
		g_error_free(failed);
}

static void
run_lines(Script *self)
{
	for (guint i = 0; i < self->lines->len && !console_wishes(self->console)->quit; i++) {
		ScriptLine *line = &g_array_index(self->lines, ScriptLine, i);
		GError *failed = NULL;
		bool stop;

		if (run_line(self, line, &failed))
			continue;
		place_error(self, line, &failed);
		stop = !self->options->keep_going || sb_error_is(failed, SB_ERROR_CANCELLED);
		take_failure(self, failed);
		if (stop)
			break;
	}
}

static bool
conclude(Script *self, GError **error)
{
	if (self->first == NULL)
		return true;
	if (self->options->keep_going) {
		g_set_error(error, self->first->domain, self->first->code, "%s: %u of %u commands failed",
		    self->name, self->failures, self->commands);
		g_error_free(self->first);
	} else {
		g_propagate_error(error, self->first);
	}
	return false;
}

/* Why a line can't be a part of one transaction, or NULL. */
static const char *
own_way(const Script *self, const Arguments *arguments)
{
	if (arguments->def->bulk != NULL || (arguments->def->flags & COMMAND_OWN_TRANSACTIONS))
		return "has transactions of its own";
	/* What it changed would be committed with the rest. */
	if (arguments->common.dry_run && !console_outer_options(self->console)->dry_run)
		return "is a dry run, which a script is as a whole (run FILE --atomic --dry-run),";
	return NULL;
}

static bool
bind_line(const Script *self, ScriptLine *line, GError **error)
{
	const char *why;

	if (!parse_line(self, line, &line->arguments, error))
		return false;
	why = line->arguments != NULL ? own_way(self, line->arguments) : NULL;
	if (why == NULL)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' %s and can't stand in an --atomic script",
	    line->arguments->def->name, why);
	return false;
}

/* One transaction for all: refused before the first line runs where a line goes its own way. */
static bool
bind_lines(const Script *self, GError **error)
{
	for (guint i = 0; i < self->lines->len; i++) {
		ScriptLine *line = &g_array_index(self->lines, ScriptLine, i);

		if (bind_line(self, line, error))
			continue;
		place_error(self, line, error);
		return false;
	}
	return true;
}

static bool
run_atomically(Script *self, GError **error)
{
	Session *session = NULL;

	if (!bind_lines(self, error) || !console_lines_session(self->console, &session, error))
		return false;
	console_share_transaction(self->console, session);
	run_lines(self);
	console_share_transaction(self->console, NULL);
	if (self->first == NULL && !console_outer_options(self->console)->dry_run)
		return session->commit(session, error);
	session->rollback(session);
	return conclude(self, error);
}

bool
console_run_script(Console *self, const char *name, const char *text, const ScriptOptions *options,
    const Door *door, GError **error)
{
	g_autoptr(GArray) lines = split_script(text);
	Script script = { .console = self, .name = name, .options = options, .door = door, .lines = lines };

	if (options->atomic)
		return run_atomically(&script, error);
	run_lines(&script);
	return conclude(&script, error);
}
