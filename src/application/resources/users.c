#include "application/resource.h"

#include "domain/user.h"

static const FieldDef fields[] = {
	{ "id", "the user's id", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "email", "address to sign in with", VALUE_TEXT, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_SEARCHED | FIELD_ALTERNATE_KEY, NULL },
	{ "display_name", "name as others see it", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED | FIELD_SEARCHED,
	    NULL },
	{ "role", "what the user may do", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED, user_role_names },
	{ "state", "whether the user can sign in", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED,
	    user_state_names },
	{ "created_at", "when the user was added", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED | FIELD_ORDERED,
	    NULL },
	{ "updated_at", "last change", VALUE_TIME, CLASS_INTERNAL, 0, NULL },
	{ "deactivated_at", "since when the user can't sign in", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE,
	    NULL },
	{ "erased_at", "when the personal data was removed", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE,
	    NULL },
	{ "last_login_at", "last sign-in", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ 0 },
};

const ResourceDef users_resource = {
	.name = "users",
	.singular = "user",
	.fields = fields,
	.default_order = "created_at:desc",
};
