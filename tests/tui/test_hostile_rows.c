#include "console_stage.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/*
 * What a row can hold against a terminal, as PostgreSQL writes it in E'': escape sequences, each control that
 * moves a cursor, C1 in both encodings, bidi, zero-width and tag characters, marks without end, wide ones.
 */
static const char *const corpus[] = {
	"\\x1b[2J\\x1b[H",
	"\\x1b]0;title\\x07",
	"\\x1b]52;c;ZXZpbA==\\x07",
	"\\x1b]8;;http://x\\x1b\\\\link",
	"\\x1bP1$r0m\\x1b\\\\",
	"\\x1b_apc\\x1b\\\\",
	"\\x1b[?1049l",
	"\\x1b[?1000h",
	"\\x1b[6n\\x1b[c",
	"\\x1bc",
	"\\x1b(0qqq",
	"\\x1b#8",
	"\\x1b[31;5m",
	"\\x1b[20;20H*",
	"\\x1b[200~:q\\x1b[201~",
	"\\x1b",
	"a\\rb",
	"a\\nb\\nc",
	"a\\tb",
	"a\\bb\\b\\bc",
	"a\\x0bb\\x0cc",
	"a\\x0eb\\x0fc",
	"\\x01\\x02\\x03\\x04\\x05\\x06\\x11\\x13\\x18\\x1a\\x7f",
	"\\u009b31m\\u0090x\\u009c",
	"\\u009d0;x\\u009c\\u0085\\u008d",
	"\\u202etxet\\u202c",
	"\\u202a\\u202b\\u202d\\u2066\\u2067\\u2068\\u2069",
	"\\u200e\\u200f\\u061c",
	"\\u200b\\u200c\\u200d\\u2060\\ufeff",
	"\\u00ad\\u034f\\u180e\\u115f",
	"\\U000e0001\\U000e0041\\U000e007f",
	"\\U000e0100\\ufe0f\\ufe00",
	"\\u2028\\u2029\\u0600",
	"\\ue000\\U000f0000\\U0010fffd",
	"\\ufffe\\uffff\\ufdd0",
	"\\u4e16\\u754c\\uff21",
	"\\U0001f469\\u200d\\U0001f469\\u200d\\U0001f467",
	"\\U0001f1e9\\U0001f1ea",
	"\\u0301\\u0301e\\u0301",
	"\\u05d0\\u05d1\\u0627\\u0628",
	"\\ufff9a\\ufffab\\ufffb",
	"\\u001b[m{id}$(x)`x`%n%s",
	"''\"\\\\;--",
	"\\x1b[!p\\x1b[>c",
};

static char *
values_sql(void)
{
	GString *sql = g_string_new("(VALUES ");

	for (size_t i = 0; i < G_N_ELEMENTS(corpus); i++)
		g_string_append_printf(sql, "%s(%zu, E'%s')", i > 0 ? ", " : "", i, corpus[i]);
	g_string_append_printf(sql,
	    ", (%zu, repeat(U&'e\\0301\\0302\\0303', 45)), (%zu, repeat(E'\\U0001f600', 190)))",
	    G_N_ELEMENTS(corpus), G_N_ELEMENTS(corpus) + 1);
	return g_string_free(sql, FALSE);
}

static void
execute_with_corpus(const char *before, const char *after)
{
	g_autofree char *values = values_sql();
	g_autofree char *sql = g_strconcat(before, values, " AS c (n, s)", after, NULL);

	cluster_execute(stage_cluster(), STAGE_DATABASE, sql);
}

/* Nothing that a row holds moves another column. */
static void
expect_states_in_line(Terminal *terminal, int first, int last)
{
	int col = 0;

	assert_int_equal(terminal_find(terminal, "STATE", &col), first - 1);
	for (int row = first; row <= last; row++) {
		TerminalCell cell = terminal_cell(terminal, row, col);
		TerminalCell before = terminal_cell(terminal, row, col - 1);

		if (strchr("DP", cell.text[0]) == NULL || strcmp(before.text, " ") != 0) {
			terminal_print(terminal, "a cell has moved");
			fail_msg("line %d: '%s' stands where a state should", row, cell.text);
		}
	}
}

