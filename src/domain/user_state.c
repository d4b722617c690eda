#include "plain_text.h"

#include "base/error.h"
#include "domain/user.h"

const char *const user_role_names[] = {
	[USER_ROLE_MEMBER] = "Member",
	[USER_ROLE_AUTHOR] = "Author",
	[USER_ROLE_EDITOR] = "Editor",
	[USER_ROLE_ADMIN] = "Admin",
	NULL,
};

const char *const user_state_names[] = {
	[USER_ACTIVE] = "Active",
	[USER_DEACTIVATED] = "Deactivated",
	[USER_ERASED] = "Erased",
	NULL,
};

typedef int (*Compare)(const char *left, const char *right);

static int
index_of(const char *const names[], const char *name, Compare compare)
{
	for (int i = 0; names[i] != NULL; i++) {
		if (compare(names[i], name) == 0)
			return i;
	}
	return -1;
}

bool
user_role_parse(const char *text, UserRole *ret_role, GError **error)
{
	int role = index_of(user_role_names, text, g_ascii_strcasecmp);
	g_autofree char *quoted = NULL;

	if (role >= 0) {
		*ret_role = (UserRole)role;
		return true;
	}
	quoted = text_quoted(text);
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "role '%s' is unknown: use 'Member', 'Author', 'Editor' or 'Admin'", quoted);
	return false;
}

static bool
are_times_of(UserStateType type, Timestamp deactivated_at, Timestamp erased_at)
{
	switch (type) {
	case USER_ACTIVE: return deactivated_at == 0 && erased_at == 0;
	case USER_DEACTIVATED: return deactivated_at != 0 && erased_at == 0;
	/* One who was deactivated first may keep that time. */
	case USER_ERASED: return erased_at != 0;
	}
	return false;
}

bool
user_state_from_columns(const char *state_type, Timestamp deactivated_at, Timestamp erased_at,
    UserState *ret_state, GError **error)
{
	int type = index_of(user_state_names, state_type, g_strcmp0);

	if (type < 0 || !are_times_of((UserStateType)type, deactivated_at, erased_at)) {
		g_autofree char *quoted = text_quoted(state_type == NULL ? "" : state_type);

		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
		    "state_type '%s' %s deactivated_at and %s erased_at is no state of a user: correct the "
		    "row",
		    quoted, deactivated_at != 0 ? "with" : "without", erased_at != 0 ? "with" : "without");
		return false;
	}
	*ret_state = (UserState){
		.type = (UserStateType)type,
		.deactivated_at = type == USER_DEACTIVATED ? deactivated_at : 0,
		.erased_at = erased_at,
	};
	return true;
}
