#include "persistence/reader/cells.h"
#include "persistence/reader/identifier.h"
#include "persistence/reader/reader_internal.h"

#include "base/error.h"
#include "base/uuid.h"

static bool
is_lookup_field(const FieldDef *field, const char *key)
{
	Uuid uuid;
	gint64 number;

	if (!(field->flags & (FIELD_KEY | FIELD_ALTERNATE_KEY)))
		return false;
	/* A slug is no uuid, a name no number: the server would refuse to compare them. */
	if (field->type == VALUE_UUID)
		return uuid_parse(key, &uuid);
	return field->type != VALUE_INTEGER ||
	    g_ascii_string_to_signed(key, 10, G_MININT64, G_MAXINT64, &number, NULL);
}

/* A cast of the column would keep its index from being used: the parameter takes the column's type instead.
 */
static char *
lookup_query(
    const ResourceDef *resource, const ListConfiguration *configuration, const FieldDef *by, GArray *fields)
{
	GString *sql = g_string_new("SELECT ");

	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		if (field->data_class == CLASS_RESTRICTED)
			continue;
		g_autofree char *alias = quote_identifier(field->name);

		g_string_append_printf(sql, "%s%s AS %s", fields->len > 0 ? ", " : "",
		    list_expression(configuration, field->name), alias);
		g_array_append_val(fields, field);
	}
	g_string_append_printf(sql, " FROM %s WHERE ", configuration->from);
	if (list_lookup(configuration, by->name) != NULL)
		g_string_append(sql, list_lookup(configuration, by->name));
	else
		g_string_append_printf(sql, "%s = $1", list_expression(configuration, by->name));
	g_string_append(sql, " LIMIT 1");
	return g_string_free(sql, FALSE);
}

static bool
show_result(const ResourceDef *resource, const GArray *fields, const PGresult *result, Frontend *frontend,
    GError **error)
{
	g_autoptr(CellReader) cells = cell_reader_new(fields, false);
	ResultShape shape = {
		.kind = RESULT_RECORD,
		.title = resource->singular,
		.columns = cell_reader_columns(cells),
		.column_count = fields->len,
	};
	ResultEnd end = { .rows = 1, .total = 1 };

	return cell_reader_bind(cells, result, error) && frontend->begin(frontend, &shape, error) &&
	    frontend->row(frontend, cell_reader_row(cells, result, 0), error) &&
	    frontend->end(frontend, &end, error);
}

bool
reader_show(Reader *reader, const ResourceDef *resource, const char *key, Frontend *frontend, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	const ListConfiguration *configuration = reader_configuration(self, resource, error);
	const char *params[] = { key };

	if (configuration == NULL)
		return false;
	for (const FieldDef *by = resource->fields; by->name != NULL; by++) {
		g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(const FieldDef *));
		g_autofree char *sql = NULL;
		g_autoptr(PGresult) result = NULL;

		if (!is_lookup_field(by, key))
			continue;
		sql = lookup_query(resource, configuration, by, fields);
		if (!connection_query(self->connection, sql, 1, params, &result, error))
			return false;
		if (PQntuples(result) > 0)
			return show_result(resource, fields, result, frontend, error);
	}
	g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND, "no %s '%s'", resource->singular, key);
	return false;
}
