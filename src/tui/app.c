#include "app_private.h"

#include "base/error.h"
#include "base/log.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FAST_TICK_MS 100
#define SLOW_TICK_MS 1000
#define EVENTS_AT_ONCE 128
#define PRESSES_AT_ONCE 64

/* -- drawing when something has changed ---------------------------------------------------------------------
 */

static gboolean
on_draw(gpointer data)
{
	App *self = data;

	self->draw_source = 0;
	app_draw(self);
	return G_SOURCE_REMOVE;
}

/* As urgent as what led to it: a flood of rows must not keep the screen from being drawn. */
void
app_redraw(App *self)
{
	if (self->draw_source == 0)
		self->draw_source = g_idle_add_full(G_PRIORITY_DEFAULT, on_draw, self, NULL);
}

/* -- sources ------------------------------------------------------------------------------------------------
 */

static gboolean
on_input(int descriptor, GIOCondition condition, gpointer data)
{
	App *self = data;
	KeyPress press = PRESS_NONE;

	(void)descriptor;
	for (int i = 0; i < PRESSES_AT_ONCE && (press = keypress_read(stdscr)) != PRESS_NONE; i++)
		app_press(self, press);
	if (press == PRESS_NONE && (condition & (G_IO_HUP | G_IO_ERR | G_IO_NVAL)) != 0 &&
	    tui_terminal_is_gone(self->terminal)) {
		app_quit(self, 0);
		return G_SOURCE_REMOVE;
	}
	return G_SOURCE_CONTINUE;
}

static gboolean
on_events(int descriptor, GIOCondition condition, gpointer data)
{
	App *self = data;
	LaneEvent *taken;

	(void)descriptor;
	(void)condition;
	for (int i = 0; i < EVENTS_AT_ONCE && (taken = mailbox_take(self->events)) != NULL; i++) {
		g_autoptr(LaneEvent) event = taken;

		if (lane_take(self->lanes[event->lane], event))
			app_take_event(self, event);
	}
	return G_SOURCE_CONTINUE;
}

