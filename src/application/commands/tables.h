#ifndef SIGNALBOX_APPLICATION_COMMANDS_TABLES_H
#define SIGNALBOX_APPLICATION_COMMANDS_TABLES_H

#include "application/command.h"

extern const CommandDef tables_list_command;
extern const CommandDef tables_show_command;
extern const CommandDef tables_browse_command;

#endif
