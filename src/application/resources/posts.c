#include "application/resource.h"

#include "domain/post.h"

static const FieldDef fields[] = {
	{ "id", "the post's id", VALUE_UUID, CLASS_PUBLIC, FIELD_KEY | FIELD_LISTED | FIELD_ORDERED, NULL },
	{ "title", "headline", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED | FIELD_SEARCHED, NULL },
	{ "state", "Draft, Published or Archived", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED,
	    post_state_names },
	{ "author_email", "who wrote it", VALUE_TEXT, CLASS_INTERNAL, FIELD_LISTED, NULL },
	{ "published_at", "when it was published", VALUE_TIME, CLASS_INTERNAL,
	    FIELD_LISTED | FIELD_NULLABLE | FIELD_ORDERED, NULL },
	{ "created_at", "when it was written", VALUE_TIME, CLASS_INTERNAL, FIELD_LISTED | FIELD_ORDERED,
	    NULL },
	{ "slug", "its name in addresses", VALUE_TEXT, CLASS_INTERNAL, FIELD_ALTERNATE_KEY | FIELD_ORDERED,
	    NULL },
	{ "author_id", "the author's id", VALUE_UUID, CLASS_INTERNAL, 0, NULL },
	{ "tags", "its tags, joined by commas", VALUE_TEXT, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "excerpt", "short form for lists", VALUE_TEXT, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "archived_at", "when it was archived", VALUE_TIME, CLASS_INTERNAL, FIELD_NULLABLE, NULL },
	{ "updated_at", "last change", VALUE_TIME, CLASS_INTERNAL, 0, NULL },
	{ "version", "row version, for --if-version", VALUE_TEXT, CLASS_INTERNAL, FIELD_NOT_FILTERED, NULL },
	{ "content", "the text", VALUE_TEXT, CLASS_INTERNAL, 0, NULL },
	{ 0 },
};

const ResourceDef posts_resource = {
	.name = "posts",
	.singular = "post",
	.fields = fields,
	.default_order = "created_at:desc",
};
