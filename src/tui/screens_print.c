#include "screen_command.h"

#include "list_line.h"
#include "screens.h"

#include "application/run.h"
#include "base/error.h"
#include "base/file.h"
#include "console/console.h"

#include <string.h>

#define ROWS_PRINTED 5
#define SCREEN_SIZE_LIMIT ((gsize)256 * 1024)

static bool
print_text(Frontend *frontend, const char *text, GError **error)
{
	const ResultColumn column = { "screen", VALUE_TEXT };
	const ResultShape shape = { RESULT_TEXT, NULL, &column, 1 };
	const Cell cell = { .text = text, .size = strlen(text) };
	const ResultEnd end = { .rows = 1, .total = 1 };

	return frontend->begin(frontend, &shape, error) && frontend->row(frontend, &cell, error) &&
	    frontend->end(frontend, &end, error);
}

/*
 * Without a connection no list can be read, so the first one that finds none ends it all. What else goes
 * wrong with one list is said in its place.
 */
static bool
print_list(CommandRun *run, const Screen *screen, const ScreenList *list, GError **error)
{
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(GError) failed = NULL;
	ListLine wishes = { .order = list->order, .limit = ROWS_PRINTED };
	g_autofree char *line = list_line(list, &wishes);
	g_autofree char *heading = NULL;

	heading = list->title != NULL && strcmp(list->title, screen->title) != 0
	    ? g_strdup_printf("== %s: %s ==", screen->title, list->title)
	    : g_strdup_printf("== %s ==", screen->title);
	if (!print_text(run->frontend, heading, error) ||
	    !console_parse_line(run->console, line, &arguments, error))
		return false;
	if (!console_run(run->console, arguments, run->frontend, &failed)) {
		if (console_open_session(run->console) == NULL) {
			g_propagate_error(error, g_steal_pointer(&failed));
			return false;
		}
		run->frontend->note(run->frontend, NOTE_WARNING, failed->message);
	}
	return print_text(run->frontend, "", error);
}

static bool
print_handle(CommandRun *run, const void *args, GError **error)
{
	g_autoptr(GPtrArray) warnings = NULL;
	g_autoptr(ScreenSet) screens = screen_set_load(run->registry, &warnings);
	const GPtrArray *all = screen_set_all(screens);

	(void)args;
	for (guint i = 0; i < warnings->len; i++)
		run->frontend->note(run->frontend, NOTE_WARNING, warnings->pdata[i]);
	for (guint i = 0; i < all->len; i++) {
		const Screen *screen = all->pdata[i];

		for (guint list = 0; list < screen->lists->len; list++) {
			if (!print_list(run, screen, screen->lists->pdata[list], error))
				return false;
		}
	}
	return true;
}

const CommandDef screens_print_command = {
	.name = "screens print",
	.summary = "Print the first lines of every screen as text",
	.details = "For a run without a terminal.",
	.example = "screens print",
	.effect = EFFECT_LOCAL,
	.flags = COMMAND_OWN_TRANSACTIONS,
	.handle = print_handle,
};

/* -- screens check
 * ------------------------------------------------------------------------------------------- */

typedef struct CheckArgs {
	char **files;
} CheckArgs;

static const ArgDef check_args[] = {
	{ .name = "file",
	    .value = "FILE",
	    .help = "screen files",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS,
	    .offset = offsetof(CheckArgs, files) },
	{ 0 },
};

static bool
check_file(const Registry *registry, const char *path, GError **error)
{
	g_autoptr(Screen) screen = NULL;
	g_autofree char *text = NULL;
	gsize size = 0;

	return file_read(path, SCREEN_SIZE_LIMIT, false, &text, &size, error) &&
	    screen_parse("", path, text, size, &screen, error) && screen_check(screen, registry, error);
}

static bool
check_handle(CommandRun *run, const void *data, GError **error)
{
	const CheckArgs *args = data;
	guint count = 0;

	for (; args->files[count] != NULL; count++) {
		if (!check_file(run->registry, args->files[count], error))
			return false;
	}
	run_note(run, NOTE_INFO, "%u screen file%s in order", count, count == 1 ? "" : "s");
	return true;
}

const CommandDef screens_check_command = {
	.name = "screens check",
	.summary = "Check screen files without opening them",
	.example = "screens check my.screen",
	.effect = EFFECT_LOCAL,
	.flags = COMMAND_NO_SCHEMA,
	.args = check_args,
	.args_size = sizeof(CheckArgs),
	.handle = check_handle,
};
