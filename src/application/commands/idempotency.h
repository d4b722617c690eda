#ifndef SIGNALBOX_APPLICATION_COMMANDS_IDEMPOTENCY_H
#define SIGNALBOX_APPLICATION_COMMANDS_IDEMPOTENCY_H

#include "application/command.h"

extern const CommandDef idempotency_list_command;
extern const CommandDef idempotency_show_command;
extern const CommandDef idempotency_stuck_command;

#endif
