#include "persistence/reader/reader_internal.h"

#include "base/error.h"

Reader *
reader_new(Connection *connection)
{
	DatabaseReader *self = g_new0(DatabaseReader, 1);

	self->reader = (Reader){
		.list = reader_list,
		.show = reader_show,
		.values = reader_values,
		.table = reader_table,
		.describe_table = reader_describe_table,
		.sql = reader_sql,
	};
	self->connection = connection;
	self->tables =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)browsed_table_free);
	return &self->reader;
}

void
reader_free(Reader *reader)
{
	DatabaseReader *self = (DatabaseReader *)reader;

	if (self == NULL)
		return;
	g_hash_table_unref(self->tables);
	g_free(self);
}

const ListConfiguration *
reader_configuration(const DatabaseReader *self, const ResourceDef *resource, GError **error)
{
	const BrowsedTable *browsed = g_hash_table_lookup(self->tables, resource->name);
	const ListConfiguration *configuration = list_configuration_of(resource);

	if (browsed != NULL && &browsed->resource == resource)
		return &browsed->configuration;
	if (configuration == NULL)
		g_set_error(
		    error, SB_ERROR, SB_ERROR_INTERNAL, "no query is configured for '%s'", resource->name);
	return configuration;
}
