#include "persistence/reader/identifier.h"
#include "persistence/reader/reader_internal.h"
#include "persistence/table_configuration.h"

#include "base/error.h"

#include <string.h>

#define INVALID_NAME "42602"

/*
 * One row a column, in their order: which place they have in the key (the primary key, else a unique index
 * over columns that cannot be null), which lead an index, and which one that sorts.
 */
static const char columns_sql[] =
    "WITH t AS (SELECT pg_catalog.to_regclass($1)::oid AS oid), "
    /* Without the columns that an index only INCLUDEs: they may be null. */
    "k AS (SELECT (i.indkey::smallint[])[0:i.indnkeyatts - 1] AS columns FROM pg_catalog.pg_index i, t "
    "      WHERE i.indrelid = t.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs "
    "IS NULL "
    "        AND (i.indisprimary OR NOT EXISTS (SELECT FROM pg_catalog.pg_attribute n "
    "             WHERE n.attrelid = i.indrelid AND n.attnum = ANY ((i.indkey::smallint[])[0:i.indnkeyatts - 1]) "
    "             AND NOT n.attnotnull)) "
    "      ORDER BY i.indisprimary DESC, i.indnkeyatts LIMIT 1) "
    "SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, "
    "       b.typcategory AS category, b.typname AS base, NOT a.attnotnull AS nullable, "
    "       array_position((SELECT columns FROM k), a.attnum) AS key_place, "
    "       EXISTS (SELECT FROM pg_catalog.pg_index x WHERE x.indrelid = t.oid AND x.indkey[0] = a.attnum "
    "               AND x.indisvalid AND x.indpred IS NULL) AS indexed, "
    "       EXISTS (SELECT FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class xc ON xc.oid = x.indexrelid "
    "               JOIN pg_catalog.pg_am m ON m.oid = xc.relam AND m.amname = 'btree' "
    "               WHERE x.indrelid = t.oid AND x.indkey[0] = a.attnum AND x.indisvalid AND x.indpred IS NULL) "
    "         AS ordered, "
    "       c.oid::pg_catalog.regclass::text AS relation, n.nspname || '.' || c.relname AS full_name, "
    "       c.relname AS table_name, "
    "       c.relkind AS kind "
    "FROM t JOIN pg_catalog.pg_class c ON c.oid = t.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
    "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "JOIN pg_catalog.pg_type b ON b.oid = a.atttypid "
    "ORDER BY a.attnum";

void
browsed_table_free(BrowsedTable *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->fields);
	g_array_unref(self->list_fields);
	g_ptr_array_unref(self->key);
	g_string_chunk_free(self->texts);
	g_free(self);
}

static const char *
value_of(const PGresult *result, int row, const char *column)
{
	return PQgetvalue(result, row, PQfnumber(result, column));
}

static bool
is_true(const PGresult *result, int row, const char *column)
{
	return value_of(result, row, column)[0] == 't';
}

static ValueType
type_of(const char *category, const char *base)
{
	static const struct {
		const char *base;
		ValueType type;
	} known[] = {
		{ "int2", VALUE_INTEGER },
		{ "int4", VALUE_INTEGER },
		{ "int8", VALUE_INTEGER },
		{ "bool", VALUE_BOOLEAN },
		{ "timestamptz", VALUE_TIME },
		{ "uuid", VALUE_UUID },
		{ "jsonb", VALUE_JSON },
		{ "bytea", VALUE_BYTES },
		{ "money", VALUE_TEXT },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
		if (strcmp(known[i].base, base) == 0)
			return known[i].type;
	}
	return strcmp(category, "N") == 0 ? VALUE_NUMERIC : VALUE_TEXT;
}

/* A restricted column of a table that we know is not there for anybody. */
static bool
is_restricted(const char *table, const char *column)
{
	static const TableConfiguration *const known[] = { &users_table, &posts_table };

	for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
		if (strcmp(known[i]->table, table) != 0)
			continue;
		for (const ColumnDef *def = known[i]->columns; def->name != NULL; def++) {
			if (strcmp(def->name, column) == 0)
				return def->data_class == CLASS_RESTRICTED;
		}
	}
	return false;
}

static void
add_column(BrowsedTable *self, const PGresult *result, int row)
{
	const char *name = g_string_chunk_insert(self->texts, value_of(result, row, "name"));
	const char *key_place = value_of(result, row, "key_place");
	bool is_key = *key_place != '\0';
	bool indexed = is_true(result, row, "indexed");
	g_autofree char *quoted = quote_identifier(name);
	FieldDef field = {
		.name = name,
		.help = g_string_chunk_insert(self->texts, value_of(result, row, "type")),
		.type = type_of(value_of(result, row, "category"), value_of(result, row, "base")),
		.flags = FIELD_LISTED | (is_key ? FIELD_KEY : 0u) |
		    (is_true(result, row, "ordered") ? FIELD_ORDERED : 0u) |
		    (is_true(result, row, "nullable") ? FIELD_NULLABLE : 0u),
	};
	ListField list_field = {
		.name = name,
		.expression = g_string_chunk_insert(self->texts, quoted),
		.indexed = indexed || is_key,
	};

	g_array_append_val(self->fields, field);
	g_array_append_val(self->list_fields, list_field);
	if (is_key)
		self->key->pdata[g_ascii_strtoll(key_place, NULL, 10) - 1] = (gpointer)(guintptr)name;
}

static BrowsedTable *
browsed_table_new(const PGresult *result)
{
	BrowsedTable *self = g_new0(BrowsedTable, 1);

	self->texts = g_string_chunk_new(1024);
	self->fields = g_array_new(TRUE, TRUE, sizeof(FieldDef));
	self->list_fields = g_array_new(TRUE, TRUE, sizeof(ListField));
	self->key = g_ptr_array_new();
	g_ptr_array_set_size(self->key, PQntuples(result) + 1);
	for (int row = 0; row < PQntuples(result); row++) {
		if (!is_restricted(value_of(result, row, "table_name"), value_of(result, row, "name")))
			add_column(self, result, row);
	}
	self->resource = (ResourceDef){
		.name = g_string_chunk_insert(self->texts, value_of(result, 0, "full_name")),
		.singular = "row",
		.fields = (const FieldDef *)self->fields->data,
	};
	self->configuration = (ListConfiguration){
		.resource = self->resource.name,
		.from = g_string_chunk_insert(self->texts, value_of(result, 0, "relation")),
		.table = g_string_chunk_insert(self->texts, value_of(result, 0, "relation")),
		.fields = (const ListField *)self->list_fields->data,
		.key = (const char *const *)self->key->pdata,
	};
	return self;
}

bool
reader_table(Reader *reader, const char *name, const ResourceDef **ret_resource, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	const char *params[] = { name };
	g_autoptr(PGresult) result = NULL;
	g_autoptr(GError) failed = NULL;

	if (!connection_query(self->connection, columns_sql, 1, params, &result, &failed)) {
		/* to_regclass gives NULL for a name that nobody has, but not for what is no name. */
		if (strcmp(sb_error_sqlstate(failed), INVALID_NAME) == 0)
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
			    "'%s' is no name of a table: write SCHEMA.TABLE, and \"double quotes\" around a part "
			    "with other characters",
			    name);
		else
			g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	if (PQntuples(result) == 0) {
		g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND,
		    "no table '%s': 'tables list' shows what there is", name);
		return false;
	}
	BrowsedTable *table = browsed_table_new(result);

	g_hash_table_replace(self->tables, g_strdup(table->resource.name), table);
	*ret_resource = &table->resource;
	return true;
}
