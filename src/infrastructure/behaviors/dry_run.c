#include "behaviors/dry_run.h"

#include "persistence/connection.h"

static void
append_value(GString *out, const char *value)
{
	if (value == NULL) {
		g_string_append(out, "NULL");
		return;
	}
	g_string_append_c(out, '\'');
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '\'')
			g_string_append_c(out, '\'');
		g_string_append_c(out, *c);
	}
	g_string_append_c(out, '\'');
}

/* "UPDATE … SET title = $1 WHERE id = $2 -- $1 = 'x', $2 = '0190…'" */
static char *
statement_text(const Statement *statement)
{
	GString *out = g_string_new(statement->sql);

	for (int i = 0; i < statement->param_count; i++) {
		g_string_append_printf(out, "%s$%d = ", i == 0 ? " -- " : ", ", i + 1);
		if (statement->secret)
			g_string_append(out, "***");
		else
			append_value(out, statement->params[i]);
	}
	return g_string_free(out, FALSE);
}

void
dry_run_note(CommandRun *run, const GPtrArray *statements)
{
	if (!run->arguments->common.dry_run)
		return;
	for (guint i = 0; i < statements->len; i++)
		g_ptr_array_add(run->statements, statement_text(g_ptr_array_index(statements, i)));
}
