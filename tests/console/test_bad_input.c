/*
 * Bad input of every kind: one sentence on the error stream, the right exit code, nothing on the output, and
 * nothing changed.
 */

#include "bad_input.h"
#include "cluster.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "shop"
#define PASSWORD "correct-horse-battery"

static Cluster *cluster;
static char *fingerprint;

/* Whatever a command could have left behind. */
static char *
take_fingerprint(void)
{
	return cluster_query_text(cluster, DATABASE,
	    "SELECT (SELECT md5(string_agg(t::text || xmin, '' ORDER BY id)) FROM users t),"
	    " (SELECT md5(string_agg(t::text || xmin, '' ORDER BY id)) FROM posts t),"
	    " (SELECT count(*) FROM post_tags), (SELECT count(*) FROM tags),"
	    " (SELECT count(*) FROM outbox_messages), (SELECT count(*) FROM audit_entries),"
	    " (SELECT count(*) FROM idempotency_records)");
}

static char *
replace(char *text, const char *what, const char *by)
{
	g_auto(GStrv) parts = g_strsplit(text, what, -1);

	g_free(text);
	return g_strjoinv(by, parts);
}

/* {host}, {folder}, and {200} for a text of 200 characters. */
static char *
fill_in(const char *text)
{
	static const int lengths[] = { 51, 65, 101, 129, 201, 321, 501 };
	char *filled = replace(g_strdup(text), "{host}", cluster_host(cluster));

	filled = replace(filled, "{folder}", program_folder());
	for (gsize i = 0; i < G_N_ELEMENTS(lengths); i++) {
		g_autofree char *place = g_strdup_printf("{%d}", lengths[i]);
		g_autofree char *long_text = g_strnfill((gsize)lengths[i], 'x');

		filled = replace(filled, place, long_text);
	}
	return filled;
}

static ProgramResult
run_case(const BadInput *input)
{
	g_autofree char *line = fill_in(input->line);
	g_autofree char *config = input->config != NULL ? program_file("config", input->config) : NULL;
	g_autofree char *script = input->script != NULL ? program_file("script.sbx", input->script) : NULL;
	g_auto(GStrv) words = NULL;
	const char *env[G_N_ELEMENTS(input->env) + 2] = { NULL };
	size_t count = 0;
	g_autoptr(GError) error = NULL;

	if (!g_shell_parse_argv(line, NULL, &words, &error) &&
	    !g_error_matches(error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
		fail_msg("'%s': %s", line, error->message);
	for (; count < G_N_ELEMENTS(input->env) && input->env[count] != NULL; count++)
		env[count] = input->env[count];
	if (config != NULL)
		env[count++] = "SIGNALBOX_CONFIG=config";
	return program_run(&(ProgramOptions){ .words = (const char *const *)words,
	    .env = env,
	    .input = input->input,
	    .cwd = program_folder() });
}

static void
it_is_one_sentence_and_changes_nothing(void **state)
{
	const BadInput *input = *state;
	g_autofree char *expected = g_strdup_printf("error: %s\n", input->error);
	g_autofree char *filled = fill_in(expected);
	g_auto(ProgramResult) result = run_case(input);
	g_autofree char *after = take_fingerprint();

	assert_string_equal(result.err, filled);
	assert_string_equal(result.out, "");
	assert_int_equal(result.exit_code, input->exit_code);
	assert_string_equal(after, fingerprint);
	assert_null(strstr(result.err, PASSWORD));
}

/* The cluster trusts everybody but 'shy', who is asked for a password. */
static void
ask_shy_for_a_password(void)
{
	g_autofree char *path = g_build_filename(cluster_host(cluster), "data", "pg_hba.conf", NULL);
	g_autofree char *before = NULL;
	g_autofree char *text = NULL;
	FILE *file;

	assert_true(g_file_get_contents(path, &before, NULL, NULL));
	text = g_strconcat("local all shy scram-sha-256\n", before, NULL);
	/* In place, because its owner is the server's. */
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	cluster_halt(cluster);
	cluster_resume(cluster);
}

static int
start(void **state)
{
	g_autofree char *data = NULL;

	(void)state;
	cluster = cluster_start();
	ask_shy_for_a_password();
	assert_true(g_file_get_contents(TEST_SOURCE_DIR "/console/scripts/data.sql", &data, NULL, NULL));
	cluster_database_with_schema(cluster, DATABASE);
	cluster_execute(cluster, DATABASE, data);
	cluster_database(cluster, "empty");
	cluster_database_with_schema(cluster, "bent");
	cluster_execute(cluster, "bent", data);
	cluster_execute(cluster, "bent",
	    "ALTER TABLE users RENAME display_name TO full_name; ALTER TABLE posts DROP COLUMN excerpt;"
	    "ALTER TABLE posts ALTER COLUMN slug DROP NOT NULL;"
	    "ALTER TABLE outbox_messages DROP COLUMN occurred_at");
	cluster_execute(cluster, "postgres",
	    "CREATE ROLE shy LOGIN PASSWORD '" PASSWORD "'; CREATE ROLE locked NOLOGIN;"
	    "CREATE ROLE reader LOGIN");
	cluster_export(cluster, DATABASE);
	fingerprint = take_fingerprint();
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&fingerprint, g_free);
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

/* All of them, or those whose names hold the word that is given. */
int
main(int argc, char **argv)
{
	g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));

	for (const BadInput *input = bad_inputs; input->name != NULL; input++) {
		struct CMUnitTest test = { .name = input->name,
			.test_func = it_is_one_sentence_and_changes_nothing,
			.initial_state = (void *)(uintptr_t)input };

		if (argc == 1 || strstr(input->name, argv[1]) != NULL)
			g_array_append_val(tests, test);
	}
	return _cmocka_run_group_tests(
	    "bad_input", (const struct CMUnitTest *)tests->data, tests->len, start, stop);
}
