#ifndef SIGNALBOX_APPLICATION_COMMANDS_MIGRATIONS_H
#define SIGNALBOX_APPLICATION_COMMANDS_MIGRATIONS_H

#include "application/command.h"

extern const CommandDef migrations_status_command;
extern const CommandDef migrations_show_command;
extern const CommandDef migrations_plan_command;
extern const CommandDef migrations_apply_command;
extern const CommandDef migrations_new_command;

#endif
