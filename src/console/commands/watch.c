#include "commands/console_commands.h"

#include "base/error.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>

/* The words of the watched command are its own: what looks like an option of `watch` is quoted, or stands
 * behind `--`. */
typedef struct WatchArgs {
	char *interval;
	char **words;
} WatchArgs;

static const ArgDef args[] = {
	{ "interval", "INTERVAL", "how long to wait in between: 2s", ARG_TEXT, ARG_POSITIONAL | ARG_REQUIRED,
	    offsetof(WatchArgs, interval) },
	{ "command", "COMMAND…", "what to run again and again; options of its own behind --", ARG_TEXT,
	    ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS, offsetof(WatchArgs, words),
	    .complete = complete_command },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const WatchArgs *self = data;
	Duration interval = 0;

	if (duration_parse(self->interval, &interval) && interval >= DURATION_SECOND / 10)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "interval '%s' is no duration of at least 100ms: write 500ms, 2s or 1m", self->interval);
	return false;
}

/* False when the wait was cut short by a cancel. */
static bool
wait_for(const CancelToken *cancel, Duration interval)
{
	struct pollfd stop = { .fd = cancel != NULL ? cancel_token_fd(cancel) : -1, .events = POLLIN };
	gint64 until = g_get_monotonic_time() + interval;

	for (;;) {
		gint64 left = until - g_get_monotonic_time();
		gint64 milliseconds = left > 0 ? left / DURATION_MILLISECOND + 1 : 0;
		int ready = poll(&stop, 1, (int)MIN(milliseconds, INT_MAX));

		if (ready > 0 || left <= 0)
			return ready == 0;
		if (ready < 0 && errno != EINTR)
			return false;
	}
}

static bool
check_only_reads(const Arguments *watched, GError **error)
{
	/* What runs lines of its own may write in them. */
	bool runs_lines = (watched->def->flags & COMMAND_OWN_TRANSACTIONS) != 0;

	switch (watched->def->effect) {
	case EFFECT_READ: return true;
	case EFFECT_LOCAL:
		if (!runs_lines)
			return true;
		break;
	case EFFECT_READ_AUDITED:
	case EFFECT_WRITE:
	case EFFECT_DESTRUCTIVE: break;
	}
	g_set_error(
	    error, SB_ERROR, SB_ERROR_REFUSED, "watch only repeats what reads, not '%s'", watched->def->name);
	return false;
}

/* Ctrl-C is the way out of a watch, not a failure of it, and means the watch alone. */
static bool
watch_until_cancelled(CommandRun *run, const Arguments *watched, Duration interval, GError **error)
{
	CancelToken *cancel = console_settings(run->console)->cancel;
	g_autoptr(GError) failed = NULL;

	while (console_run(run->console, watched, run->frontend, &failed)) {
		if (!wait_for(cancel, interval))
			break;
	}
	if (failed != NULL && !sb_error_is(failed, SB_ERROR_CANCELLED)) {
		g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (cancel != NULL)
		cancel_token_reset(cancel);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const WatchArgs *self = data;
	g_autoptr(Arguments) watched = NULL;
	Duration interval = 0;

	duration_parse(self->interval, &interval);
	if (!console_parse_words(run->console, (const char *const *)self->words, &watched, error) ||
	    !check_only_reads(watched, error))
		return false;
	if (console_settings(run->console)->screens) {
		ConsoleWishes *wishes = console_wishes(run->console);

		g_free(wishes->watch_line);
		wishes->watch_line = arguments_to_line(watched, false);
		wishes->watch_interval = interval;
		return true;
	}
	return watch_until_cancelled(run, watched, interval, error);
}

const CommandDef watch_command = {
	.name = "watch",
	.summary = "Run a command again and again until Ctrl-C",
	.example = "watch 2s outbox stats",
	.effect = EFFECT_LOCAL,
	.flags = COMMAND_OWN_TRANSACTIONS,
	.args = args,
	.args_size = sizeof(WatchArgs),
	.validate = validate,
	.handle = handle,
};
