#include "persistence/migrations/migration_script.h"

#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static SqlParse *
parsed(const char *text)
{
	g_autoptr(GError) error = NULL;
	SqlParse *parse = NULL;

	if (!sql_parse(text, &parse, &error))
		fail_msg("%s", error->message);
	return parse;
}

static const SqlStatement *
statement_at(const SqlParse *parse, guint index)
{
	assert_true(index < parse->statements->len);
	return &g_array_index(parse->statements, SqlStatement, index);
}

static void
assert_statement(const char *text, const SqlParse *parse, guint index, unsigned line, const char *sql)
{
	const SqlStatement *statement = statement_at(parse, index);
	g_autofree char *found = g_strndup(text + statement->start, statement->length);

	assert_string_equal(found, sql);
	assert_int_equal(statement->line, line);
}

static void
semicolons_inside_quotes_and_bodies_end_nothing(void **state)
{
	static const char text[] =
	    "SELECT ';', \";\", $$;$$, $a$ ; $$ ; $a$, E'\\';' /* ; /* ; */ ; */; -- ;\n"
	    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\n"
	    "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b);\n"
	    "DO $do$ BEGIN PERFORM 1; END; $do$";
	g_autoptr(SqlParse) parse = parsed(text);

	(void)state;
	assert_null(parse->error);
	assert_int_equal(parse->statements->len, 4);
	assert_statement(
	    text, parse, 0, 1, "SELECT ';', \";\", $$;$$, $a$ ; $$ ; $a$, E'\\';' /* ; /* ; */ ; */");
	assert_statement(
	    text, parse, 1, 2, "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END");
	assert_statement(
	    text, parse, 2, 3, "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)");
	assert_statement(text, parse, 3, 4, "DO $do$ BEGIN PERFORM 1; END; $do$");
}

static void
a_statement_begins_after_its_comments(void **state)
{
	static const char text[] =
	    "\n-- ä first\n/* two\n/* deep */ lines */  SELECT 'ä';;\n\n ; SELECT\n2 ;\n";
	g_autoptr(SqlParse) parse = parsed(text);

	(void)state;
	assert_int_equal(parse->statements->len, 2);
	assert_statement(text, parse, 0, 4, "SELECT 'ä'");
	assert_statement(text, parse, 1, 6, "SELECT\n2");
}

static void
a_text_without_statements_is_no_error(void **state)
{
	static const char *const texts[] = { "", "  \n", ";;", "-- only\n/* words */", "-- no line end" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(SqlParse) parse = parsed(texts[i]);

		assert_null(parse->error);
		assert_int_equal(parse->statements->len, 0);
	}
}

