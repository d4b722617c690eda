#ifndef SIGNALBOX_APPLICATION_COMMANDS_USERS_H
#define SIGNALBOX_APPLICATION_COMMANDS_USERS_H

#include "application/command.h"

extern const CommandDef users_list_command;
extern const CommandDef users_show_command;
extern const CommandDef users_add_command;
extern const CommandDef users_rename_command;
extern const CommandDef users_change_email_command;
extern const CommandDef users_set_role_command;
extern const CommandDef users_set_password_command;
extern const CommandDef users_deactivate_command;
extern const CommandDef users_activate_command;

#endif
