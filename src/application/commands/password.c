#include "commands/password.h"

#include "base/error.h"

#include <string.h>

bool
password_check(const char *password, GError **error)
{
	size_t length = strlen(password);

	if (length >= PASSWORD_MIN_LENGTH && length <= PASSWORD_MAX_LENGTH)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION, "the password has %zu bytes: give %d to %d", length,
	    PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH);
	return false;
}

bool
user_take_password(CommandRun *run, User *user, const char *password, GError **error)
{
	PasswordHasher *passwords = run->session->passwords;
	g_autofree char *hash = NULL;

	return passwords->hash(passwords, password, &hash, error) &&
	    user_set_password_hash(user, hash, run->now, error);
}
