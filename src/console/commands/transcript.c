#include "commands/console_commands.h"

#include "base/error.h"
#include "base/file.h"
#include "console/transcript.h"

#include <string.h>

typedef struct TranscriptArgs {
	int64_t limit;
	char *save;
} TranscriptArgs;

static const ArgDef args[] = {
	{ "limit", "N", "how many of the newest lines", ARG_INTEGER, 0, offsetof(TranscriptArgs, limit),
	    .fallback = 1000, .minimum = 1, .maximum = 10000 },
	{ "save", "FILE", "write them as a script that 'run' takes, instead of showing them", ARG_TEXT, 0,
	    offsetof(TranscriptArgs, save), .complete = complete_file },
	{ 0 },
};

static const ResultColumn columns[] = {
	{ "at", VALUE_TIME },
	{ "exit_code", VALUE_INTEGER },
	{ "took_ms", VALUE_INTEGER },
	{ "line", VALUE_TEXT },
	{ "outcome", VALUE_TEXT },
};

static Cell
cell_of(const char *text)
{
	return (Cell){ .text = text, .size = strlen(text) };
}

static bool
show_entry(Frontend *frontend, const TranscriptEntry *entry, GError **error)
{
	g_autofree char *at = timestamp_format(entry->at);
	g_autofree char *code = g_strdup_printf("%d", entry->exit_code);
	g_autofree char *took =
	    g_strdup_printf("%" G_GINT64_FORMAT, (gint64)(entry->took / DURATION_MILLISECOND));
	const Cell cells[G_N_ELEMENTS(columns)] = { cell_of(at), cell_of(code), cell_of(took),
		cell_of(entry->line), cell_of(entry->outcome) };

	return frontend->row(frontend, cells, error);
}

static bool
show(Frontend *frontend, const GPtrArray *entries, guint first, GError **error)
{
	const ResultShape shape = { RESULT_LIST, "lines", columns, G_N_ELEMENTS(columns) };
	const ResultEnd end = { .rows = entries->len - first, .total = (int64_t)entries->len };

	if (!frontend->begin(frontend, &shape, error))
		return false;
	for (guint i = first; i < entries->len; i++)
		if (!show_entry(frontend, entries->pdata[i], error))
			return false;
	return frontend->end(frontend, &end, error);
}

/* What failed, or held a secret, stays as a comment: every line of it. */
static void
append_entry(GString *script, const TranscriptEntry *entry)
{
	bool secret = strstr(entry->line, " ***") != NULL;
	/* In a script `${` is a variable. */
	g_auto(GStrv) parts = g_strsplit(entry->line, "${", -1);
	g_autofree char *line = g_strjoinv("$${", parts);

	if (entry->exit_code == 0 && !secret) {
		g_string_append_printf(script, "%s\n", line);
		return;
	}
	g_auto(GStrv) lines = g_strsplit(line, "\n", -1);
	g_autofree char *comment = g_strjoinv("\n# ", lines);

	if (secret)
		g_string_append_printf(script, "# its secret is not kept: %s\n", comment);
	else
		g_string_append_printf(script, "# ended with %d: %s\n", entry->exit_code, comment);
}

static bool
save(CommandRun *run, const char *path, const GPtrArray *entries, guint first, GError **error)
{
	g_autoptr(GString) script = g_string_new(NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_CONFLICT, "'%s' is there already: name another file", path);
		return false;
	}
	for (guint i = first; i < entries->len; i++)
		append_entry(script, entries->pdata[i]);
	if (!file_write_atomically(path, script->str, script->len, error))
		return false;
	run_note(run, NOTE_INFO, "wrote %u lines to '%s'", entries->len - first, path);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const TranscriptArgs *self = data;
	g_autoptr(GPtrArray) entries = transcript_entries();
	guint first = entries->len > (guint)self->limit ? entries->len - (guint)self->limit : 0;

	return self->save != NULL ? save(run, self->save, entries, first, error)
				  : show(run->frontend, entries, first, error);
}

const CommandDef transcript_command = {
	.name = "transcript",
	.summary = "Show what was run since the program began, with its outcome",
	.details =
	    "What a script's lines did is told by the line that ran the script. --save writes a script in which what "
	    "failed is a comment.",
	.example = "transcript --save today.sbx",
	.effect = EFFECT_LOCAL,
	.args = args,
	.args_size = sizeof(TranscriptArgs),
	.handle = handle,
};
