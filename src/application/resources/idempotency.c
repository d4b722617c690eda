#include "application/resource.h"

static const char *const states[] = { "Started", "Completed", NULL };

static const FieldDef fields[] = {
	{ "id", "the record's id", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "operator", "who used the key", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED, NULL },
	{ "key", "the idempotency key", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED | FIELD_ALTERNATE_KEY,
	    NULL },
	{ "state", "Completed once it holds a result", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED, states },
	{ "created_at", "when the run began", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED, NULL },
	{ "expires_at", "from when on the key is free again", VALUE_TIME, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "request_hash", "what was asked, hashed", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "result", "what a repeat gets", VALUE_JSON, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ 0 },
};

const ResourceDef idempotency_resource = {
	.name = "idempotency",
	.singular = "idempotency record",
	.fields = fields,
	.default_order = "expires_at:desc",
};
