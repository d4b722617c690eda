#ifndef SIGNALBOX_TUI_APP_H
#define SIGNALBOX_TUI_APP_H

#include "screens.h"

#include "application/arguments.h"
#include "tui/tui.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The console's screens: one loop on the main thread. What the places that are shown may ask of it. */
typedef struct App App;

/* Draws everything soon. */
void app_redraw(App *self);

/* Runs a line on the read lane; its events go to the place on top. */
uint64_t app_read(App *self, const char *line, bool whole);

/* Nobody waits any more for what the read lane does. */
void app_cancel_reading(App *self);

/* What the line above the hints says. `line` NULL: only the outcome changes. */
void app_say(App *self, const char *line, const char *outcome, NoteKind kind);
void app_say_error(App *self, const char *line, const GError *error);

/* Takes the error back, if it is still what is said. */
void app_unsay(App *self, const char *error);

/* Runs a command line as if it had been typed. `press`: what led to it, or PRESS_NONE. */
void app_run_line(App *self, const char *line, KeyPress press);

#endif
