#ifndef SIGNALBOX_CONSOLE_COMMANDS_CONSOLE_COMMANDS_H
#define SIGNALBOX_CONSOLE_COMMANDS_CONSOLE_COMMANDS_H

#include "console/console.h"

/* The console's own commands. Their handlers find the Console in run->console. */
extern const CommandDef context_list_command;
extern const CommandDef context_show_command;
extern const CommandDef context_use_command;
extern const CommandDef echo_command;
extern const CommandDef help_command;
extern const CommandDef history_command;
extern const CommandDef quit_command;
extern const CommandDef run_command;
extern const CommandDef set_command;
extern const CommandDef source_command;
extern const CommandDef transcript_command;
extern const CommandDef watch_command;

/* Names of configured contexts. */
void complete_context(Completion *completion, const char *prefix);

#endif
