#include "commands/password.h"
#include "commands/rows.h"
#include "commands/users.h"

#include "application/completion.h"

typedef struct UsersSetPasswordArgs {
	char **users;
	char *password;
} UsersSetPasswordArgs;

static const ArgDef args_table[] = {
	{ .name = "user",
	    .value = "ID|EMAIL",
	    .help = "the users who get this password",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_REPEATS | ARG_PERSONAL | ARG_ROWS,
	    .offset = offsetof(UsersSetPasswordArgs, users),
	    .complete = complete_user },
	{ .name = "password-stdin",
	    .help = "read the password from standard input, where no list of processes shows it",
	    .type = ARG_TEXT,
	    .flags = ARG_REQUIRED | ARG_SECRET | ARG_STDIN,
	    .offset = offsetof(UsersSetPasswordArgs, password) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const UsersSetPasswordArgs *args = data;

	return user_references_check(args->users, error) && password_check(args->password, error);
}

static bool
set_password(CommandRun *run, User *user, const void *data, GError **error)
{
	const UsersSetPasswordArgs *args = data;

	/* One hash each: with one salt for all, the table would tell who shares a password. */
	if (!user_take_password(run, user, args->password, error))
		return false;
	run->session->users->update(run->session->users, user);
	return true;
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersSetPasswordArgs *args = data;

	return users_each(run, args->users, "set the password of", set_password, args, error);
}

const CommandDef users_set_password_command = {
	.name = "users set-password",
	.summary = "Set a password, hashed here before it is sent",
	.details = "The server sees the Argon2id hash alone; the password stands in no log, transcript or "
		   "audit entry.",
	.example = "users set-password ada@example.org --password-stdin",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersSetPasswordArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
