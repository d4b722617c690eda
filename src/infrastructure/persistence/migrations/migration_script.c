#include "persistence/migrations/migration_script.h"

#include "base/error.h"

#include <string.h>

/* How many semicolons before a syntax error are tried as the end of a COPY whose data is the error. */
#define COPY_TRIES 16

static bool
refuse(const MigrationFile *file, unsigned line, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);

static bool
refuse(const MigrationFile *file, unsigned line, GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *reason = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(
	    error, SB_ERROR, SB_ERROR_CONFLICT, "migration '%s' line %u: %s", file->name, line, reason);
	return false;
}

static bool
check_encoding(const MigrationFile *file, GError **error)
{
	const char *bad;

	if (g_utf8_validate(file->sql, (gssize)file->size, &bad))
		return true;
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "migration '%s' line %u: the byte 0x%02X is no UTF-8 text: save the file as UTF-8", file->name,
	    sql_line_of(file->sql, (size_t)(bad - file->sql)), (unsigned char)*bad);
	return false;
}

static bool
refuse_copy(const MigrationFile *file, unsigned line, GError **error)
{
	return refuse(file, line, error,
	    "COPY … FROM stdin needs data that only psql sends: use INSERT, or load the data on its own");
}

static bool
check_statement(const MigrationFile *file, const SqlStatement *statement, GError **error)
{
	if (statement->ends_transaction)
		return refuse(file, statement->line, error,
		    "%s: the file is applied in one transaction that is begun and ended for it: take it out",
		    statement->kind);
	if (statement->copies_stdin)
		return refuse_copy(file, statement->line, error);
	if (statement->needs_no_transaction)
		return refuse(file, statement->line, error,
		    "%s cannot run in the transaction that a migration is applied in: take it out of the "
		    "file and "
		    "run it with psql",
		    statement->kind);
	return true;
}

/* The data behind a COPY is no SQL: the statement before the error may be one. */
static bool
check_copy_before(const MigrationFile *file, size_t offset, GError **error)
{
	g_autofree char *text = g_strndup(file->sql, offset);

	for (unsigned tries = 0; tries < COPY_TRIES; tries++) {
		char *semicolon = strrchr(text, ';');
		g_autoptr(SqlParse) before = NULL;

		if (semicolon == NULL)
			return true;
		*semicolon = '\0';
		if (!sql_parse(text, &before, error))
			return false;
		if (before->error != NULL || before->statements->len == 0)
			continue;
		const SqlStatement *last =
		    &g_array_index(before->statements, SqlStatement, before->statements->len - 1);
		return !last->copies_stdin || refuse_copy(file, last->line, error);
	}
	return true;
}

/* Outside of strings and comments no SQL holds a backslash. */
static bool
check_meta_command(const MigrationFile *file, size_t offset, GError **error)
{
	const char *place = file->sql + offset;
	size_t length = strcspn(place, " \t\n");

	if (*place != '\\')
		return true;
	return refuse(file, sql_line_of(file->sql, offset), error,
	    "'%.*s' is a command of psql and no SQL: take it out", (int)MIN(length, 40), place);
}

static bool
check_parse(const MigrationFile *file, const SqlParse *parse, GError **error)
{
	if (parse->error != NULL)
		return check_copy_before(file, parse->error_offset, error) &&
		    check_meta_command(file, parse->error_offset, error);
	for (guint i = 0; i < parse->statements->len; i++) {
		if (!check_statement(file, &g_array_index(parse->statements, SqlStatement, i), error))
			return false;
	}
	return true;
}

bool
migration_script_read(const MigrationFile *file, MigrationScript **ret_script, GError **error)
{
	g_autoptr(MigrationScript) self = g_new0(MigrationScript, 1);

	self->file = file;
	if (!check_encoding(file, error) || !sql_parse(file->sql, &self->parse, error) ||
	    !check_parse(file, self->parse, error))
		return false;
	*ret_script = g_steal_pointer(&self);
	return true;
}

void
migration_script_free(MigrationScript *self)
{
	if (self == NULL)
		return;
	sql_parse_free(self->parse);
	g_free(self);
}

bool
migration_script_is_whole(const MigrationScript *self)
{
	return self->parse->error != NULL;
}

unsigned
migration_script_count(const MigrationScript *self)
{
	return migration_script_is_whole(self) ? 1 : self->parse->statements->len;
}
