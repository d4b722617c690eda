#include "console/console.h"
#include "console_private.h"
#include "line.h"

#include "base/error.h"
#include "base/log.h"
#include "console/transcript.h"

#include <string.h>

struct Console {
	ConsoleSettings settings;
	const Context *context;
	GHashTable *sessions; /* context's name -> Session * */
	CommonOptions defaults;
	ConsoleWishes wishes;
	const Door *door;           /* of the line that runs now */
	const CommonOptions *outer; /* of the command that runs now: its lines take them over */
	unsigned depth;             /* of commands that run lines of their own */
	Session *shared;            /* whose transaction the lines of an --atomic script share, or NULL */
};

/* A script that runs itself would go on until the stack is full. */
#define DEPTH_LIMIT 16

Console *
console_new(const ConsoleSettings *settings)
{
	Console *self = g_new0(Console, 1);

	self->settings = *settings;
	self->context = settings->context;
	self->sessions =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)session_close);
	return self;
}

void
console_free(Console *self)
{
	if (self == NULL)
		return;
	g_hash_table_unref(self->sessions);
	g_free(self->defaults.reason);
	g_free(self->wishes.watch_line);
	g_free(self);
}

const ConsoleSettings *
console_settings(const Console *self)
{
	return &self->settings;
}

const Context *
console_context(const Console *self)
{
	return self->context;
}

void
console_use(Console *self, const Context *context)
{
	self->context = context;
}

bool
console_is_nested(const Console *self)
{
	return self->depth > 1;
}

ConsoleWishes *
console_wishes(Console *self)
{
	return &self->wishes;
}

CommonOptions *
console_defaults(Console *self)
{
	return &self->defaults;
}

const Door *
console_door(const Console *self)
{
	return self->door;
}

void
console_share_transaction(Console *self, Session *session)
{
	self->shared = session;
}

Session *
console_open_session(Console *self)
{
	return g_hash_table_lookup(self->sessions, self->context->name);
}

static bool
session_on(Console *self, const Context *context, Session **ret_session, GError **error)
{
	Session *session = g_hash_table_lookup(self->sessions, context->name);

	if (session == NULL) {
		if (!self->settings.open_session(context, self->settings.cancel, &session, error))
			return false;
		g_hash_table_insert(self->sessions, g_strdup(context->name), session);
	}
	*ret_session = session;
	return true;
}

bool
console_session(Console *self, Session **ret_session, GError **error)
{
	return session_on(self, self->context, ret_session, error);
}

Completion *
console_complete(Console *self, const char *line, size_t cursor, bool online)
{
	Session *session = console_open_session(self);

	if (session == NULL && online)
		session_on(self, self->context, &session, NULL);
	return completion_run(self->settings.registry, session, self, line, cursor);
}

/* What a line does not say itself. Never the idempotency key: two lines under one would be two requests. */
static void
take_over(CommonOptions *self, const CommonOptions *from)
{
	if (self->context == NULL)
		self->context = g_strdup(from->context);
	if (self->format == NULL)
		self->format = from->format;
	if (self->timeout == 0)
		self->timeout = from->timeout;
	if (self->reason == NULL)
		self->reason = g_strdup(from->reason);
	self->dry_run = self->dry_run || from->dry_run;
	self->yes = self->yes || from->yes;
	self->no_header = self->no_header || from->no_header;
	self->quiet = self->quiet || from->quiet;
	self->no_color = self->no_color || from->no_color;
	self->read_only = self->read_only || from->read_only;
}

/* `run FILE --dry-run` is a dry run of every line; `set` speaks for every line that does not speak for
 * itself.
 */
void
console_apply_defaults(const Console *self, Arguments *arguments)
{
	if (self->outer != NULL)
		take_over(&arguments->common, self->outer);
	take_over(&arguments->common, &self->defaults);
}

bool
console_bind_words(Console *self, const GArray *words, Arguments **ret_arguments, GError **error)
{
	Arguments *arguments = NULL;

	if (!line_bind(self->settings.registry, words, self->settings.read_stdin, &arguments, error))
		return false;
	if (arguments != NULL)
		console_apply_defaults(self, arguments);
	*ret_arguments = arguments;
	return true;
}

bool
console_parse_line(Console *self, const char *line, Arguments **ret_arguments, GError **error)
{
	g_autoptr(GArray) words = NULL;

	return line_split(line, &words, error) && console_bind_words(self, words, ret_arguments, error);
}

bool
console_parse_words(Console *self, const char *const *argv, Arguments **ret_arguments, GError **error)
{
	g_autoptr(GArray) words = words_from_argv(argv);

	return console_bind_words(self, words, ret_arguments, error);
}

/* The context of a line: --context, else the console's. */
static bool
context_of(const Console *self, const CommonOptions *options, const Context **ret_context, GError **error)
{
	if (options != NULL && options->context != NULL)
		return configuration_context(
		    self->settings.configuration, options->context, ret_context, error);
	*ret_context = self->context;
	return true;
}

