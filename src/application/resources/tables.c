#include "application/resource.h"

static const char *const kinds[] = { "table", "partitioned table", "view", "materialized view",
	"foreign table", NULL };

/* A catalog is small: it is sorted, whatever the order. */
static const FieldDef fields[] = {
	{ "table", "schema and name, as browse and show take it", VALUE_TEXT, CLASS_PUBLIC,
	    FIELD_KEY | FIELD_LISTED | FIELD_SEARCHED | FIELD_ORDERED, NULL },
	{ "schema", "the schema alone", VALUE_TEXT, CLASS_PUBLIC, FIELD_ORDERED, NULL },
	{ "name", "the name alone", VALUE_TEXT, CLASS_PUBLIC, FIELD_ORDERED, NULL },
	{ "kind", "table, view, …", VALUE_TEXT, CLASS_PUBLIC, FIELD_LISTED | FIELD_ORDERED, kinds },
	{ "rows", "estimated number of rows", VALUE_INTEGER, CLASS_PUBLIC,
	    FIELD_LISTED | FIELD_NULLABLE | FIELD_ORDERED, NULL },
	{ "size", "bytes on disk, with indexes", VALUE_INTEGER, CLASS_PUBLIC,
	    FIELD_LISTED | FIELD_NULLABLE | FIELD_ORDERED, NULL },
	{ "owner", "who owns it", VALUE_TEXT, CLASS_PUBLIC, FIELD_ORDERED, NULL },
	{ "comment", "what its maker says about it", VALUE_TEXT, CLASS_PUBLIC, FIELD_NULLABLE, NULL },
	{ 0 },
};

const ResourceDef tables_resource = {
	.name = "tables",
	.singular = "table",
	.fields = fields,
	.default_order = "table:asc",
};
