#include "commands/console_commands.h"

const CommandDef *const console_commands[] = {
	&context_list_command,
	&context_show_command,
	&context_use_command,
	&help_command,
	&history_command,
	&transcript_command,
	&watch_command,
	&run_command,
	&source_command,
	&set_command,
	&echo_command,
	&quit_command,
	NULL,
};
