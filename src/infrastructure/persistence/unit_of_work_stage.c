#include "persistence/unit_of_work_private.h"

#include "domain/event.h"
#include "persistence/change_image.h"
#include "persistence/row_statement.h"

void
unit_of_work_add(UnitOfWork *self, const TableConfiguration *table, void *aggregate)
{
	g_autofree void *record = g_malloc0(table->record_size);
	Entry *entry;

	table->to_record(aggregate, record);
	entry = unit_of_work_keep(self, table, aggregate, NULL, entry_key(table, record));
	entry->stage = STAGE_ADDED;
	g_ptr_array_add(self->staged, entry);
	table_clear_record(table, record);
}

static Entry *
entry_of(UnitOfWork *self, const void *aggregate)
{
	Entry *entry = g_hash_table_lookup(self->by_aggregate, aggregate);

	g_assert(entry != NULL);
	if (entry->stage == STAGE_FOUND)
		g_ptr_array_add(self->staged, entry);
	return entry;
}

void
unit_of_work_update(UnitOfWork *self, void *aggregate)
{
	Entry *entry = entry_of(self, aggregate);

	if (entry->stage == STAGE_FOUND)
		entry->stage = STAGE_UPDATED;
}

void
unit_of_work_remove(UnitOfWork *self, void *aggregate)
{
	entry_of(self, aggregate)->stage = STAGE_REMOVED;
}

static void
free_event(gpointer event)
{
	domain_event_free(event);
}

GPtrArray *
unit_of_work_take_events(UnitOfWork *self)
{
	GPtrArray *events = g_ptr_array_new_with_free_func(free_event);

	for (guint i = 0; i < self->staged->len; i++) {
		Entry *entry = g_ptr_array_index(self->staged, i);
		GPtrArray *raised = entry->table->take_events(entry->aggregate);

		if (raised != NULL)
			g_ptr_array_extend_and_steal(events, raised);
	}
	return events;
}

static Statement *
entry_statement(const Entry *self, const void *after)
{
	switch (self->stage) {
	case STAGE_FOUND: return NULL;
	case STAGE_ADDED: return row_insert(self->table, after);
	case STAGE_UPDATED: return row_update(self->table, self->before, after, self->row_version);
	/* What was added and removed again was never there. */
	case STAGE_REMOVED:
		return self->before == NULL ? NULL : row_delete(self->table, self->before, self->row_version);
	}
	return NULL;
}

static void
write_entry(const Entry *self, CommandRun *run, GPtrArray *rows, GPtrArray *parts)
{
	g_autofree void *after = g_malloc0(self->table->record_size);
	bool removed = self->stage == STAGE_REMOVED;
	Statement *statement;
	Change *change;

	self->table->to_record(self->aggregate, after);
	statement = entry_statement(self, after);
	change = change_image_new(self->table, self->before, removed ? NULL : after);
	if (statement != NULL)
		g_ptr_array_add(rows, statement);
	if (change != NULL)
		g_ptr_array_add(run->changes, change);
	if (!removed && self->table->write_parts != NULL)
		self->table->write_parts(self->before, after, parts);
	table_clear_record(self->table, after);
}

void
unit_of_work_statements(UnitOfWork *self, CommandRun *run, GPtrArray *ret_statements)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();

	for (guint i = 0; i < self->staged->len; i++)
		write_entry(g_ptr_array_index(self->staged, i), run, ret_statements, parts);
	g_ptr_array_extend(ret_statements, parts, NULL, NULL);
}
