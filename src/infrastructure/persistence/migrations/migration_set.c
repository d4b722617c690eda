#include "persistence/migrations/migration_set.h"

#include "base/error.h"

#include <string.h>

const char *
migration_state_name(MigrationState state)
{
	switch (state) {
	case MIGRATION_APPLIED: return "applied";
	case MIGRATION_PENDING: return "pending";
	case MIGRATION_OUT_OF_ORDER: return "out of order";
	case MIGRATION_MISSING_FILE: return "missing file";
	case MIGRATION_CHANGED: return "changed";
	case MIGRATION_FAILED: return "failed";
	}
	g_assert_not_reached();
}

static MigrationState
state_of(const Migration *migration, const char *last_applied)
{
	const MigrationFile *file = migration->file;
	const MigrationRecord *record = migration->record;

	if (record != NULL && !migration_record_stands(record))
		return MIGRATION_FAILED;
	if (file == NULL)
		return MIGRATION_MISSING_FILE;
	if (record != NULL)
		return strcmp(file->checksum, record->checksum) == 0 ? MIGRATION_APPLIED : MIGRATION_CHANGED;
	if (last_applied != NULL && strcmp(file->name, last_applied) < 0)
		return MIGRATION_OUT_OF_ORDER;
	return MIGRATION_PENDING;
}

static gint
compare_names(gconstpointer a, gconstpointer b)
{
	const Migration *first = a;
	const Migration *second = b;

	return strcmp(first->name, second->name);
}

static void
add_files(MigrationSet *self)
{
	for (guint i = 0; i < self->files->len; i++) {
		const MigrationFile *file = g_ptr_array_index(self->files, i);
		Migration migration = { .name = file->name, .file = file };

		migration.record = g_hash_table_lookup(self->records, file->name);
		g_array_append_val(self->migrations, migration);
	}
}

static void
add_rows_without_file(MigrationSet *self)
{
	GHashTableIter iter;
	gpointer record;

	g_hash_table_iter_init(&iter, self->records);
	while (g_hash_table_iter_next(&iter, NULL, &record)) {
		const MigrationRecord *known = record;
		Migration migration = { .name = known->name, .record = known };

		if (migration_files_find(self->files, known->name) == NULL)
			g_array_append_val(self->migrations, migration);
	}
}

static void
judge(MigrationSet *self)
{
	const char *last = NULL;

	for (guint i = 0; i < self->migrations->len; i++) {
		const Migration *migration = &g_array_index(self->migrations, Migration, i);

		if (migration->record != NULL && migration_record_stands(migration->record))
			last = migration->name;
	}
	for (guint i = 0; i < self->migrations->len; i++) {
		Migration *migration = &g_array_index(self->migrations, Migration, i);

		migration->state = state_of(migration, last);
	}
}

bool
migration_set_read(Connection *connection, const char *folder, MigrationSet **ret_set, GError **error)
{
	g_autoptr(MigrationSet) self = g_new0(MigrationSet, 1);

	if (!migration_files_read(folder, &self->files, error) ||
	    !migration_history_read(connection, &self->records, error))
		return false;
	self->migrations = g_array_new(FALSE, FALSE, sizeof(Migration));
	add_files(self);
	add_rows_without_file(self);
	g_array_sort(self->migrations, compare_names);
	judge(self);
	*ret_set = g_steal_pointer(&self);
	return true;
}

void
migration_set_free(MigrationSet *self)
{
	if (self == NULL)
		return;
	g_clear_pointer(&self->migrations, g_array_unref);
	g_clear_pointer(&self->records, g_hash_table_unref);
	g_clear_pointer(&self->files, g_ptr_array_unref);
	g_free(self);
}

const Migration *
migration_set_find(const MigrationSet *self, const char *name)
{
	for (guint i = 0; i < self->migrations->len; i++) {
		const Migration *migration = &g_array_index(self->migrations, Migration, i);

		if (strcmp(migration->name, name) == 0)
			return migration;
	}
	return NULL;
}

bool
migration_is_due(const Migration *self)
{
	switch (self->state) {
	case MIGRATION_PENDING:
	case MIGRATION_OUT_OF_ORDER: return true;
	case MIGRATION_FAILED: return self->file != NULL;
	case MIGRATION_APPLIED:
	case MIGRATION_MISSING_FILE:
	case MIGRATION_CHANGED: return false;
	}
	g_assert_not_reached();
}

static bool
check_single(const Migration *migration, GError **error)
{
	if (migration->state != MIGRATION_CHANGED && migration->file != NULL)
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
	    migration->file == NULL
		? "migration '%s' is in the history and its file is missing: there is nothing to apply"
		: "migration '%s' was applied and its file has changed since: what changed belongs into a new file",
	    migration->name);
	return false;
}

static bool
check_selection(const MigrationSet *self, const MigrationSelection *selection, GError **error)
{
	const char *name = selection->name != NULL ? selection->name : selection->to;
	const Migration *migration = name != NULL ? migration_set_find(self, name) : NULL;

	if (name != NULL && migration == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND,
		    "no migration '%s': 'signalbox migrations status' lists them", name);
		return false;
	}
	return selection->name == NULL || check_single(migration, error);
}

static bool
is_selected(const Migration *migration, const MigrationSelection *selection)
{
	if (selection->name != NULL)
		return strcmp(migration->name, selection->name) == 0;
	return selection->to == NULL || strcmp(migration->name, selection->to) <= 0;
}

bool
migration_set_select(
    const MigrationSet *self, const MigrationSelection *selection, GPtrArray **ret_due, GError **error)
{
	GPtrArray *due;

	if (!check_selection(self, selection, error))
		return false;
	due = g_ptr_array_new();
	for (guint i = 0; i < self->migrations->len; i++) {
		Migration *migration = &g_array_index(self->migrations, Migration, i);

		if (is_selected(migration, selection) && migration_is_due(migration))
			g_ptr_array_add(due, migration);
	}
	*ret_due = due;
	return true;
}
