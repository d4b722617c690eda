#ifndef SIGNALBOX_APPLICATION_COMMANDS_SQL_H
#define SIGNALBOX_APPLICATION_COMMANDS_SQL_H

#include "application/command.h"

extern const CommandDef sql_command;

#endif
