#include "commands/rows.h"
#include "commands/users.h"

#include "application/completion.h"

typedef struct UsersSetRoleArgs {
	char *user;
	const char *role;
} UsersSetRoleArgs;

static const ArgDef args_table[] = {
	{ .name = "user",
	    .value = "ID|EMAIL",
	    .help = "the user",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_PERSONAL | ARG_ROWS,
	    .offset = offsetof(UsersSetRoleArgs, user),
	    .complete = complete_user },
	{ .name = "role",
	    .value = "ROLE",
	    .help = "what the user may do from now on",
	    .type = ARG_CHOICE,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED,
	    .offset = offsetof(UsersSetRoleArgs, role),
	    .choices = user_role_names },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const UsersSetRoleArgs *args = data;

	return user_reference_check(args->user, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersSetRoleArgs *args = data;
	UserRepository *users = run->session->users;
	UserRole role;
	User *user;

	if (!user_role_parse(args->role, &role, error) ||
	    !user_repository_resolve(users, args->user, &user, error) ||
	    !user_set_role(user, role, run->now, error))
		return false;
	users->update(users, user);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_INFO, "gave user '%s' the role '%s'", user->email, user_role_names[role]);
	return true;
}

const CommandDef users_set_role_command = {
	.name = "users set-role",
	.summary = "Change what a user may do",
	.example = "users set-role ada@example.org Editor",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersSetRoleArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
