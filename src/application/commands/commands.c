#include "application/registry.h"

#include "commands/audit.h"
#include "commands/idempotency.h"
#include "commands/migrations.h"
#include "commands/outbox.h"
#include "commands/posts.h"
#include "commands/sql.h"
#include "commands/tables.h"
#include "commands/users.h"

/* One record a line, sorted by resource. */
const CommandDef *const application_commands[] = {
	&audit_list_command,
	&audit_show_command,
	&audit_verify_command,
	&idempotency_list_command,
	&idempotency_show_command,
	&idempotency_stuck_command,
	&migrations_status_command,
	&migrations_show_command,
	&migrations_plan_command,
	&migrations_apply_command,
	&migrations_new_command,
	&outbox_list_command,
	&outbox_show_command,
	&outbox_stats_command,
	&outbox_errors_command,
	&outbox_retry_command,
	&posts_list_command,
	&posts_show_command,
	&posts_add_command,
	&posts_edit_command,
	&posts_tag_command,
	&posts_untag_command,
	&posts_publish_command,
	&posts_archive_command,
	&posts_delete_command,
	&sql_command,
	&tables_list_command,
	&tables_show_command,
	&tables_browse_command,
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
