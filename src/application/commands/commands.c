#include "application/registry.h"

#include "commands/posts.h"
#include "commands/users.h"

/* One record a line, sorted by resource. */
const CommandDef *const application_commands[] = {
	&posts_list_command,
	&posts_show_command,
	&posts_add_command,
	&posts_edit_command,
	&posts_tag_command,
	&posts_untag_command,
	&posts_publish_command,
	&posts_archive_command,
	&posts_delete_command,
	&users_list_command,
	&users_show_command,
	&users_add_command,
	&users_rename_command,
	&users_change_email_command,
	&users_set_role_command,
	&users_set_password_command,
	&users_deactivate_command,
	&users_activate_command,
	NULL,
};