static void
statements_are_called_as_people_call_them(void **state)
{
	static const struct {
		const char *sql;
		const char *kind;
	} cases[] = {
		{ "CREATE TABLE t ()", "CREATE TABLE" },
		{ "CREATE TABLE t AS SELECT 1", "CREATE TABLE" },
		{ "CREATE MATERIALIZED VIEW m AS SELECT 1", "CREATE MATERIALIZED VIEW" },
		{ "CREATE UNIQUE INDEX ON t (a)", "CREATE INDEX" },
		{ "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS ''", "CREATE FUNCTION" },
		{ "CREATE PROCEDURE p() LANGUAGE sql AS ''", "CREATE PROCEDURE" },
		{ "CREATE TYPE e AS ENUM ()", "CREATE TYPE" },
		{ "CREATE EXTENSION x", "CREATE EXTENSION" },
		{ "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE" },
		{ "ALTER TABLE t RENAME COLUMN a TO b", "ALTER TABLE" },
		{ "ALTER TABLE t SET SCHEMA s", "ALTER TABLE" },
		{ "ALTER INDEX i RENAME TO j", "ALTER INDEX" },
		{ "ALTER FUNCTION f() OWNER TO u", "ALTER FUNCTION" },
		{ "ALTER TYPE e ADD VALUE 'x'", "ALTER TYPE" },
		{ "DROP FOREIGN TABLE t", "DROP FOREIGN TABLE" },
		{ "GRANT SELECT ON t TO u", "GRANT" },
		{ "REVOKE SELECT ON t FROM u", "REVOKE" },
		{ "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "INSERT" },
		{ "(SELECT 1)", "SELECT" },
		{ "select 1", "SELECT" },
		{ "SET LOCAL lock_timeout = '2s'", "SET" },
		{ "COMMENT ON TABLE t IS 'x'", "COMMENT" },
		{ "ANALYZE t", "ANALYZE" },
		{ "TRUNCATE t", "TRUNCATE" },
		{ "DO 'x'", "DO" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(SqlParse) parse = parsed(cases[i].sql);

		assert_string_equal(statement_at(parse, 0)->kind, cases[i].kind);
		assert_false(statement_at(parse, 0)->needs_no_transaction);
		assert_false(statement_at(parse, 0)->ends_transaction);
	}
}

static void
what_no_transaction_takes_is_recognised(void **state)
{
	static const struct {
		const char *sql;
		const char *kind;
	} cases[] = {
		{ "CREATE INDEX CONCURRENTLY ON t (a)", "CREATE INDEX CONCURRENTLY" },
		{ "DROP INDEX CONCURRENTLY i", "DROP INDEX CONCURRENTLY" },
		{ "REINDEX TABLE CONCURRENTLY t", "REINDEX CONCURRENTLY" },
		{ "REINDEX (CONCURRENTLY ON) TABLE t", "REINDEX CONCURRENTLY" },
		{ "REINDEX DATABASE d", "REINDEX" },
		{ "ALTER TABLE t DETACH PARTITION p CONCURRENTLY",
		    "ALTER TABLE DETACH PARTITION CONCURRENTLY" },
		{ "VACUUM t", "VACUUM" },
		{ "CLUSTER", "CLUSTER" },
		{ "ALTER SYSTEM SET work_mem = 1", "ALTER SYSTEM" },
		{ "CREATE DATABASE d", "CREATE DATABASE" },
		{ "DROP DATABASE d", "DROP DATABASE" },
		{ "ALTER DATABASE d SET TABLESPACE s", "ALTER DATABASE" },
		{ "CREATE TABLESPACE s LOCATION '/x'", "CREATE TABLESPACE" },
		{ "DROP TABLESPACE s", "DROP TABLESPACE" },
		{ "DISCARD ALL", "DISCARD" },
		{ "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p", "CREATE SUBSCRIPTION" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(SqlParse) parse = parsed(cases[i].sql);

		if (!statement_at(parse, 0)->needs_no_transaction)
			fail_msg("'%s' was let through", cases[i].sql);
		assert_string_equal(statement_at(parse, 0)->kind, cases[i].kind);
	}
}

static void
their_harmless_likes_are_let_through(void **state)
{
	static const char *const texts[] = { "REINDEX (CONCURRENTLY off) TABLE t", "CLUSTER t", "ANALYZE",
		"ALTER TABLE t DETACH PARTITION p", "DISCARD TEMP", "ALTER DATABASE d SET work_mem = 1",
		"REFRESH MATERIALIZED VIEW CONCURRENTLY m", "SAVEPOINT a", "ROLLBACK TO a", "COPY t TO '/x'",
		"COPY t FROM '/x'",
		"CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (create_slot = false)" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(SqlParse) parse = parsed(texts[i]);
		const SqlStatement *statement = statement_at(parse, 0);

		if (statement->needs_no_transaction || statement->ends_transaction || statement->copies_stdin)
			fail_msg("'%s' was taken for something else", texts[i]);
	}
}

static void
an_error_has_its_place_in_bytes(void **state)
{
	static const char text[] = "SELECT 'äöü';\nSELEC 1";
	g_autoptr(SqlParse) parse = parsed(text);

	(void)state;
	assert_non_null(parse->error);
	assert_int_equal(parse->statements->len, 0);
	assert_int_equal(parse->error_offset, strchr(text, '\n') + 1 - text);
}

static void
an_expression_of_any_depth_leaves_the_parser_standing(void **state)
{
	g_autoptr(GString) text = g_string_new("CREATE VIEW v AS SELECT 1");

	(void)state;
	for (int i = 0; i < 3000; i++)
		g_string_append(text, " || 1");
	g_autoptr(SqlParse) parse = parsed(text->str);
	assert_null(parse->error);
	assert_int_equal(parse->statements->len, 1);
	g_string_assign(text, "SELECT ");
	for (int i = 0; i < 100000; i++)
		g_string_append_c(text, '(');
	g_autoptr(SqlParse) deep = parsed(text->str);
	assert_non_null(deep->error);
}

static bool
read_script(const char *text, gssize size, MigrationScript **ret_script, GError **error)
{
	static MigrationFile *file;

	g_clear_pointer(&file, migration_file_free);
	file = migration_file_new("20260101_X", text, size < 0 ? strlen(text) : (gsize)size);
	return migration_script_read(file, ret_script, error);
}

static void
what_cannot_be_applied_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *sql;
		const char *says;
	} cases[] = {
		{ "SELECT 1;\nBEGIN;\nSELECT 2;\nCOMMIT;", "line 2: BEGIN:" },
		{ "SELECT 1;\n\nEND", "line 3: COMMIT:" },
		{ "ROLLBACK", "line 1: ROLLBACK:" },
		{ "START TRANSACTION", "line 1: START:" },
		{ "PREPARE TRANSACTION 'x'", "line 1: PREPARE:" },
		{ "\n\nVACUUM", "line 3: VACUUM cannot run" },
		{ "SELECT 1;\n\\d t\nSELECT 2;", "line 2: '\\d' is a command of psql" },
		{ "\\set ON_ERROR_STOP on\r\nSELECT 1;", "line 1: '\\set' is a command of psql" },
		{ "SELECT 1;\nCOPY t FROM stdin;\n1\tä\n\\.\n", "line 2: COPY" },
		{ "SELECT 1;\nCOPY t FROM stdin;\nit's;\tä\n\\.\n", "line 2: COPY" },
		{ "COPY t (a, b) FROM STDIN WITH (FORMAT csv);\n1;2\n;\n", "line 1: COPY" },
		{ "COPY t FROM stdin;\n\\.\n", "line 1: COPY" },
		{ "COPY t FROM stdin;", "line 1: COPY" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(MigrationScript) script = NULL;
		g_autoptr(GError) error = NULL;

		if (read_script(cases[i].sql, -1, &script, &error))
			fail_msg("'%s' was let through", cases[i].sql);
		assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
		if (strstr(error->message, cases[i].says) == NULL)
			fail_msg("'%s' is not in '%s'", cases[i].says, error->message);
	}
}

static void
a_backslash_inside_a_string_is_no_command(void **state)
{
	g_autoptr(MigrationScript) script = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(read_script("SELECT 'a\n\\d\n', $$\n\\.\n$$ /*\n\\q\n*/;", -1, &script, &error));
	assert_false(migration_script_is_whole(script));
	assert_int_equal(migration_script_count(script), 1);
}

static void
a_file_in_an_unknown_language_is_sent_whole(void **state)
{
	g_autoptr(MigrationScript) script = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(read_script("SELECT 1; FROBNICATE t;", -1, &script, &error));
	assert_true(migration_script_is_whole(script));
	assert_int_equal(migration_script_count(script), 1);
}

static void
bytes_that_are_no_text_are_refused_with_their_line(void **state)
{
	g_autoptr(MigrationScript) script = NULL;
	g_autoptr(GError) latin = NULL;
	g_autoptr(GError) nul = NULL;

	(void)state;
	assert_false(read_script("SELECT 1;\n-- \xE4", -1, &script, &latin));
	assert_non_null(strstr(latin->message, "line 2: the byte 0xE4"));
	assert_false(read_script("SELECT 1;\0DROP TABLE t", 20, &script, &nul));
	assert_non_null(strstr(nul->message, "line 1: the byte 0x00"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(semicolons_inside_quotes_and_bodies_end_nothing),
		cmocka_unit_test(a_statement_begins_after_its_comments),
		cmocka_unit_test(a_text_without_statements_is_no_error),
		cmocka_unit_test(statements_are_called_as_people_call_them),
		cmocka_unit_test(what_no_transaction_takes_is_recognised),
		cmocka_unit_test(their_harmless_likes_are_let_through),
		cmocka_unit_test(an_error_has_its_place_in_bytes),
		cmocka_unit_test(an_expression_of_any_depth_leaves_the_parser_standing),
		cmocka_unit_test(what_cannot_be_applied_is_refused_with_its_line),
		cmocka_unit_test(a_backslash_inside_a_string_is_no_command),
		cmocka_unit_test(a_file_in_an_unknown_language_is_sent_whole),
		cmocka_unit_test(bytes_that_are_no_text_are_refused_with_their_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
