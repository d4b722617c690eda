#include "application/resource.h"

static const FieldDef fields[] = {
	{ "id", "the entry's id", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_ORDERED, NULL },
	{ "position", "place in the chain", VALUE_INTEGER, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_ORDERED | FIELD_ALTERNATE_KEY, NULL },
	{ "at", "when it was done", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "operator", "who did it, as the server knows them", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED,
	    NULL },
	{ "os_user", "who did it, as their machine knows them", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "host", "from which machine", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "context", "name of the context", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "command", "what was run, secrets masked", VALUE_TEXT, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_SEARCHED, NULL },
	{ "reason", "why", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED | FIELD_NULLABLE | FIELD_SEARCHED, NULL },
	{ "effect", "read, write or destructive", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "outcome", "how it ended", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED, NULL },
	{ "targets", "which rows", VALUE_JSON, CLASS_INTERNAL, 0, NULL },
	{ "before", "values before", VALUE_JSON, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "after", "values after", VALUE_JSON, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "previous_hash", "hash of the entry before", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "hash", "over every other column", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ 0 },
};

const ResourceDef audit_resource = {
	.name = "audit",
	.singular = "audit entry",
	.fields = fields,
	.default_order = "position:desc",
};
