#include "commands/rows.h"
#include "commands/users.h"

#include "application/completion.h"
#include "domain/values.h"

typedef struct UsersRenameArgs {
	char *user;
	char *name;
} UsersRenameArgs;

static const ArgDef args_table[] = {
	{ .name = "user",
	    .value = "ID|EMAIL",
	    .help = "the user",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_PERSONAL | ARG_ROWS,
	    .offset = offsetof(UsersRenameArgs, user),
	    .complete = complete_user },
	{ .name = "name",
	    .value = "NAME",
	    .help = "the new name, at most 100 characters",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_PERSONAL,
	    .offset = offsetof(UsersRenameArgs, name) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const UsersRenameArgs *args = data;

	return user_reference_check(args->user, error) &&
	    value_check(display_name_normalise, args->name, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersRenameArgs *args = data;
	UserRepository *users = run->session->users;
	User *user;

	if (!user_repository_resolve(users, args->user, &user, error) ||
	    !user_rename(user, args->name, run->now, error))
		return false;
	users->update(users, user);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_INFO, "renamed user '%s' to '%s'", user->email, user->display_name);
	return true;
}

const CommandDef users_rename_command = {
	.name = "users rename",
	.summary = "Change the name that others see",
	.example = "users rename ada@example.org 'Ada King'",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersRenameArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
