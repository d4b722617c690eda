#include "execute.h"

#include <string.h>

static Cell
cell_of(const char *text)
{
	return (Cell){ .text = text != NULL ? text : "",
		.size = text != NULL ? strlen(text) : 0,
		.null = text == NULL };
}

static bool
change_rows(Frontend *frontend, const Change *change, uint64_t *rows, GError **error)
{
	for (guint i = 0; i + 2 < change->columns->len; i += 3) {
		const Cell cells[] = {
			cell_of(change->table),
			cell_of(change->key),
			cell_of(g_ptr_array_index(change->columns, i)),
			cell_of(g_ptr_array_index(change->columns, i + 1)),
			cell_of(g_ptr_array_index(change->columns, i + 2)),
		};

		if (!frontend->row(frontend, cells, error))
			return false;
		(*rows)++;
	}
	return true;
}

static bool
show_end(Frontend *frontend, uint64_t rows, GError **error)
{
	const ResultEnd end = { .rows = rows, .total = (int64_t)rows };

	return frontend->end(frontend, &end, error);
}

static bool
show_changes(CommandRun *run, GError **error)
{
	static const ResultColumn columns[] = { { "table", VALUE_TEXT }, { "key", VALUE_TEXT },
		{ "column", VALUE_TEXT }, { "before", VALUE_TEXT }, { "after", VALUE_TEXT } };
	static const ResultShape shape = { RESULT_LIST, "changes", columns, G_N_ELEMENTS(columns) };
	uint64_t rows = 0;

	if (!run->frontend->begin(run->frontend, &shape, error))
		return false;
	for (guint i = 0; i < run->changes->len; i++)
		if (!change_rows(run->frontend, g_ptr_array_index(run->changes, i), &rows, error))
			return false;
	return show_end(run->frontend, rows, error);
}

static bool
show_statements(CommandRun *run, GError **error)
{
	static const ResultColumn columns[] = { { "sql", VALUE_TEXT } };
	static const ResultShape shape = { RESULT_TEXT, "statements", columns, G_N_ELEMENTS(columns) };

	if (!run->frontend->begin(run->frontend, &shape, error))
		return false;
	for (guint i = 0; i < run->statements->len; i++) {
		const Cell cell = cell_of(g_ptr_array_index(run->statements, i));

		if (!run->frontend->row(run->frontend, &cell, error))
			return false;
	}
	return show_end(run->frontend, run->statements->len, error);
}

/* A machine reads one array: the changes, or the SQL where there are none. */
static bool
show_dry_run(CommandRun *run, GError **error)
{
	bool has_changes = run->changes->len > 0;
	bool has_sql = run->statements->len > 0 && !(run->frontend->whole_values && has_changes);

	bool is_bulk = run->def->bulk != NULL; /* tells of its plan instead */

	if ((has_changes || (!has_sql && !is_bulk)) && !show_changes(run, error))
		return false;
	if (has_sql && !show_statements(run, error))
		return false;
	run->frontend->note(
	    run->frontend, NOTE_INFO, "dry run: everything was rolled back, nothing is changed");
	return true;
}

static bool
writes(const CommandRun *run)
{
	return run->def->effect == EFFECT_WRITE || run->def->effect == EFFECT_DESTRUCTIVE;
}

bool
outcome_show(CommandRun *run, GError **error)
{
	bool dry_run = run->arguments->common.dry_run && writes(run);

	if (run->created != NULL && !dry_run)
		run->frontend->created(run->frontend, run->created);
	for (guint i = 0; i < run->notes->len && !dry_run; i++) {
		const RunNote *note = g_ptr_array_index(run->notes, i);

		run->frontend->note(run->frontend, note->kind, note->text);
	}
	if (run->replayed)
		run->frontend->note(run->frontend, NOTE_INFO,
		    "this idempotency key was used before: the result is the first run's, nothing was done "
		    "again");
	return !dry_run || show_dry_run(run, error);
}
