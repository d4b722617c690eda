#ifndef SIGNALBOX_MIGRATIONS_SQL_PARSER_MODULE_H
#define SIGNALBOX_MIGRATIONS_SQL_PARSER_MODULE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * What the module signalbox-sqlparse.so gives to the program: PostgreSQL's own parser. Both come from one
 * build, and use one GLib, so that the program frees what the module made.
 */

/* One statement of a text. */
typedef struct SqlStatement {
	size_t start;          /* of its first word, in bytes */
	size_t length;         /* without the semicolon */
	unsigned line;         /* of its first word, from 1 */
	char *kind;            /* "CREATE TABLE" */
	bool ends_transaction; /* BEGIN, COMMIT, ROLLBACK and their kin, but no savepoint */
	bool
	    needs_no_transaction; /* the server refuses it inside one: CREATE INDEX CONCURRENTLY, VACUUM, … */
	bool copies_stdin;
} SqlStatement;

typedef struct SqlParse {
	GArray *statements;  /* of SqlStatement; empty when the text has an error */
	char *error;         /* NULL when the text was understood */
	size_t error_offset; /* in bytes */
} SqlParse;

typedef struct SqlParserModule {
	const char *version; /* the PostgreSQL that the grammar is of */
	SqlParse *(*parse)(const char *text);
} SqlParserModule;

/* The name under which the module shows its table. */
#define SQL_PARSER_SYMBOL "signalbox_sql_parser"
extern const SqlParserModule signalbox_sql_parser;

/* For the module's own parts. */
char *sql_kind_of_tree(const char *parse_tree, SqlStatement *statement);

#endif