static gboolean
on_terminal_signal(int descriptor, GIOCondition condition, gpointer data)
{
	App *self = data;
	bool stop;

	(void)descriptor;
	(void)condition;
	if (tui_terminal_handle_signals(self->terminal, &stop))
		app_redraw(self);
	if (stop)
		app_suspend(self);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_resize(gpointer data)
{
	App *self = data;

	tui_terminal_resize(self->terminal);
	app_redraw(self);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_hang_up(gpointer data)
{
	app_quit(data, 128 + SIGHUP);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_terminate(gpointer data)
{
	app_quit(data, 128 + SIGTERM);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt(gpointer data)
{
	app_quit(data, 128 + SIGINT);
	return G_SOURCE_CONTINUE;
}

static gboolean
on_rotate(gpointer data)
{
	(void)data;
	log_reopen();
	return G_SOURCE_CONTINUE;
}

static bool
is_anything_busy(const App *self)
{
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (self->lanes[lane] != NULL && lane_is_busy(self->lanes[lane]))
			return true;
	}
	return false;
}

static gboolean
on_fast_tick(gpointer data)
{
	App *self = data;

	for (int lane = 0; lane < LANE_COUNT; lane++) {
		if (self->lanes[lane] != NULL)
			lane_tick(self->lanes[lane]);
	}
	app_redraw(self);
	if (self->wants_to_suspend)
		app_suspend(self);
	if (is_anything_busy(self))
		return G_SOURCE_CONTINUE;
	self->fast_source = 0;
	return G_SOURCE_REMOVE;
}

void
app_watch_progress(App *self)
{
	if (self->fast_source == 0)
		self->fast_source = g_timeout_add(FAST_TICK_MS, on_fast_tick, self);
}

/* Reads again what its screen wants to be live, unless something is under way. */
static gboolean
on_slow_tick(gpointer data)
{
	App *self = data;
	Place *top = app_top(self);
	gint64 now = g_get_monotonic_time();

	if (top->refresh > 0 && !lane_is_busy(self->lanes[LANE_READ]) && self->dialog == NULL &&
	    now - MAX(top->read_at, top->tried_at) >= top->refresh) {
		top->tried_at = now;
		top->def->resume(top, true);
	} else if (top->read_at > 0 && (top->trouble != NULL || now - top->read_at > DURATION_MINUTE)) {
		app_redraw(self);
	}
	return G_SOURCE_CONTINUE;
}

/* -- life ---------------------------------------------------------------------------------------------------
 */

Lane *
app_completion_lane(App *self)
{
	if (self->lanes[LANE_COMPLETION] == NULL) {
		ConsoleSettings settings = *self->settings;

		settings.context = self->context;
		self->lanes[LANE_COMPLETION] = lane_new(LANE_COMPLETION, &settings, self->events);
	}
	return self->lanes[LANE_COMPLETION];
}

static void
tab_clear(gpointer data)
{
	AppTab *self = data;

	g_ptr_array_unref(self->places);
}

static void
make_tabs(App *self)
{
	const GPtrArray *screens = screen_set_tabs(self->screens);

	self->tabs = g_array_new(FALSE, TRUE, sizeof(AppTab));
	g_array_set_clear_func(self->tabs, tab_clear);
	for (guint i = 0; i < screens->len; i++) {
		AppTab tab = { screens->pdata[i],
			g_ptr_array_new_with_free_func((GDestroyNotify)place_free) };

		g_array_append_val(self->tabs, tab);
	}
}

static void
app_init(App *self, const ConsoleSettings *settings, ScreenSet *screens)
{
	ConsoleSettings own = *settings;

	own.screens = true;
	own.read_stdin = NULL;
	self->settings = settings;
	self->context = settings->context;
	self->screens = screens;
	self->console = console_new(&own);
	self->history = history_load();
	self->loop = g_main_loop_new(NULL, FALSE);
	self->events = mailbox_new((GDestroyNotify)lane_event_free);
	self->jobs = g_ptr_array_new_with_free_func((GDestroyNotify)job_free);
	self->lanes[LANE_READ] = lane_new(LANE_READ, settings, self->events);
	self->lanes[LANE_WRITE] = lane_new(LANE_WRITE, settings, self->events);
	make_tabs(self);
}

static void
app_clear(App *self)
{
	app_end(self);
	g_ptr_array_unref(self->jobs);
	g_array_unref(self->tabs);
	command_line_free(self->line);
	dialog_free(self->dialog);
	status_clear(&self->status);
	lane_server_clear(&self->server);
	history_free(self->history);
	console_free(self->console);
	g_main_loop_unref(self->loop);
}

static void
add_sources(App *self, GArray *sources)
{
	guint ids[] = {
		g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, self),
		g_unix_fd_add(mailbox_fd(self->events), G_IO_IN, on_events, self),
		g_unix_fd_add(tui_terminal_signal_fd(self->terminal), G_IO_IN, on_terminal_signal, self),
		g_unix_signal_add(SIGWINCH, on_resize, self),
		g_unix_signal_add(SIGHUP, on_hang_up, self),
		g_unix_signal_add(SIGTERM, on_terminate, self),
		g_unix_signal_add(SIGINT, on_interrupt, self),
		g_unix_signal_add(SIGUSR1, on_rotate, self),
		g_timeout_add(SLOW_TICK_MS, on_slow_tick, self),
	};

	g_array_append_vals(sources, ids, G_N_ELEMENTS(ids));
}

static void
remove_sources(App *self, const GArray *sources)
{
	for (guint i = 0; i < sources->len; i++)
		g_source_remove(g_array_index(sources, guint, i));
	if (self->draw_source != 0)
		g_source_remove(self->draw_source);
	if (self->fast_source != 0)
		g_source_remove(self->fast_source);
}

/* A tab is opened at once; anything else lies above the first one. */
static void
open_first(App *self, const TuiOptions *options)
{
	const Screen *screen =
	    options->screen != NULL ? screen_set_find(self->screens, options->screen) : NULL;
	g_autoptr(GError) error = NULL;

	if (screen == NULL || screen->tab == 0)
		app_open_tab(self, 0);
	if (options->screen != NULL && !app_open_screen(self, options->screen, NULL, &error))
		app_say_error(self, NULL, error);
}

static void
say_warnings(App *self, const GPtrArray *warnings)
{
	if (warnings->len > 0) {
		g_autofree char *more =
		    warnings->len > 1 ? g_strdup_printf(" (and %u more)", warnings->len - 1) : g_strdup("");
		g_autofree char *text = g_strconcat(warnings->pdata[0], more, NULL);

		status_fail(&self->status, NULL, text);
	}
}

static void
run_loop(App *self, const TuiOptions *options, const GPtrArray *warnings)
{
	ThemeOptions look = theme_detect(options->theme, options->no_color, options->ascii);
	g_autoptr(Theme) theme = theme_new(&look);
	g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(guint));

	self->theme = theme;
	add_sources(self, sources);
	open_first(self, options);
	say_warnings(self, warnings);
	g_main_loop_run(self->loop);
	remove_sources(self, sources);
	self->theme = NULL;
}

int
tui_run(const ConsoleSettings *settings, const TuiOptions *options)
{
	g_autoptr(GPtrArray) warnings = NULL;
	g_autoptr(ScreenSet) screens = screen_set_load(settings->registry, &warnings);
	g_autoptr(GError) error = NULL;
	App self = { 0 };

	self.terminal = tui_terminal_enter(options->mouse, &error);
	if (self.terminal == NULL) {
		fprintf(stderr, "error: %s\n", error->message);
		return sb_error_exit_code(error);
	}
	app_init(&self, settings, screens);
	run_loop(&self, options, warnings);
	tui_terminal_leave(self.terminal);
	app_clear(&self);
	return self.exit_code;
}
