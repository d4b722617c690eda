#ifndef SIGNALBOX_APPLICATION_COMMANDS_OUTBOX_H
#define SIGNALBOX_APPLICATION_COMMANDS_OUTBOX_H

#include "application/command.h"

extern const CommandDef outbox_list_command;
extern const CommandDef outbox_show_command;
extern const CommandDef outbox_stats_command;
extern const CommandDef outbox_errors_command;
extern const CommandDef outbox_retry_command;

#endif
