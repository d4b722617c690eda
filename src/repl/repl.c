#include "repl/repl.h"
#include "line_editor.h"

#include "base/error.h"
#include "console/terminal_door.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A line with a secret is not kept; nor is what does not parse a secret that we know of. */
static bool
is_worth_keeping(Console *console, const char *line)
{
	g_autoptr(Arguments) arguments = NULL;

	if (!console_parse_line(console, line, &arguments, NULL) || arguments == NULL)
		return arguments == NULL;
	for (const ArgDef *arg = arguments->def->args; arg != NULL && arg->name != NULL; arg++) {
		if (arg->flags & ARG_SECRET)
			return false;
	}
	return true;
}

static void
remember(Console *console, LineEditor *editor, CommandHistory *history, const char *line)
{
	if (*line == '\0' || !is_worth_keeping(console, line))
		return;
	history_add(history, line);
	line_editor_remember(editor, line);
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

/* Lines from a pipe: no prompts; a failure is kept for the end. */
static int
run_piped(Console *console)
{
	g_autoptr(GString) command = g_string_new(NULL);
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int failure = 0;

	while (!console_wishes(console)->quit && (length = getline(&line, &size, stdin)) >= 0) {
		int code;

		g_string_append_len(
		    command, line, length > 0 && line[length - 1] == '\n' ? length - 1 : length);
		if (console_line_is_open(command->str)) {
			g_string_append_c(command, '\n');
			continue;
		}
		code = console_do_line(console, command->str, &terminal_door);
		failure = failure != 0 ? failure : code;
		g_string_truncate(command, 0);
	}
	free(line);
	return failure;
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
