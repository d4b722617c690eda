#ifndef SIGNALBOX_APPLICATION_COMMANDS_POSTS_H
#define SIGNALBOX_APPLICATION_COMMANDS_POSTS_H

#include "application/command.h"

extern const CommandDef posts_list_command;
extern const CommandDef posts_show_command;
extern const CommandDef posts_add_command;
extern const CommandDef posts_edit_command;
extern const CommandDef posts_tag_command;
extern const CommandDef posts_untag_command;
extern const CommandDef posts_publish_command;
extern const CommandDef posts_archive_command;
extern const CommandDef posts_delete_command;

#endif
