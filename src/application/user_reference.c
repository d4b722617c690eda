#include "application/ports/repositories.h"

#include "base/error.h"

#include <string.h>

bool
user_reference_check(const char *id_or_email, GError **error)
{
	Uuid id;

	/* Other programs may have stored emails that break today's rules: they must still be found. */
	if (uuid_parse(id_or_email, &id) || strchr(id_or_email, '@') != NULL)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "'%s' is neither an id nor an email of a user: see 'users list'", id_or_email);
	return false;
}

bool
user_repository_resolve(UserRepository *self, const char *id_or_email, User **ret_user, GError **error)
{
	UserId id;

	if (uuid_parse(id_or_email, &id.value))
		return self->find(self, &id, ret_user, error);
	return user_reference_check(id_or_email, error) &&
	    self->find_by_email(self, id_or_email, ret_user, error);
}
