#include "repl/repl.h"
#include "line_editor.h"

#include "base/error.h"
#include "console/terminal_door.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
remember(Console *console, LineEditor *editor, CommandHistory *history, const char *line)
{
	const char *kept = console_line_is_secret(console, line) ? NULL : history_add(history, line);

	if (kept != NULL)
		line_editor_remember(editor, kept);
}

/* A command of one or more lines; false at the end of the input. Empty after Ctrl-C. */
static bool
read_command(LineEditor *editor, GString *command)
{
	g_string_truncate(command, 0);
	do {
		g_autofree char *line = NULL;

		switch (line_editor_read(editor, command->str, &line)) {
		case LINE_READ: break;
		case LINE_INTERRUPTED:
			fputs("^C\n", stdout);
			g_string_truncate(command, 0);
			return true;
		case LINE_END: fputc('\n', stdout); return false;
		}
		g_string_append(command, command->len > 0 ? "\n" : "");
		g_string_append(command, line);
	} while (console_line_is_open(command->str));
	return true;
}

static int
run_interactively(Console *console)
{
	g_autoptr(CommandHistory) history = history_load();
	LineEditor *editor = line_editor_new(console, history);
	g_autoptr(GString) command = g_string_new(NULL);

	fputs("Signalbox " SIGNALBOX_VERSION ". 'help' lists the commands, Tab completes, Ctrl-D leaves.\n",
	    stdout);
	while (!console_wishes(console)->quit && read_command(editor, command)) {
		remember(console, editor, history, command->str);
		console_do_line(console, command->str, &terminal_door);
	}
	line_editor_free(editor);
	return 0;
}

/* Runs the next command of a pipe; false at the end of the input. Empty while more of it is to come. */
static bool
read_piped(GString *command)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length = 0;

	g_string_truncate(command, 0);
	do {
		g_string_append(command, command->len > 0 ? "\n" : "");
		length = getline(&line, &size, stdin);
		if (length > 0)
			g_string_append_len(command, line, line[length - 1] == '\n' ? length - 1 : length);
	} while (length >= 0 && console_line_is_open(command->str));
	free(line);
	return length >= 0 || command->len > 0;
}

/* Lines from a pipe: no prompts; a failure is kept for the end, and Ctrl-C is the end. */
static int
run_piped(Console *console)
{
	const CancelToken *cancel = console_settings(console)->cancel;
	g_autoptr(GString) command = g_string_new(NULL);
	int failure = 0;

	while (!console_wishes(console)->quit && read_piped(command) && !cancel_token_is_fired(cancel)) {
		int code = console_do_line(console, command->str, &terminal_door);

		failure = failure != 0 ? failure : code;
	}
	return cancel_token_is_fired(cancel) ? EXIT_CODE_CANCELLED : failure;
}

int
repl_run(const ConsoleSettings *settings)
{
	g_autoptr(Console) console = console_new(settings);

	signal(SIGPIPE, SIG_IGN);
	if (isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1)
		return run_interactively(console);
	return run_piped(console);
}
