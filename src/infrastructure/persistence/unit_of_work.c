#include "persistence/unit_of_work_private.h"

#include "base/error.h"

static void
entry_free(gpointer data)
{
	Entry *self = data;

	self->table->free_aggregate(self->aggregate);
	if (self->before != NULL)
		table_clear_record(self->table, self->before);
	g_free(self->before);
	g_free(self->row_version);
	g_free(self);
}

UnitOfWork *
unit_of_work_new(Connection *connection)
{
	UnitOfWork *self = g_new0(UnitOfWork, 1);

	self->connection = connection;
	self->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
	self->by_aggregate = g_hash_table_new(NULL, NULL);
	self->staged = g_ptr_array_new();
	return self;
}

void
unit_of_work_free(UnitOfWork *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->staged);
	g_hash_table_unref(self->by_aggregate);
	g_hash_table_unref(self->by_key);
	g_free(self);
}

void
unit_of_work_reset(UnitOfWork *self)
{
	g_ptr_array_set_size(self->staged, 0);
	g_hash_table_remove_all(self->by_aggregate);
	g_hash_table_remove_all(self->by_key);
}

Connection *
unit_of_work_connection(UnitOfWork *self)
{
	return self->connection;
}

char *
entry_key(const TableConfiguration *table, const void *record)
{
	g_autofree char *key = column_text(table_key(table), record);

	return g_strdup_printf("%s %s", table->table, key);
}

static bool
refuse_missing(const TableConfiguration *table, const char *value, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND, "no %s '%s'", table->noun, value);
	return false;
}

Entry *
unit_of_work_keep(UnitOfWork *self, const TableConfiguration *table, void *aggregate, void *before, char *key)
{
	Entry *entry = g_new0(Entry, 1);

	entry->table = table;
	entry->aggregate = aggregate;
	entry->before = before;
	g_hash_table_insert(self->by_key, key, entry);
	g_hash_table_insert(self->by_aggregate, aggregate, entry);
	return entry;
}

/* The row becomes an entry, unless it is one already. */
static bool
admit(UnitOfWork *self, const TableConfiguration *table, const PGresult *result, Entry **ret_entry,
    GError **error)
{
	g_autofree void *record = g_malloc0(table->record_size);
	g_autofree char *key = NULL;
	void *aggregate;
	Entry *entry;

	if (!table_read_record(table, result, 0, record, error))
		return false;
	key = entry_key(table, record);
	entry = g_hash_table_lookup(self->by_key, key);
	if (entry != NULL) {
		table_clear_record(table, record);
		*ret_entry = entry;
		return true;
	}
	if (!table->from_record(record, &aggregate, error)) {
		table_clear_record(table, record);
		return false;
	}
	entry = unit_of_work_keep(self, table, aggregate, g_steal_pointer(&record), g_steal_pointer(&key));
	entry->row_version = g_strdup(PQgetvalue(result, 0, PQfnumber(result, "row_version")));
	*ret_entry = entry;
	return true;
}

static bool
select_entry(UnitOfWork *self, const TableConfiguration *table, const char *where, const char *value,
    Entry **ret_entry, GError **error)
{
	g_autofree char *list = table_select_list(table);
	g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s WHERE %s = %s", list, table->table, where,
	    g_str_has_prefix(where, "lower(") ? "lower($1)" : "$1");
	g_autoptr(PGresult) result = NULL;

	if (!connection_query(self->connection, sql, 1, (const char *const[]){ value }, &result, error))
		return false;
	if (PQntuples(result) == 0)
		return refuse_missing(table, value, error);
	if (PQntuples(result) > 1) {
		g_set_error(error, SB_ERROR, SB_ERROR_CORRUPT,
		    "%d rows of '%s' are %s '%s', which only one may be: correct them", PQntuples(result),
		    table->table, table->noun, value);
		return false;
	}
	return admit(self, table, result, ret_entry, error);
}

bool
unit_of_work_find(UnitOfWork *self, const TableConfiguration *table, const char *where, const char *value,
    void **ret_aggregate, GError **error)
{
	Entry *entry = NULL;

	/* By its key what was found or added needs no question, and what was added has no row yet. */
	if (g_str_equal(where, table_key(table)->name)) {
		g_autofree char *key = g_strdup_printf("%s %s", table->table, value);

		entry = g_hash_table_lookup(self->by_key, key);
	}
	if (entry == NULL && !select_entry(self, table, where, value, &entry, error))
		return false;
	if (entry->stage == STAGE_REMOVED)
		return refuse_missing(table, value, error);
	*ret_aggregate = entry->aggregate;
	return true;
}

bool
unit_of_work_require_version(UnitOfWork *self, const void *aggregate, const char *version, GError **error)
{
	const Entry *entry = g_hash_table_lookup(self->by_aggregate, aggregate);
	g_autofree char *key = NULL;

	g_assert(entry != NULL && entry->before != NULL);
	if (g_str_equal(entry->row_version, version))
		return true;
	key = column_text(table_key(entry->table), entry->before);
	g_set_error(error, SB_ERROR, SB_ERROR_CONCURRENCY,
	    "%s '%s' is at version '%s', not '%s': look at what someone else changed, then try again",
	    entry->table->noun, key, entry->row_version, version);
	return false;
}
