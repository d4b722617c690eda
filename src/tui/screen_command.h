#ifndef SIGNALBOX_TUI_SCREEN_COMMAND_H
#define SIGNALBOX_TUI_SCREEN_COMMAND_H

#include "application/command.h"

#include <stdbool.h>

/* `screen NAME [FILTER…]`: the screens run it themselves, every other door refuses it. */
extern const CommandDef screen_command;

/* `screens print`: the first lines of every screen as text. */
extern const CommandDef screens_print_command;

/* `screens check FILE…` */
extern const CommandDef screens_check_command;

bool screen_command_is(const CommandDef *def);

/* Of its parsed values: the screen's name, borrowed, and the filter as a command line takes it, newly
 * allocated. */
const char *screen_command_name(const void *values);
char *screen_command_filter(const void *values);

#endif
