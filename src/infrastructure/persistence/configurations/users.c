#include "persistence/table_configuration.h"

#include "base/error.h"
#include "domain/user.h"
#include "domain/values.h"

typedef struct UserRecord {
	Uuid id;
	char *email;
	char *display_name;
	char *password_hash;
	char *role;
	char *state_type;
	Timestamp created_at;
	Timestamp updated_at;
	Timestamp deactivated_at;
	Timestamp erased_at;
	Timestamp last_login_at;
} UserRecord;

#define PLACE(field) .offset = offsetof(UserRecord, field)

static const ColumnDef columns[] = {
	{ "id", COLUMN_UUID, COLUMN_KEY, CLASS_PUBLIC, 0, PLACE(id) },
	{ "email", COLUMN_TEXT, COLUMN_PERSONAL, CLASS_INTERNAL, EMAIL_MAX_LENGTH, PLACE(email) },
	{ "display_name", COLUMN_TEXT, COLUMN_PERSONAL, CLASS_INTERNAL, DISPLAY_NAME_MAX_LENGTH,
	    PLACE(display_name) },
	{ "password_hash", COLUMN_TEXT, COLUMN_NULLABLE | COLUMN_WRITE_ONLY, CLASS_RESTRICTED, 0,
	    PLACE(password_hash) },
	{ "role", COLUMN_TEXT, 0, CLASS_PUBLIC, 20, PLACE(role) },
	{ "state_type", COLUMN_TEXT, 0, CLASS_PUBLIC, 20, PLACE(state_type) },
	{ "created_at", COLUMN_TIMESTAMP, 0, CLASS_PUBLIC, 0, PLACE(created_at) },
	{ "updated_at", COLUMN_TIMESTAMP, 0, CLASS_PUBLIC, 0, PLACE(updated_at) },
	{ "deactivated_at", COLUMN_TIMESTAMP, COLUMN_NULLABLE, CLASS_PUBLIC, 0, PLACE(deactivated_at) },
	{ "erased_at", COLUMN_TIMESTAMP, COLUMN_NULLABLE, CLASS_PUBLIC, 0, PLACE(erased_at) },
	{ "last_login_at", COLUMN_TIMESTAMP, COLUMN_NULLABLE, CLASS_PUBLIC, 0, PLACE(last_login_at) },
	{ 0 },
};

/* What a person typed wrong is VALIDATION; the same in a stored row is CORRUPT. */
static bool
read_role(const char *text, UserRole *ret_role, GError **error)
{
	g_autoptr(GError) unknown = NULL;

	if (user_role_parse(text, ret_role, &unknown))
		return true;
	g_set_error_literal(error, SB_ERROR, SB_ERROR_CORRUPT, unknown->message);
	return false;
}

static bool
from_record(const void *data, void **ret_aggregate, GError **error)
{
	const UserRecord *record = data;
	g_autoptr(User) user = g_new0(User, 1);

	if (!read_role(record->role, &user->role, error) ||
	    !user_state_from_columns(
		record->state_type, record->deactivated_at, record->erased_at, &user->state, error)) {
		g_autofree char *id = uuid_to_string(&record->id);

		g_prefix_error(error, "user '%s' is corrupt: ", id);
		return false;
	}
	user->id.value = record->id;
	user->email = g_strdup(record->email);
	user->display_name = g_strdup(record->display_name);
	user->password_hash = g_strdup(record->password_hash);
	user->created_at = record->created_at;
	user->updated_at = record->updated_at;
	user->last_login_at = record->last_login_at;
	*ret_aggregate = g_steal_pointer(&user);
	return true;
}

static void
to_record(const void *aggregate, void *data)
{
	const User *user = aggregate;

	*(UserRecord *)data = (UserRecord){
		.id = user->id.value,
		.email = g_strdup(user->email),
		.display_name = g_strdup(user->display_name),
		.password_hash = g_strdup(user->password_hash),
		.role = g_strdup(user_role_names[user->role]),
		.state_type = g_strdup(user_state_names[user->state.type]),
		.created_at = user->created_at,
		.updated_at = user->updated_at,
		.deactivated_at = user->state.deactivated_at,
		.erased_at = user->state.erased_at,
		.last_login_at = user->last_login_at,
	};
}

static void
free_aggregate(void *aggregate)
{
	user_free(aggregate);
}

static GPtrArray *
take_events(void *aggregate)
{
	User *user = aggregate;

	return g_steal_pointer(&user->events);
}

const TableConfiguration users_table = {
	.table = "users",
	.noun = "user",
	.columns = columns,
	.record_size = sizeof(UserRecord),
	.from_record = from_record,
	.to_record = to_record,
	.free_aggregate = free_aggregate,
	.take_events = take_events,
};
