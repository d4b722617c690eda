#ifndef SIGNALBOX_MIGRATIONS_SQL_PARSER_H
#define SIGNALBOX_MIGRATIONS_SQL_PARSER_H

#include "persistence/migrations/sql_parser_module.h"

/*
 * Splits a text (valid UTF-8) into its statements with PostgreSQL's own parser, which is loaded on first use
 * from beside the program, else from where it was installed. UNAVAILABLE when the module is missing. A text
 * that the parser does not understand is no failure: it may be of a newer server's language.
 */
bool sql_parse(const char *text, SqlParse **ret_parse, GError **error);

/* Accepts NULL. */
void sql_parse_free(SqlParse *self);

/* "15.1"; NULL before the first sql_parse. */
const char *sql_parser_version(void);

/* The line, from 1, of a place in a text. */
unsigned sql_line_of(const char *text, size_t offset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SqlParse, sql_parse_free)

#endif