static void
no_value_of_a_list_moves_its_columns_or_reaches_the_terminal(void **state)
{
	Terminal *terminal;

	(void)state;
	execute_with_corpus("UPDATE posts SET title = s, content = s || title || s FROM ",
	    " WHERE slug = 'post-' || (500 - n)::text");
	terminal = stage_screen("posts", "\xe2\x90\x9b");
	for (int page = 0; page < 3; page++) {
		terminal_settle(terminal);
		expect_states_in_line(terminal, 4, 21);
		terminal_press(terminal, "PgDn");
	}
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static void
no_value_of_a_record_reaches_the_terminal(void **state)
{
	Terminal *terminal;

	(void)state;
	execute_with_corpus("UPDATE outbox_messages m SET last_error = a.s, type = left(a.s, 100), "
			    "ordering_key = left(a.s, 100), error_fingerprint = NULL FROM (SELECT "
			    "string_agg(s, 'x') FROM (SELECT s FROM ",
	    " WHERE n < 44 ORDER BY n) c) a (s) WHERE m.state_type = 'Dead'");
	terminal = stage_screen("outbox", "\xe2\x90\x9b");
	terminal_settle(terminal);
	terminal_press(terminal, "Enter");
	terminal_wait_text(terminal, "<202E>", STAGE_DEADLINE_MS);
	terminal_press_all(terminal, "End Escape");
	terminal_settle(terminal);
	terminal_type(terminal, "[[[");
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static const char hostile_tables[] =
    "DO $$ DECLARE s text; BEGIN"
    " FOREACH s IN ARRAY ARRAY[E'\\x1b[2Jaa', E'\\x1b]0;x\\x07', E'a\\rb\\nc', E'\\u202etxet', E'a\\u200bb', "
    "E'\\u009b31m', "
    "'a\"b''c', E'a\\tb\\bc', 'a{id}b', '--yes']"
    " LOOP"
    "  EXECUTE format('CREATE TABLE IF NOT EXISTS %I (%I int PRIMARY KEY, %I text)', 'aa' || s, s, s || "
    "'2');"
    "  EXECUTE format('INSERT INTO %I VALUES (1, %L) ON CONFLICT DO NOTHING', 'aa' || s, s);"
    " END LOOP; END $$; ANALYZE";

static void
no_name_of_a_table_or_column_reaches_the_terminal(void **state)
{
	Terminal *terminal;

	(void)state;
	cluster_execute(stage_cluster(), STAGE_DATABASE, hostile_tables);
	terminal = stage_screen("tables", "<202E>");
	for (int row = 0; row < 10; row++) {
		terminal_settle(terminal);
		terminal_press(terminal, "Enter");
		terminal_settle(terminal);
		terminal_press_all(terminal, "Enter Escape Escape w");
		terminal_settle(terminal);
		terminal_press_all(terminal, "Escape j");
	}
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static void
no_candidate_of_a_completion_reaches_the_terminal(void **state)
{
	Terminal *terminal;

	(void)state;
	cluster_execute(stage_cluster(), STAGE_DATABASE, hostile_tables);
	terminal = stage_screen("posts", "Post 500");
	terminal_type(terminal, ":tables show public.aa\t");
	terminal_wait_text(terminal, "<200B>", STAGE_DEADLINE_MS);
	for (int candidate = 0; candidate < 10; candidate++)
		terminal_press(terminal, "Tab");
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
}

static void
no_error_or_notice_of_the_server_reaches_the_terminal(void **state)
{
	Terminal *terminal;

	(void)state;
	cluster_execute(stage_cluster(), STAGE_DATABASE,
	    "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
	    " RAISE NOTICE E'n\\x1b[2J\\r\\b\\u202en'; RAISE WARNING E'w\\x1b[2J\\r\\b\\u202ew';"
	    " RAISE EXCEPTION E'refused \\x1b[2J\\r\\b\\u009b31m\\u202eby us\\n\\x1b[2Jmore'"
	    "  USING HINT = E'hint\\x1b]0;x\\x07', DETAIL = E'detail\\x1b[6n'; END $$;"
	    "CREATE OR REPLACE TRIGGER refuse BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION refuse()");
	terminal = stage_screen("posts", "Post 500");
	stage_wait_current(terminal, "Post 500");
	terminal_press(terminal, "p");
	terminal_wait_text(terminal, "<202E>by us", STAGE_DEADLINE_MS);
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
	cluster_execute(stage_cluster(), STAGE_DATABASE, "DROP TRIGGER refuse ON posts");
}

/* Files are the user's own, but they come from others, too. */
static void
no_text_of_a_file_reaches_the_terminal(void **state)
{
	g_autofree char *folder = g_build_filename(program_folder(), ".config", "signalbox", "screens", NULL);
	g_autofree char *screen = g_build_filename(folder, "evil.screen", NULL);
	Terminal *terminal;

	(void)state;
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents_full(screen,
	    "[screen]\ntitle=evil\033[2J\xe2\x80\xae\nlist=outbox errors\nempty=\033]0;x\a\r\n"
	    "[columns]\nco\033[31munt=rank 1\ncount=title \033[5m\n",
	    -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
	terminal = stage_screen("posts", "Post 500");
	terminal_type(terminal, ":screen evil\r");
	terminal_settle(terminal);
	terminal_expect_allowed_bytes(terminal);
	remove(screen);
}

static void
a_column_that_a_result_does_not_have_is_told_with_file_and_line(void **state)
{
	g_autofree char *folder = g_build_filename(program_folder(), ".config", "signalbox", "screens", NULL);
	g_autofree char *screen = g_build_filename(folder, "groups.screen", NULL);
	Terminal *terminal;

	(void)state;
	assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
	assert_true(g_file_set_contents_full(screen,
	    "[screen]\ntitle=Groups\nlist=outbox errors\n[columns]\ncount=rank 1\ncuont=rank 2\n", -1,
	    G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
	terminal = stage_console(24, 200, (const char *const[]){ "--screen", "groups", NULL });
	terminal_wait_text(terminal, "groups.screen:6: the result has no column 'cuont'", STAGE_DEADLINE_MS);
	remove(screen);
}

#define STAGE_TEST(name) cmocka_unit_test_setup_teardown(name, stage_fill, terminal_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(no_value_of_a_list_moves_its_columns_or_reaches_the_terminal),
		STAGE_TEST(no_value_of_a_record_reaches_the_terminal),
		STAGE_TEST(no_name_of_a_table_or_column_reaches_the_terminal),
		STAGE_TEST(no_candidate_of_a_completion_reaches_the_terminal),
		STAGE_TEST(no_error_or_notice_of_the_server_reaches_the_terminal),
		STAGE_TEST(no_text_of_a_file_reaches_the_terminal),
		STAGE_TEST(a_column_that_a_result_does_not_have_is_told_with_file_and_line),
	};

	return cmocka_run_group_tests(tests, stage_start_cluster, stage_stop_cluster);
}
