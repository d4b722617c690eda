#include "line_editor.h"
#include "prompt.h"
#include "tab_completion.h"

#include <errno.h>
#include <histedit.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

struct LineEditor {
	EditLine *edit;
	HistoryW *lines;
	Console *console;
	const char *before;
	wchar_t *prompt;
};

static wchar_t *
show_prompt(EditLine *edit)
{
	LineEditor *self = NULL;

	el_wget(edit, EL_CLIENTDATA, &self);
	return self->prompt;
}

static unsigned char
complete(EditLine *edit, wint_t c)
{
	LineEditor *self = NULL;

	(void)c;
	el_wget(edit, EL_CLIENTDATA, &self);
	return tab_complete(edit, self->console, self->before);
}

/* The bytes of one character; 0 at the end of the input, -1 when there is no character. */
static int
read_wide(wchar_t *ret_char)
{
	mbstate_t state = { 0 };
	char byte;
	ssize_t got;

	while ((got = read(STDIN_FILENO, &byte, 1)) != 0) {
		size_t length = got < 0 ? 0 : mbrtowc(ret_char, &byte, 1, &state);

		if (got < 0 && errno != EINTR)
			return -1;
		if (got < 0 || length == (size_t)-2)
			continue;
		if (length != (size_t)-1)
			return 1;
		/* No text in this locale: libedit would give up, a person only mistyped. */
		memset(&state, 0, sizeof state);
	}
	return 0;
}

/* A Ctrl-C just before a read would not interrupt it; the token's descriptor stays readable. */
static int
read_char(EditLine *edit, wchar_t *ret_char)
{
	LineEditor *self = NULL;

	el_wget(edit, EL_CLIENTDATA, &self);
	for (;;) {
		struct pollfd waits[] = {
			{ .fd = STDIN_FILENO, .events = POLLIN },
			{ .fd = cancel_token_fd(console_settings(self->console)->cancel), .events = POLLIN },
		};
		int ready = poll(waits, G_N_ELEMENTS(waits), -1);

		if ((ready < 0 && errno != EINTR) || (ready > 0 && waits[1].revents != 0))
			return -1;
		if (ready > 0)
			return read_wide(ret_char);
	}
}

static void
add_line(LineEditor *self, const char *line)
{
	g_autofree wchar_t *wide = prompt_widen(line);
	HistEventW event;

	if (wide != NULL)
		history_w(self->lines, &event, H_ENTER, wide);
}

static void
load_lines(LineEditor *self, const CommandHistory *history)
{
	const GPtrArray *lines = history_lines(history);
	HistEventW event;

	history_w(self->lines, &event, H_SETSIZE, HISTORY_LIMIT);
	history_w(self->lines, &event, H_SETUNIQUE, 1);
	for (guint i = 0; i < lines->len; i++)
		add_line(self, lines->pdata[i]);
}

LineEditor *
line_editor_new(Console *console, CommandHistory *history)
{
	LineEditor *self = g_new0(LineEditor, 1);

	self->console = console;
	self->edit = el_init("signalbox", stdin, stdout, stderr);
	self->lines = history_winit();
	load_lines(self, history);
	el_wset(self->edit, EL_CLIENTDATA, self);
	el_wset(self->edit, EL_PROMPT_ESC, show_prompt, L'\1');
	el_wset(self->edit, EL_GETCFN, read_char);
	el_wset(self->edit, EL_EDITOR, L"emacs");
	el_wset(self->edit, EL_HIST, history_w, self->lines);
	el_wset(self->edit, EL_ADDFN, L"signalbox-complete", L"complete the word", complete);
	el_wset(self->edit, EL_BIND, L"^I", L"signalbox-complete", NULL);
	el_wset(self->edit, EL_BIND, L"^R", L"em-inc-search-prev", NULL);
	/* The person's own bindings; a missing file is none. */
	el_source(self->edit, NULL);
	return self;
}

void
line_editor_free(LineEditor *self)
{
	if (self == NULL)
		return;
	history_wend(self->lines);
	el_end(self->edit);
	g_free(self->prompt);
	g_free(self);
}

void
line_editor_remember(LineEditor *self, const char *line)
{
	add_line(self, line);
}

LineRead
line_editor_read(LineEditor *self, const char *before, char **ret_line)
{
	CancelToken *cancel = console_settings(self->console)->cancel;
	const wchar_t *wide;
	int count = 0;
	char *line;

	self->before = before;
	g_free(self->prompt);
	self->prompt = prompt_text(self->console, *before != '\0');
	cancel_token_reset(cancel);
	el_resize(self->edit);
	wide = el_wgets(self->edit, &count);
	if (cancel_token_is_fired(cancel))
		return LINE_INTERRUPTED;
	if (wide == NULL || count <= 0)
		return LINE_END;
	line = prompt_narrow(wide, (size_t)count);
	if (line == NULL)
		return LINE_INTERRUPTED;
	if (*line != '\0' && line[strlen(line) - 1] == '\n')
		line[strlen(line) - 1] = '\0';
	*ret_line = line;
	return LINE_READ;
}
