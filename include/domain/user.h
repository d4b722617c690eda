#ifndef SIGNALBOX_DOMAIN_USER_H
#define SIGNALBOX_DOMAIN_USER_H

#include "base/timestamp.h"
#include "domain/identity.h"

#include <glib.h>
#include <stdbool.h>

typedef enum UserRole {
	USER_ROLE_MEMBER,
	USER_ROLE_AUTHOR,
	USER_ROLE_EDITOR,
	USER_ROLE_ADMIN,
} UserRole;

typedef enum UserStateType {
	USER_ACTIVE,
	USER_DEACTIVATED,
	USER_ERASED,
} UserStateType;

/* Times that a state does not have are 0. */
typedef struct UserState {
	UserStateType type;
	Timestamp deactivated_at; /* of USER_DEACTIVATED */
	Timestamp erased_at;      /* of USER_ERASED */
} UserState;

typedef struct User {
	UserId id;
	char *email;
	char *display_name;
	char *password_hash; /* only when it was set in this unit of work: it is never read */
	UserRole role;
	UserState state;
	Timestamp created_at;
	Timestamp updated_at;
	Timestamp last_login_at; /* 0: never */
	GPtrArray *events;       /* of DomainEvent, or NULL */
} User;

/* NULL-terminated: "Member", "Author", "Editor", "Admin", in the order of UserRole. */
extern const char *const user_role_names[];
/* "Active", "Deactivated", "Erased", in the order of UserStateType. */
extern const char *const user_state_names[];

/* In any case. */
bool user_role_parse(const char *text, UserRole *ret_role, GError **error);

/* CORRUPT for a combination of columns that no user can be in. */
bool user_state_from_columns(const char *state_type, Timestamp deactivated_at, Timestamp erased_at,
    UserState *ret_state, GError **error);

/* A new, active user; raises user.registered.v1. */
bool user_register(const char *email, const char *display_name, UserRole role, Timestamp now, User **ret_user,
    GError **error);

/* Every verb below is a CONFLICT on an erased user, and for what the user already is. */
bool user_rename(User *self, const char *display_name, Timestamp now, GError **error);
bool user_change_email(User *self, const char *email, Timestamp now, GError **error);
bool user_set_role(User *self, UserRole role, Timestamp now, GError **error);
bool user_deactivate(User *self, Timestamp now, GError **error);
bool user_activate(User *self, Timestamp now, GError **error);
bool user_set_password_hash(User *self, const char *password_hash, Timestamp now, GError **error);

/* Accepts NULL. */
void user_free(User *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(User, user_free)

#endif
