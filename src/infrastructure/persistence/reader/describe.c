#include "persistence/reader/reader_internal.h"
#include "persistence/reader/rows.h"

#include "base/error.h"

/* Columns in their order, then indexes, then constraints, then size. */
static const char describe_sql[] =
    "WITH t AS (SELECT pg_catalog.to_regclass($1)::oid AS oid) "
    "SELECT part, name, definition, detail FROM ("
    " SELECT 1 AS section, a.attnum::int AS place, 'column' AS part, a.attname::text AS name, "
    "   pg_catalog.format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' "
    "END "
    "     AS definition, "
    "   coalesce('default ' || pg_catalog.pg_get_expr(d.adbin, d.adrelid), '') AS detail "
    " FROM t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped "
    " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    " UNION ALL "
    " SELECT 2, (row_number() OVER (ORDER BY i.indisprimary DESC, c.relname))::int, 'index', "
    "c.relname::text, "
    "   pg_catalog.pg_get_indexdef(c.oid), "
    "   pg_catalog.pg_size_pretty(pg_catalog.pg_relation_size(c.oid)) || "
    "     CASE WHEN i.indisvalid THEN '' ELSE ', INVALID' END "
    " FROM t JOIN pg_catalog.pg_index i ON i.indrelid = t.oid JOIN pg_catalog.pg_class c ON c.oid = "
    "i.indexrelid "
    " UNION ALL "
    " SELECT 3, (row_number() OVER (ORDER BY k.contype, k.conname))::int, 'constraint', k.conname::text, "
    "   pg_catalog.pg_get_constraintdef(k.oid), CASE WHEN k.convalidated THEN '' ELSE 'not validated' END "
    " FROM t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid "
    " UNION ALL "
    " SELECT 4, 1, 'size', c.relname::text, "
    "pg_catalog.pg_size_pretty(pg_catalog.pg_total_relation_size(c.oid)), "
    "   CASE WHEN c.reltuples < 0 THEN 'never analysed' ELSE '~' || c.reltuples::bigint || ' rows' END "
    " FROM t JOIN pg_catalog.pg_class c ON c.oid = t.oid "
    ") AS described ORDER BY section, place";

bool
reader_describe_table(Reader *reader, const char *name, Frontend *frontend, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	const char *params[] = { name };
	const ResourceDef *resource = NULL;

	return reader_table(reader, name, &resource, error) &&
	    show_query(self->connection, resource->name, describe_sql, 1, params, frontend, error);
}
