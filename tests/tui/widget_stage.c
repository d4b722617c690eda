#include "widget_stage.h"

#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t resized;

static void
note_resize(int signal_number)
{
	(void)signal_number;
	resized = 1;
}

void
stage_open(WidgetStage *self, const char *theme)
{
	ThemeOptions options;

	setlocale(LC_ALL, "");
	self->terminal = tui_terminal_enter(false, NULL);
	if (self->terminal == NULL)
		exit(1);
	curs_set(1);
	options = theme_detect(theme, false, false);
	self->theme = theme_new(&options);
	sigaction(SIGWINCH, &(struct sigaction){ .sa_handler = note_resize }, NULL);
}

void
stage_close(WidgetStage *self)
{
	theme_free(self->theme);
	tui_terminal_leave(self->terminal);
}

KeyPress
stage_press(WidgetStage *self)
{
	KeyPress press = keypress_read(stdscr);

	while (press == PRESS_NONE) {
		int ready =
		    poll(&(struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN }, 1, TERMINAL_DEADLINE_MS);

		if (resized) {
			resized = 0;
			tui_terminal_resize(self->terminal);
			return PRESS_RESIZE;
		}
		if (ready <= 0)
			return PRESS_NONE;
		press = keypress_read(stdscr);
	}
	return press;
}

void
press_keys(const char *names, void (*press)(void *widget, KeyPress press), void *widget)
{
	g_auto(GStrv) each = g_strsplit(names, " ", -1);

	for (char **name = each; *name != NULL; name++) {
		KeyPress value;

		if (!keypress_parse(*name, &value, NULL))
			g_error("no key '%s'", *name);
		press(widget, value);
	}
}
