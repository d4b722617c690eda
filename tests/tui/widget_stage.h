#ifndef SIGNALBOX_TESTS_WIDGET_STAGE_H
#define SIGNALBOX_TESTS_WIDGET_STAGE_H

#include "terminal.h"
#include "tui/keys.h"
#include "tui/terminal.h"
#include "tui/theme.h"

/* What a child of the terminal harness needs to show one widget. */
typedef struct WidgetStage {
	TuiTerminal *terminal;
	Theme *theme;
} WidgetStage;

/* `theme` as theme_detect takes it: `none` leaves it to attributes to say what is what. */
void stage_open(WidgetStage *self, const char *theme);
void stage_close(WidgetStage *self);

/* The next press; PRESS_NONE when none comes before the deadline. A resize is a press, too. */
KeyPress stage_press(WidgetStage *self);

/* Several presses by their names, between blanks, given to `press` one by one. */
void press_keys(const char *names, void (*press)(void *widget, KeyPress press), void *widget);

#endif
