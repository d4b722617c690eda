#include "console/console.h"
#include "script_variables.h"

#include "base/error.h"

#include <string.h>

#define EXIT_CANCELLED 130

/* A command of a script: one line, or several joined by a trailing backslash or open quotes. */
typedef struct ScriptLine {
	char *text;
	int number; /* of its first line, from 1 */
} ScriptLine;

static void
script_line_clear(ScriptLine *self)
{
	g_free(self->text);
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

		ScriptLine line = { g_strdup(open->str), first };

		g_array_append_val(lines, line);
		g_string_truncate(open, 0);
	}
	return lines;
}

/* Errors of a script name file and line, and keep their code. */
typedef struct ScriptDoor {
	const Door *door;
	const char *name;
	int line;
} ScriptDoor;

static Frontend *
make_frontend(const CommonOptions *options, gpointer data)
{
	ScriptDoor *self = data;

	return self->door->make(options, self->door->data);
}

static void
end_frontend(Frontend *frontend, gpointer data)
{
	ScriptDoor *self = data;

	self->door->end(frontend, self->door->data);
}

static void
show_error(const GError *error, gpointer data)
{
	ScriptDoor *self = data;
	g_autoptr(GError) placed = g_error_copy(error);

	g_prefix_error(&placed, "%s:%d: ", self->name, self->line);
	self->door->show_error(placed, self->door->data);
}

static int
run_line(
    Console *self, const ScriptLine *line, const ScriptOptions *options, ScriptDoor *script, const Door *door)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;

	script->line = line->number;
	if (!script_substitute(line->text, options->variables, &text, &error)) {
		show_error(error, script);
		return sb_error_exit_code(error);
	}
	return console_do_line(self, text, door);
}

int
console_do_script(
    Console *self, const char *name, const char *text, const ScriptOptions *options, const Door *door)
{
	g_autoptr(GArray) lines = split_script(text);
	ScriptDoor script = { .door = door, .name = name };
	const Door placed = { make_frontend, end_frontend, show_error, &script };
	int first_failure = 0;

	for (guint i = 0; i < lines->len; i++) {
		int code = run_line(self, &g_array_index(lines, ScriptLine, i), options, &script, &placed);

		if (first_failure == 0)
			first_failure = code;
		if (console_wishes(self)->quit || code == EXIT_CANCELLED ||
		    (code != 0 && !options->keep_going))
			break;
	}
	return first_failure;
}
