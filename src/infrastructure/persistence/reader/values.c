#include "persistence/reader/reader_internal.h"

#include "base/error.h"
#include "base/uuid.h"

#include <string.h>

/* The smallest and the greatest uuid that begin with `prefix`, so that the key's index finds them. */
static bool
uuid_bounds(const char *prefix, char low[UUID_TEXT_LENGTH + 1], char high[UUID_TEXT_LENGTH + 1])
{
	Uuid uuid;

	g_strlcpy(low, "00000000-0000-0000-0000-000000000000", UUID_TEXT_LENGTH + 1);
	g_strlcpy(high, "ffffffff-ffff-ffff-ffff-ffffffffffff", UUID_TEXT_LENGTH + 1);
	if (strlen(prefix) > UUID_TEXT_LENGTH)
		return false;
	memcpy(low, prefix, strlen(prefix));
	memcpy(high, prefix, strlen(prefix));
	return uuid_parse(low, &uuid) && uuid_parse(high, &uuid);
}

static char *
like_prefix(const char *prefix)
{
	GString *pattern = g_string_new(NULL);

	for (; *prefix != '\0'; prefix++) {
		if (strchr("%_\\", *prefix) != NULL)
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *prefix);
	}
	return g_string_free(g_string_append_c(pattern, '%'), FALSE);
}

static bool
query_values(DatabaseReader *self, const ListConfiguration *configuration, const FieldDef *field,
    const char *prefix, int limit, PGresult **ret_result, GError **error)
{
	const char *expression = list_expression(configuration, field->name);
	char low[UUID_TEXT_LENGTH + 1];
	char high[UUID_TEXT_LENGTH + 1];
	g_autofree char *sql = NULL;
	g_autofree char *pattern = like_prefix(prefix);

	if (field->type != VALUE_UUID) {
		const char *params[] = { pattern };

		sql = g_strdup_printf("SELECT DISTINCT v FROM (SELECT %s::text AS v FROM %s WHERE %s::text "
				      "ILIKE $1 LIMIT %d) s "
				      "ORDER BY v LIMIT %d",
		    expression, configuration->from, expression, limit * 20, limit);
		return connection_query(self->connection, sql, 1, params, ret_result, error);
	}
	if (!uuid_bounds(prefix, low, high)) {
		*ret_result = NULL;
		return true;
	}
	const char *bounds[] = { low, high };

	sql = g_strdup_printf(
	    "SELECT %s::text AS v FROM %s WHERE %s BETWEEN $1 AND $2 ORDER BY %s DESC LIMIT %d", expression,
	    configuration->from, expression, expression, limit);
	return connection_query(self->connection, sql, 2, bounds, ret_result, error);
}

bool
reader_values(Reader *reader, const ResourceDef *resource, const char *field_name, const char *prefix,
    int limit, GPtrArray *ret_values, GError **error)
{
	DatabaseReader *self = (DatabaseReader *)reader;
	const ListConfiguration *configuration = reader_configuration(self, resource, error);
	const FieldDef *field = resource_field(resource, field_name);
	g_autoptr(PGresult) result = NULL;

	if (configuration == NULL)
		return false;
	if (field == NULL || field->data_class == CLASS_RESTRICTED) {
		g_set_error(error, SB_ERROR, SB_ERROR_INTERNAL, "'%s' of %s has no values that may be read",
		    field_name, resource->name);
		return false;
	}
	if (!query_values(self, configuration, field, prefix, limit, &result, error))
		return false;
	for (int i = 0; result != NULL && i < PQntuples(result); i++)
		g_ptr_array_add(ret_values, g_strdup(PQgetvalue(result, i, PQfnumber(result, "v"))));
	return true;
}
