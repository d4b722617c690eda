#ifndef SIGNALBOX_TUI_TUI_H
#define SIGNALBOX_TUI_TUI_H

#include "console/console.h"

typedef struct TuiOptions {
	bool ascii; /* --ascii */
	bool mouse;
	bool no_color;      /* --no-color, NO_COLOR */
	const char *theme;  /* "dark", "light", "none" or NULL */
	const char *screen; /* the first screen; NULL: dashboard */
} TuiOptions;

/* Runs the console's screens until quit. The exit code; 2 with one sentence when there is no usable terminal.
 */
int tui_run(const ConsoleSettings *settings, const TuiOptions *options);

/* `screens print`, …: NULL-terminated. */
extern const CommandDef *const tui_commands[];

/* docs/keys.md. Newly allocated. */
char *tui_keys_markdown(const Registry *registry);

#endif
