#include "persistence/migrations/migration_internal.h"
#include "persistence/migrations/migration_script.h"
#include "persistence/migrations/migration_set.h"

#include "base/error.h"

static bool
status_row(const Migration *migration, Frontend *frontend, GError **error)
{
	static const MigrationRecord none = { 0 };
	const MigrationRecord *record = migration->record != NULL ? migration->record : &none;
	const Cell cells[] = {
		cell_of(migration->name),
		cell_of(migration_state_name(migration->state)),
		cell_of(record->applied_at),
		cell_of(record->duration_ms),
		cell_of(record->applied_by),
		cell_of(record->statements_done),
	};

	return frontend->row(frontend, cells, error);
}

bool
migrations_status(MigrationPort *port, const char *folder, Frontend *frontend, GError **error)
{
	static const ResultColumn columns[] = {
		{ "name", VALUE_TEXT },
		{ "state", VALUE_TEXT },
		{ "applied_at", VALUE_TIME },
		{ "duration_ms", VALUE_INTEGER },
		{ "applied_by", VALUE_TEXT },
		{ "statements", VALUE_INTEGER },
	};
	static const ResultShape shape = { RESULT_LIST, "migrations", columns, G_N_ELEMENTS(columns) };
	MigrationEngine *self = (MigrationEngine *)port;
	g_autoptr(MigrationSet) set = NULL;

	if (!migration_set_read(self->connection, folder, &set, error) ||
	    !frontend->begin(frontend, &shape, error))
		return false;
	for (guint i = 0; i < set->migrations->len; i++) {
		if (!status_row(&g_array_index(set->migrations, Migration, i), frontend, error))
			return false;
	}
	ResultEnd end = { .rows = set->migrations->len, .total = set->migrations->len };

	return frontend->end(frontend, &end, error);
}

/* How many a file that was not applied would be; NULL when it can't be told. */
static char *
statements_of(const Migration *migration)
{
	g_autoptr(MigrationScript) script = NULL;

	if (migration->record != NULL && migration->record->statements_done != NULL)
		return g_strdup(migration->record->statements_done);
	if (migration->file == NULL || !migration_script_read(migration->file, &script, NULL))
		return NULL;
	return g_strdup_printf("%u", migration_script_count(script));
}

static bool
show_record(const Migration *migration, Frontend *frontend, GError **error)
{
	static const ResultColumn columns[] = {
		{ "name", VALUE_TEXT },
		{ "state", VALUE_TEXT },
		{ "checksum", VALUE_TEXT },
		{ "applied_at", VALUE_TIME },
		{ "applied_by", VALUE_TEXT },
		{ "duration_ms", VALUE_INTEGER },
		{ "statements", VALUE_INTEGER },
		{ "sql", VALUE_TEXT },
	};
	static const ResultShape shape = { RESULT_RECORD, "migration", columns, G_N_ELEMENTS(columns) };
	static const MigrationRecord none = { 0 };
	const MigrationRecord *record = migration->record != NULL ? migration->record : &none;
	const MigrationFile *file = migration->file;
	g_autofree char *statements = statements_of(migration);
	const Cell cells[] = {
		cell_of(migration->name),
		cell_of(migration_state_name(migration->state)),
		cell_of(file != NULL ? file->checksum : record->checksum),
		cell_of(record->applied_at),
		cell_of(record->applied_by),
		cell_of(record->duration_ms),
		cell_of(statements),
		file != NULL ? (Cell){ .text = file->sql, .size = file->size } : cell_of(NULL),
	};
	ResultEnd end = { .rows = 1, .total = 1 };

	return frontend->begin(frontend, &shape, error) && frontend->row(frontend, cells, error) &&
	    frontend->end(frontend, &end, error);
}

bool
migrations_show(MigrationPort *port, const char *folder, const char *name, Frontend *frontend, GError **error)
{
	MigrationEngine *self = (MigrationEngine *)port;
	g_autoptr(MigrationSet) set = NULL;
	const Migration *migration;

	if (!migration_set_read(self->connection, folder, &set, error))
		return false;
	migration = migration_set_find(set, name);
	if (migration == NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_NOT_FOUND,
		    "no migration '%s': 'signalbox migrations status' lists them", name);
		return false;
	}
	return show_record(migration, frontend, error);
}
