#include "commands/rows.h"
#include "commands/users.h"

#include "application/completion.h"

typedef struct UsersActivateArgs {
	char **users;
} UsersActivateArgs;

static const ArgDef args_table[] = {
	{ .name = "user",
	    .value = "ID|EMAIL",
	    .help = "the users; - reads them from standard input, one a line",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_STDIN | ARG_PERSONAL | ARG_ROWS,
	    .offset = offsetof(UsersActivateArgs, users),
	    .complete = complete_user },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const UsersActivateArgs *args = data;

	return user_references_check(args->users, error);
}

static bool
activate(CommandRun *run, User *user, const void *data, GError **error)
{
	(void)data;
	if (!user_activate(user, run->now, error))
		return false;
	run->session->users->update(run->session->users, user);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersActivateArgs *args = data;

	return users_each(run, args->users, "activated", activate, args, error);
}

const CommandDef users_activate_command = {
	.name = "users activate",
	.summary = "Let deactivated users sign in again",
	.example = "users activate ada@example.org",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersActivateArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
