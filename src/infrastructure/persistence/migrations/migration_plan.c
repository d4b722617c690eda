#include "persistence/migrations/migration_internal.h"
#include "persistence/migrations/migration_script.h"
#include "persistence/migrations/migration_set.h"

#include <string.h>

/* A statement's first line is what fits a list; `show` has it whole. */
static bool
plan_row(const MigrationScript *script, guint index, Frontend *frontend, GError **error)
{
	const SqlStatement *statement = &g_array_index(script->parse->statements, SqlStatement, index);
	const char *sql = script->file->sql + statement->start;
	const char *line_end = memchr(sql, '\n', statement->length);
	g_autofree char *first_line =
	    g_strndup(sql, line_end != NULL ? (gsize)(line_end - sql) : statement->length);
	g_autofree char *number = g_strdup_printf("%u", index + 1);
	g_autofree char *line = g_strdup_printf("%u", statement->line);
	const Cell cells[] = {
		cell_of(script->file->name),
		cell_of(number),
		cell_of(line),
		cell_of(statement->kind),
		cell_of(first_line),
	};

	return frontend->row(frontend, cells, error);
}

static bool
whole_row(const MigrationScript *script, Frontend *frontend, GError **error)
{
	g_autofree char *line =
	    g_strdup_printf("%u", sql_line_of(script->file->sql, script->parse->error_offset));
	g_autofree char *reason = g_strdup_printf("sent whole: %s", script->parse->error);
	const Cell cells[] = {
		cell_of(script->file->name),
		cell_of("1"),
		cell_of(line),
		cell_of("UNKNOWN"),
		cell_of(reason),
	};

	return frontend->row(frontend, cells, error);
}

static bool
plan_file(const MigrationFile *file, Frontend *frontend, uint64_t *rows, GError **error)
{
	g_autoptr(MigrationScript) script = NULL;

	if (!migration_script_read(file, &script, error))
		return false;
	*rows += migration_script_count(script);
	if (migration_script_is_whole(script))
		return whole_row(script, frontend, error);
	for (guint i = 0; i < script->parse->statements->len; i++) {
		if (!plan_row(script, i, frontend, error))
			return false;
	}
	return true;
}

bool
migrations_plan(MigrationPort *port, const MigrationSelection *selection, Frontend *frontend, GError **error)
{
	static const ResultColumn columns[] = {
		{ "migration", VALUE_TEXT },
		{ "statement", VALUE_INTEGER },
		{ "line", VALUE_INTEGER },
		{ "kind", VALUE_TEXT },
		{ "sql", VALUE_TEXT },
	};
	static const ResultShape shape = { RESULT_LIST, "statements", columns, G_N_ELEMENTS(columns) };
	MigrationEngine *self = (MigrationEngine *)port;
	g_autoptr(MigrationSet) set = NULL;
	g_autoptr(GPtrArray) due = NULL;
	ResultEnd end = { 0 };

	if (!migration_set_read(self->connection, selection->folder, &set, error) ||
	    !migration_set_select(set, selection, &due, error) || !frontend->begin(frontend, &shape, error))
		return false;
	for (guint i = 0; i < due->len; i++) {
		const Migration *migration = g_ptr_array_index(due, i);

		if (!plan_file(migration->file, frontend, &end.rows, error))
			return false;
	}
	end.total = (int64_t)end.rows;
	return frontend->end(frontend, &end, error);
}
