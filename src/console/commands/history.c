#include "commands/console_commands.h"
#include "commands/text_result.h"

#include "console/history.h"

typedef struct HistoryArgs {
	int64_t limit;
} HistoryArgs;

static const ArgDef args[] = {
	{ "limit", "N", "how many of the newest lines", ARG_INTEGER, 0, offsetof(HistoryArgs, limit),
	    .fallback = 50, .minimum = 1, .maximum = HISTORY_LIMIT },
	{ 0 },
};

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const HistoryArgs *self = data;
	g_autoptr(CommandHistory) history = history_load();
	const GPtrArray *lines = history_lines(history);
	g_autoptr(GString) text = g_string_new(NULL);
	guint first = lines->len > (guint)self->limit ? lines->len - (guint)self->limit : 0;

	for (guint i = first; i < lines->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)lines->pdata[i]);
	return show_text(run->frontend, "line", text->str, error);
}

const CommandDef history_command = {
	.name = "history",
	.summary = "Show the command lines that were typed, the newest last",
	.example = "history --limit 20",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(HistoryArgs),
	.handle = handle,
};