bool
console_lines_session(Console *self, Session **ret_session, GError **error)
{
	const Context *context = NULL;

	return context_of(self, self->outer, &context, error) &&
	    session_on(self, context, ret_session, error);
}

const CommonOptions *
console_outer_options(const Console *self)
{
	static const CommonOptions none;

	return self->outer != NULL ? self->outer : &none;
}

/* Another session has a transaction of its own, which nobody would end. */
static bool
check_shared(const Console *self, const CommandRun *run, GError **error)
{
	if (self->shared == NULL || run->session == self->shared)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "an --atomic script works on context '%s' alone, not on '%s'", self->shared->context->name,
	    run->context->name);
	return false;
}

static bool
check_depth(const Console *self, const CommandDef *def, GError **error)
{
	if (self->depth <= DEPTH_LIMIT)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "'%s' stands more than %d scripts deep: does one of them run itself?", def->name, DEPTH_LIMIT);
	return false;
}

static bool
prepare_run(Console *self, CommandRun *run, GError **error)
{
	const Arguments *arguments = run->arguments;

	run->registry = self->settings.registry;
	run->console = self;
	run->within_script = self->shared != NULL;
	run->read_only = self->settings.read_only || arguments->common.read_only;
	if (!context_of(self, &arguments->common, &run->context, error))
		return false;
	/* What is refused anyway is refused before anybody connects. */
	return arguments->def->effect == EFFECT_LOCAL ||
	    (command_check(run, error) && session_on(self, run->context, &run->session, error) &&
		check_shared(self, run, error));
}

static void
keep_line(const Arguments *arguments, const GError *error, gint64 started)
{
	g_autofree char *line = arguments_to_line(arguments, false);

	transcript_add(line, sb_error_exit_code(error), error != NULL ? error->message : "",
	    g_get_monotonic_time() - started);
}

static void
log_outcome(const Arguments *arguments, const Context *context, const GError *error, gint64 started)
{
	g_autofree char *masked = arguments_to_line(arguments, true);
	Duration took = g_get_monotonic_time() - started;
	g_autofree char *milliseconds = g_strdup_printf("%" G_GINT64_FORMAT, took / DURATION_MILLISECOND);
	g_autofree char *code = g_strdup_printf("%d", sb_error_exit_code(error));

	log_event(error != NULL ? "warning" : "info", "command.done", "command", masked, "context",
	    context->name, "exit_code", code, "duration_ms", milliseconds, NULL);
}

bool
console_run(Console *self, const Arguments *arguments, Frontend *frontend, GError **error)
{
	g_autoptr(CommandRun) run = command_run_new(arguments, NULL, frontend);
	g_autoptr(GError) failed = NULL;
	gint64 started = g_get_monotonic_time();
	const CommonOptions *outer = self->outer;

	run->context = self->context;
	/* A Ctrl-C between two lines of a script is one for the script. */
	if (outer == NULL && self->settings.cancel != NULL)
		cancel_token_reset(self->settings.cancel);
	self->outer = &arguments->common;
	self->depth++;
	if (check_depth(self, arguments->def, &failed) && prepare_run(self, run, &failed))
		command_execute(run, &failed);
	self->depth--;
	self->outer = outer;
	/* The line that runs others stands for them. */
	if (outer == NULL)
		keep_line(arguments, failed, started);
	log_outcome(arguments, run->context, failed, started);
	if (failed == NULL)
		return true;
	g_propagate_error(error, g_steal_pointer(&failed));
	return false;
}

static int
run_parsed(Console *self, const Arguments *arguments, const Door *door)
{
	g_autoptr(GError) error = NULL;
	Frontend *frontend = door->make(&arguments->common, door->data);
	const Door *outer = self->door;

	self->door = door;
	console_run(self, arguments, frontend, &error);
	self->door = outer;
	door->end(frontend, door->data);
	if (error != NULL)
		door->show_error(error, door->data);
	return sb_error_exit_code(error);
}

static int
finish(Console *self, bool parsed, Arguments *arguments, const GError *error, const Door *door)
{
	if (!parsed) {
		door->show_error(error, door->data);
		return sb_error_exit_code(error);
	}
	return arguments != NULL ? run_parsed(self, arguments, door) : 0;
}

int
console_do_line(Console *self, const char *line, const Door *door)
{
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(GError) error = NULL;
	bool parsed = console_parse_line(self, line, &arguments, &error);

	return finish(self, parsed, arguments, error, door);
}

int
console_do_words(Console *self, const char *const *words, const Door *door)
{
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(GError) error = NULL;
	bool parsed = console_parse_words(self, words, &arguments, &error);

	return finish(self, parsed, arguments, error, door);
}
