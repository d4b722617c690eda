#include "application/resource.h"

static const char *const states[] = { "Pending", "Processed", "Dead", "Discarded", NULL };

static const FieldDef fields[] = {
	{ "id", "the message's id", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_LISTED | FIELD_ORDERED,
	    NULL },
	{ "type", "what happened, like post.published.v1", VALUE_TEXT, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_SEARCHED, NULL },
	{ "ordering_key", "messages of one key are delivered in order", VALUE_TEXT, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_NULLABLE | FIELD_SEARCHED, NULL },
	{ "state", "Pending, Processed, Dead or Discarded", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED,
	    states },
	{ "attempt_count", "how often delivery was tried", VALUE_INTEGER, CLASS_INTERNAL, FIELD_LISTED,
	    NULL },
	{ "max_attempts", "after how many tries it is dead", VALUE_INTEGER, CLASS_INTERNAL, 0, NULL },
	{ "available_at", "when it is due", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED, NULL },
	{ "last_error", "why the last try failed", VALUE_TEXT, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_NULLABLE | FIELD_SEARCHED, NULL },
	{ "occurred_at", "when it happened", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "topic", "what it is about", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ "aggregate_type", "kind of the thing it happened to", VALUE_TEXT, CLASS_INTERNAL, FIELD_NULLABLE,
	    NULL },
	{ "aggregate_id", "id of the thing it happened to", VALUE_UUID, CLASS_INTERNAL, FIELD_NULLABLE,
	    NULL },
	{ "sequence", "order within its key", VALUE_INTEGER, CLASS_INTERNAL, 0, NULL },
	{ "blocked", "waits for an earlier message of its key", VALUE_BOOLEAN, CLASS_INTERNAL, 0, NULL },
	{ "error_fingerprint", "group of alike failures", VALUE_TEXT, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "protocol_code", "code of the last answer", VALUE_INTEGER, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "dispatcher", "worker that tried last", VALUE_TEXT, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "lease_owner", "id of the worker that holds it", VALUE_UUID, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "lease_expires_at", "until when it is held", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "lease_generation", "rises with every claim and operation", VALUE_INTEGER, CLASS_INTERNAL, 0,
	    NULL },
	{ "processed_at", "when it was delivered", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "discarded_at", "when it was given up", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "headers", "what is sent beside the payload", VALUE_JSON, CLASS_INTERNAL, 0, NULL },
	{ "payload", "what is sent", VALUE_JSON, CLASS_INTERNAL, 0, NULL },
	{ 0 },
};

const ResourceDef outbox_resource = {
	.name = "outbox",
	.singular = "message",
	.fields = fields,
	.default_order = "occurred_at:desc",
};
