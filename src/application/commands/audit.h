#ifndef SIGNALBOX_APPLICATION_COMMANDS_AUDIT_H
#define SIGNALBOX_APPLICATION_COMMANDS_AUDIT_H

#include "application/command.h"

extern const CommandDef audit_list_command;
extern const CommandDef audit_show_command;
extern const CommandDef audit_verify_command;

#endif
