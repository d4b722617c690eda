#include "persistence/repositories/user_repository.h"

typedef struct Users {
	UserRepository port;
	UnitOfWork *work;
} Users;

static UnitOfWork *
work_of(UserRepository *port)
{
	return ((Users *)port)->work;
}

static bool
find_where(UserRepository *self, const char *where, const char *value, User **ret_user, GError **error)
{
	void *user;

	if (!unit_of_work_find(work_of(self), &users_table, where, value, &user, error))
		return false;
	*ret_user = user;
	return true;
}

static bool
find(UserRepository *self, const UserId *id, User **ret_user, GError **error)
{
	char text[UUID_TEXT_LENGTH + 1];

	uuid_format(&id->value, text);
	return find_where(self, "id", text, ret_user, error);
}

static bool
find_by_email(UserRepository *self, const char *email, User **ret_user, GError **error)
{
	/* uq_users_email is on lower(email). */
	return find_where(self, "lower(email)", email, ret_user, error);
}

static void
add(UserRepository *self, User *user)
{
	unit_of_work_add(work_of(self), &users_table, user);
}

static void
update(UserRepository *self, User *user)
{
	unit_of_work_update(work_of(self), user);
}

UserRepository *
user_repository_new(UnitOfWork *work)
{
	Users *self = g_new0(Users, 1);

	self->port = (UserRepository){ find, find_by_email, add, update };
	self->work = work;
	return &self->port;
}

void
user_repository_free(UserRepository *self)
{
	g_free(self);
}
