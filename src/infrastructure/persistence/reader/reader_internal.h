#ifndef SIGNALBOX_PERSISTENCE_READER_READER_INTERNAL_H
#define SIGNALBOX_PERSISTENCE_READER_READER_INTERNAL_H

#include "persistence/list_configuration.h"
#include "persistence/reader/reader.h"

typedef struct DatabaseReader {
	Reader reader;
	Connection *connection;
	GHashTable *tables; /* name -> BrowsedTable *, of tables that `table` described */
} DatabaseReader;

/* A table from the catalog as a resource with its SQL. */
typedef struct BrowsedTable {
	ResourceDef resource;
	ListConfiguration configuration;
	GArray *fields;      /* of FieldDef */
	GArray *list_fields; /* of ListField */
	GPtrArray *key;      /* of const char *, NULL-terminated */
	GStringChunk *texts; /* what they point to */
} BrowsedTable;

void browsed_table_free(BrowsedTable *self);

/* The SQL behind a resource, of a built-in or a browsed one. INTERNAL when there is none. */
const ListConfiguration *
reader_configuration(const DatabaseReader *self, const ResourceDef *resource, GError **error);

bool reader_list(Reader *reader, const ListRequest *request, Frontend *frontend, GError **error);
bool
reader_show(Reader *reader, const ResourceDef *resource, const char *key, Frontend *frontend, GError **error);
bool reader_values(Reader *reader, const ResourceDef *resource, const char *field, const char *prefix,
    int limit, GPtrArray *ret_values, GError **error);
bool reader_table(Reader *reader, const char *name, const ResourceDef **ret_resource, GError **error);
bool reader_describe_table(Reader *reader, const char *name, Frontend *frontend, GError **error);
bool reader_sql(Reader *reader, const char *sql, int64_t limit, Frontend *frontend, GError **error);

#endif
