#include "commands/password.h"
#include "commands/users.h"

#include "application/completion.h"

typedef struct UsersAddArgs {
	char *email;
	char *name;
	const char *role;
	char *password;
} UsersAddArgs;

static const ArgDef args_table[] = {
	{ .name = "email",
	    .value = "EMAIL",
	    .help = "address to sign in with; unique whatever its case",
	    .type = ARG_TEXT,
	    .flags = ARG_REQUIRED | ARG_PERSONAL,
	    .offset = offsetof(UsersAddArgs, email) },
	{ .name = "name",
	    .value = "NAME",
	    .help = "name as others see it, at most 100 characters",
	    .type = ARG_TEXT,
	    .flags = ARG_REQUIRED | ARG_PERSONAL,
	    .offset = offsetof(UsersAddArgs, name) },
	{ .name = "role",
	    .value = "ROLE",
	    .help = "what the user may do; Member unless given",
	    .type = ARG_CHOICE,
	    .offset = offsetof(UsersAddArgs, role),
	    .choices = user_role_names },
	{ .name = "password-stdin",
	    .help = "read a password from standard input; without one the user can't sign in",
	    .type = ARG_TEXT,
	    .flags = ARG_SECRET | ARG_STDIN,
	    .offset = offsetof(UsersAddArgs, password) },
	{ 0 },
};

static bool
register_user(const UsersAddArgs *args, Timestamp now, User **ret_user, GError **error)
{
	UserRole role = USER_ROLE_MEMBER;

	return (args->role == NULL || user_role_parse(args->role, &role, error)) &&
	    user_register(args->email, args->name, role, now, ret_user, error);
}

static bool
validate(const void *data, GError **error)
{
	const UsersAddArgs *args = data;
	g_autoptr(User) user = NULL;

	return register_user(args, 0, &user, error) &&
	    (args->password == NULL || password_check(args->password, error));
}

static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const UsersAddArgs *args = data;
	g_autoptr(User) user = NULL;

	if (!register_user(args, run->now, &user, error))
		return false;
	if (args->password != NULL && !user_take_password(run, user, args->password, error))
		return false;
	run_created(run, &user->id.value);
	run_target(run, "user", &user->id.value);
	run_note(run, NOTE_INFO, "added user '%s'", user->email);
	run->session->users->add(run->session->users, g_steal_pointer(&user));
	return true;
}

const CommandDef users_add_command = {
	.name = "users add",
	.summary = "Add a user and print the new id",
	.example = "users add --email ada@example.org --name 'Ada Lovelace' --role Author",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.args = args_table,
	.args_size = sizeof(UsersAddArgs),
	.resource = &users_resource,
	.validate = validate,
	.handle = handle,
};
