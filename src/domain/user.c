#include "domain/user.h"

#include "base/error.h"
#include "domain/event.h"
#include "domain/values.h"

#define AGGREGATE_TYPE "user"

static bool
conflict(const User *self, const char *rule, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "user '%s' %s", self->email, rule);
	return false;
}

/* By id: an erased user's email says nothing any more. */
static bool
require_not_erased(const User *self, GError **error)
{
	g_autofree char *id = NULL;

	if (self->state.type != USER_ERASED)
		return true;
	id = uuid_to_string(&self->id.value);
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
	    "user '%s' is erased and can't be changed: add a new user", id);
	return false;
}

/* Every event of a user carries the id, the state and the time; `name` and `value` may add what else changed.
 */
static void
raise_event(User *self, const char *type, const char *time_name, const char *name, const char *value)
{
	g_autofree char *id = uuid_to_string(&self->id.value);
	g_autofree char *time = timestamp_format(self->updated_at);

	domain_event_raise(&self->events, type, AGGREGATE_TYPE, &self->id.value, self->updated_at, "user_id",
	    id, "state", user_state_names[self->state.type], time_name, time, name, value, NULL);
}

bool
user_register(const char *email, const char *display_name, UserRole role, Timestamp now, User **ret_user,
    GError **error)
{
	g_autoptr(User) user = g_new0(User, 1);

	if (!email_normalise(email, &user->email, error) ||
	    !display_name_normalise(display_name, &user->display_name, error))
		return false;
	user->id.value = uuid_v7();
	user->role = role;
	user->state.type = USER_ACTIVE;
	user->created_at = now;
	user->updated_at = now;
	raise_event(user, "user.registered.v1", "registered_at", NULL, NULL);
	*ret_user = g_steal_pointer(&user);
	return true;
}

bool
user_rename(User *self, const char *display_name, Timestamp now, GError **error)
{
	g_autofree char *name = NULL;

	if (!require_not_erased(self, error) || !display_name_normalise(display_name, &name, error))
		return false;
	if (g_str_equal(self->display_name, name)) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_CONFLICT, "user '%s' is already named '%s'", self->email, name);
		return false;
	}
	g_free(self->display_name);
	self->display_name = g_steal_pointer(&name);
	self->updated_at = now;
	return true;
}

bool
user_change_email(User *self, const char *email, Timestamp now, GError **error)
{
	g_autofree char *normal = NULL;

	if (!require_not_erased(self, error) || !email_normalise(email, &normal, error))
		return false;
	if (g_str_equal(self->email, normal))
		return conflict(self, "already has this email", error);
	g_free(self->email);
	self->email = g_steal_pointer(&normal);
	self->updated_at = now;
	raise_event(self, "user.email_changed.v1", "changed_at", NULL, NULL);
	return true;
}

bool
user_set_role(User *self, UserRole role, Timestamp now, GError **error)
{
	if (!require_not_erased(self, error))
		return false;
	if (self->role == role) {
		g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT, "user '%s' already has the role '%s'",
		    self->email, user_role_names[role]);
		return false;
	}
	self->role = role;
	self->updated_at = now;
	raise_event(self, "user.role_changed.v1", "changed_at", "role", user_role_names[role]);
	return true;
}

bool
user_deactivate(User *self, Timestamp now, GError **error)
{
	if (!require_not_erased(self, error))
		return false;
	if (self->state.type == USER_DEACTIVATED)
		return conflict(self, "is already deactivated", error);
	self->state = (UserState){ .type = USER_DEACTIVATED, .deactivated_at = now };
	self->updated_at = now;
	raise_event(self, "user.deactivated.v1", "deactivated_at", NULL, NULL);
	return true;
}

bool
user_activate(User *self, Timestamp now, GError **error)
{
	if (!require_not_erased(self, error))
		return false;
	if (self->state.type == USER_ACTIVE)
		return conflict(self, "is already active", error);
	self->state = (UserState){ .type = USER_ACTIVE };
	self->updated_at = now;
	raise_event(self, "user.activated.v1", "activated_at", NULL, NULL);
	return true;
}

bool
user_set_password_hash(User *self, const char *password_hash, Timestamp now, GError **error)
{
	if (!require_not_erased(self, error))
		return false;
	/* A password that was never hashed must not get as far as the table, nor into the message. */
	if (password_hash[0] != '$') {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL,
		    "the password of user '%s' was not hashed: nothing was set", self->email);
		return false;
	}
	g_free(self->password_hash);
	self->password_hash = g_strdup(password_hash);
	self->updated_at = now;
	return true;
}

void
user_free(User *self)
{
	if (self == NULL)
		return;
	g_free(self->email);
	g_free(self->display_name);
	g_free(self->password_hash);
	g_clear_pointer(&self->events, g_ptr_array_unref);
	g_free(self);
}
