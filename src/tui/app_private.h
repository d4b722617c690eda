#ifndef SIGNALBOX_TUI_APP_PRIVATE_H
#define SIGNALBOX_TUI_APP_PRIVATE_H

#include "app.h"
#include "command_line.h"
#include "dialog.h"
#include "job.h"
#include "lane.h"
#include "place.h"
#include "status.h"
#include "terminal.h"

/* Said until what was cancelled has ended. */
#define APP_CANCEL_SENT "cancel sent"

/* What a tab shows: its own list at the bottom, what was opened from there above it. */
typedef struct AppTab {
	const Screen *screen;
	GPtrArray *places; /* of Place *, the last one on top; empty until it is opened first */
} AppTab;

typedef enum DialogSubject {
	DIALOG_ABOUT_JOB,
	DIALOG_ABOUT_QUIT,
} DialogSubject;

/* A paste that has begun and not ended. */
typedef struct AppPaste {
	bool going;
	bool after_escape;
	const void *taker; /* the line or dialog that it began in; NULL: nobody takes it */
} AppPaste;

struct App {
	const ConsoleSettings *settings;
	const Context *context;
	GMainLoop *loop;
	int exit_code;
	TuiTerminal *terminal;
	Theme *theme;
	ScreenSet *screens;
	CommandHistory *history;
	Console *console; /* parses lines; runs none */

	Mailbox *events;
	Lane *lanes[LANE_COUNT]; /* the one for completion is made when it is needed */
	LaneServer server;
	GPtrArray *jobs; /* of Job * */

	GArray *tabs; /* of AppTab */
	guint tab, previous_tab;

	Status status;
	CommandLine *line; /* NULL: closed */
	char prompt;       /* ':' or '/' */
	uint64_t completion_request;
	size_t completion_offset; /* what stood before the line's own text */
	Dialog *dialog;           /* NULL: none */
	DialogSubject dialog_about;
	uint64_t dialog_request;
	bool dialog_is_typed; /* something has to be typed */
	AppPaste paste;
	bool wants_to_suspend;

	guint draw_source;
	guint fast_source; /* ticks while something runs */
};

/* -- app_places.c: the stack of places and the tabs */
Place *app_top(const App *self);
guint app_depth(const App *self);
void app_push(App *self, Place *place);
/* False at the bottom. */
bool app_pop(App *self);
void app_open_tab(App *self, guint index);
bool app_open_screen(App *self, const char *name, const char *filter, GError **error);
/* Drops everything that is shown, as after a change of context. */
void app_close_places(App *self);
const Screen *app_current_screen(const App *self);
/* "Posts › post …", or NULL on a tab's own list. Newly allocated. */
char *app_trail(const App *self);

/* -- app_events.c: what the lanes say */
void app_take_event(App *self, LaneEvent *event);
void app_use(App *self, const Context *context);
void app_answer(App *self, Answer answer);

/* -- app_jobs.c: command lines that run */
void app_run_job(App *self, Job *job);
/* Fills a key's line from the chosen rows and runs it, or opens the command line with it. */
void app_run_key(App *self, const ScreenKey *key);
void app_run_detail(App *self, KeyPress press);
void app_forget_place(App *self, const Place *place);
/* True while nothing has come of one. */
bool app_job_waits(const App *self, LaneName lane);

/* -- app_keys.c: what presses do */
void app_press(App *self, KeyPress press);
void app_quit(App *self, int exit_code);

/* -- app_paste.c: true when the press belongs to a paste that nobody takes */
bool app_is_stray_paste(App *self, KeyPress press);

/* -- app_line.c: the command line and the filter */
void app_open_line(App *self, char prompt, const char *text);
void app_press_line(App *self, KeyPress press);
void app_take_completion(App *self, LaneEvent *event);

/* -- app_suspend.c: stops the program, as soon as no transaction would stand still with it */
void app_suspend(App *self);

/* -- app_end.c: ends the lanes; does not return when a frozen server holds one of them back */
void app_end(App *self);

/* -- app_draw.c */
void app_draw(App *self);
int app_body_height(const App *self);

/* -- app.c */
void app_watch_progress(App *self);
Lane *app_completion_lane(App *self);

#endif
