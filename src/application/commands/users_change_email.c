#include "commands/rows.h"
#include "commands/users.h"

#include "application/completion.h"
#include "domain/values.h"

typedef struct UsersChangeEmailArgs {
	char *user;
	char *email;
} UsersChangeEmailArgs;

static const ArgDef args_table[] = {
	{ .name = "user",
	    .value = "ID|EMAIL",
	    .help = "the user",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_PERSONAL | ARG_ROWS,
	    .offset = offsetof(UsersChangeEmailArgs, user),
	    .complete = complete_user },
	{ .name = "email",
	    .value = "EMAIL",
	    .help = "the new address; unique whatever its case",
	    .type = ARG_TEXT,
	    .flags = ARG_POSITIONAL | ARG_REQUIRED | ARG_PERSONAL,
	    .offset = offsetof(UsersChangeEmailArgs, email) },
	{ 0 },
};

static bool
validate(const void *data, GError **error)
{
	const UsersChangeEmailArgs *args = data;

	return user_reference_check(args->user, error) && value_check(email_normalise, args->email, error);
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersChangeEmailArgs *args = data;
	UserRepository *users = run->session->users;
	g_autofree char *before = NULL;
	User *user;

	if (!user_repository_resolve(users, args->user, &user, error))
		return false;
	before = g_strdup(user->email);
	if (!user_change_email(user, args->email, run->now, error))
		return false;
	users->update(users, user);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_INFO, "changed the email of user '%s' to '%s'", before, user->email);
	return true;
}

const CommandDef users_change_email_command = {
	.name = "users change-email",
	.summary = "Change the address that a user signs in with",
	.example = "users change-email ada@example.org ada@example.net",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersChangeEmailArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
