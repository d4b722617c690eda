#include "console/terminal_door.h"

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static int
terminal_width(void)
{
	struct winsize size = { 0 };

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static bool
wants_colour(const CommonOptions *options)
{
	const char *no_color = g_getenv("NO_COLOR");

	return !options->no_color && (no_color == NULL || *no_color == '\0') &&
	    g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

static OutputFormat
format_named(const char *name)
{
	for (int i = 0; name != NULL && output_format_names[i] != NULL; i++) {
		if (strcmp(output_format_names[i], name) == 0)
			return (OutputFormat)i;
	}
	return FORMAT_TABLE;
}

static void
print_question(const Question *question)
{
	fprintf(stderr, "\n");
	for (const char *const *line = question->lines; line != NULL && *line != NULL; line++) {
		g_autofree char *clean = text_sanitised(*line, TEXT_MULTI_LINE);

		fprintf(stderr, "  %s\n", clean);
	}
	g_autofree char *title = text_sanitised(question->title, TEXT_SINGLE_LINE);

	if (question->typed != NULL) {
		g_autofree char *typed = text_sanitised(question->typed, TEXT_SINGLE_LINE);

		fprintf(stderr, "%s Type %s to go on: ", title, typed);
	} else {
		fprintf(stderr, "%s [y/N] ", title);
	}
	fflush(stderr);
}

static Answer
judge(const Question *question, char *answer)
{
	bool yes;

	g_strstrip(answer);
	if (question->typed != NULL)
		yes = strcmp(answer, question->typed) == 0;
	else
		yes = g_ascii_strcasecmp(answer, "y") == 0 || g_ascii_strcasecmp(answer, "yes") == 0;
	return yes ? ANSWER_YES : ANSWER_NO;
}

static Answer
ask_on_terminal(const Question *question, gpointer data)
{
	char *line = NULL;
	size_t size = 0;
	Answer answer = ANSWER_NO;

	(void)data;
	/* What was typed or pasted before the question was there does not answer it. */
	tcflush(STDIN_FILENO, TCIFLUSH);
	print_question(question);
	if (getline(&line, &size, stdin) >= 0) {
		answer = judge(question, line);
	} else {
		clearerr(stdin);
		fputc('\n', stderr);
	}
	free(line);
	return answer;
}

RenderOptions
render_options_for_terminal(const CommonOptions *options)
{
	bool out_terminal = isatty(STDOUT_FILENO) == 1;
	bool err_terminal = isatty(STDERR_FILENO) == 1;

	return (RenderOptions){
		.format = format_named(options->format),
		.header = !options->no_header,
		.quiet = options->quiet,
		.colour = out_terminal && wants_colour(options),
		.out_terminal = out_terminal,
		.err_terminal = err_terminal,
		.width = out_terminal ? terminal_width() : 0,
		.out = stdout,
		.err = stderr,
		.ask = isatty(STDIN_FILENO) == 1 && err_terminal ? ask_on_terminal : NULL,
	};
}

static Frontend *
make_renderer(const CommonOptions *options, gpointer data)
{
	RenderOptions render = render_options_for_terminal(options);

	(void)data;
	return render_new(&render);
}

static void
end_renderer(Frontend *frontend, gpointer data)
{
	(void)data;
	render_free(frontend);
}

static void
show_error(const GError *error, gpointer data)
{
	const CommonOptions none = { 0 };
	RenderOptions render = render_options_for_terminal(&none);

	(void)data;
	fflush(stdout);
	render_error(&render, error);
}

const Door terminal_door = { make_renderer, end_renderer, show_error, NULL };

/* Half of a text must not pass for all of it. */
static bool
fail_to_read(GError **error)
{
	int number = errno;

	clearerr(stdin);
	if (number == EINTR)
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED,
		    "stopped while standard input was read: nothing was done");
	else
		g_set_error(error, SB_ERROR, SB_ERROR_UNAVAILABLE, "standard input can't be read: %s",
		    g_strerror(number));
	return false;
}

bool
terminal_read_stdin(char **ret_text, GError **error)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char buffer[8192];
	size_t got;

	if (isatty(STDIN_FILENO) == 1) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "'-' reads standard input, but that is the terminal: pipe it in");
		return false;
	}
	while ((got = fread(buffer, 1, sizeof buffer, stdin)) > 0) {
		g_string_append_len(text, buffer, (gssize)got);
		if (text->len > FILE_SIZE_LIMIT) {
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "standard input is larger than %u MB",
			    (unsigned)(FILE_SIZE_LIMIT / 1024 / 1024));
			return false;
		}
	}
	if (ferror(stdin))
		return fail_to_read(error);
	if (!g_utf8_validate(text->str, (gssize)text->len, NULL)) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "standard input is no valid UTF-8 text");
		return false;
	}
	*ret_text = g_string_free(g_steal_pointer(&text), FALSE);
	return true;
}
