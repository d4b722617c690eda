/*
 * Runs every scripts/NAME.sbx against a fresh database with the reference schema and scripts/data.sql, and
 * compares what each command says with what the script expects. With SIGNALBOX_UPDATE_EXPECTED=1 in the
 * environment the scripts are rewritten with what the commands said. Lines of a script:
 *
 *   # …        a comment
 *   % NAME=V   an environment variable for the commands from here on
 *   $ …        a command line, in a shell's quoting; ${name} is what was remembered
 *   > …        a line of its standard input
 *   = name     remembers the first line of its output; `= name --after` the word behind --after in its
 *              narration
 *   …          a line of its output; a leading \ hides one of these signs, and ends an empty last line
 *   ! …        a line of its error stream
 *   ? N        its exit code, unless 0
 *
 * Commands run in a copy of scripts/files. What differs from run to run is masked: <uuid>, <time>, <cursor>,
 * …
 */

#include "cluster.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SCRIPTS TEST_SOURCE_DIR "/console/scripts"
#define SIGNS "#%$>=!?\\"

static Cluster *cluster;

typedef struct Mask {
	const char *pattern;
	const char *replacement;
} Mask;

static const Mask masks[] = {
	{ "\\b(?!01900000-)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uuid>" },
	{ "\\b(?!2024)\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00)", "<time>" },
	{ "\\b[0-9a-f]{64}\\b", "<hash>" },
	{ "(--(?:after|before)) [^\\s;]+", "\\1 <cursor>" },
	{ "(\"version\":\"|^version +|is at version ')\\d+", "\\1<version>" },
	{ "\\d+ a second, \\d+m?s left", "<rate>" },
	{ "\\d+ a second$", "<rate>" },
	{ " in <?\\d+m?s$", " in <duration>" },
	{ "(xmin.*\\$\\d = ')\\d+'$", "\\1<version>'" },
};

/* A script that is being replayed: what it becomes when every expectation is what the commands said. */
typedef struct Replay {
	const char *database;
	char **env;
	GHashTable *remembered;
	GString *text;
	/* The command that is being read. */
	char *line;
	GString *input;
	GPtrArray *remembers; /* of char *, "name" or "name --after" */
} Replay;

static char *
mask(const char *text)
{
	char *masked = g_strdup(text);
	bool has_time = false;

	for (gsize i = 0; i < G_N_ELEMENTS(masks); i++) {
		g_autoptr(GRegex) regex = g_regex_new(masks[i].pattern, G_REGEX_MULTILINE, 0, NULL);
		char *next = g_regex_replace(regex, masked, -1, 0, masks[i].replacement, 0, NULL);

		has_time |= i == 1 && strcmp(next, masked) != 0;
		g_free(masked);
		masked = next;
	}
	/* The server writes a time with as many digits as it takes, and columns are as wide as that. */
	if (has_time) {
		g_autoptr(GRegex) gaps = g_regex_new(" {2,}", 0, 0, NULL);
		char *next = g_regex_replace(gaps, masked, -1, 0, "  ", 0, NULL);

		g_free(masked);
		masked = next;
	}
	return masked;
}

static char *
hide_places(const char *text)
{
	g_auto(GStrv) host = g_strsplit(text, cluster_host(cluster), -1);
	g_autofree char *hidden = g_strjoinv("<host>", host);
	g_auto(GStrv) folder = g_strsplit(hidden, program_folder(), -1);

	return g_strjoinv("<folder>", folder);
}

/* What would be read as something else: a sign, or an empty line before the next command. */
static bool
needs_hiding(char *const *line)
{
	if (**line == '\0')
		return line[1] != NULL && *line[1] == '\0' && line[2] == NULL;
	return strchr(SIGNS, **line) != NULL;
}

static void
append_lines(GString *out, const char *prefix, const char *raw)
{
	g_autofree char *hidden = hide_places(raw);
	g_autofree char *text = mask(hidden);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (guint i = 0; lines[i] != NULL; i++) {
		if (lines[i + 1] == NULL && *lines[i] == '\0')
			break;
		if (*prefix == '\0' && needs_hiding(lines + i))
			g_string_append_c(out, '\\');
		g_string_append_printf(out, "%s%s%s\n", prefix, lines[i],
		    lines[i + 1] == NULL ? " (without an end of line)" : "");
	}
}

static char *
fill_in(const Replay *self, const char *line)
{
	g_autoptr(GString) filled = g_string_new(line);
	GHashTableIter iter;
	gpointer name, value;

	g_hash_table_iter_init(&iter, self->remembered);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		g_autofree char *place = g_strdup_printf("${%s}", (char *)name);

		g_string_replace(filled, place, value, 0);
	}
	return g_string_free(g_steal_pointer(&filled), FALSE);
}

/* The first line of the output, or the word behind `option` in the narration. */
static char *
part_of(const ProgramResult *result, const char *option)
{
	const char *start = result->out;

	if (option != NULL) {
		start = strstr(result->err, option);
		start = start != NULL ? start + strlen(option) + 1 : "";
	}
	return g_strndup(start, strcspn(start, option != NULL ? " ;\n" : "\n"));
}

static void
remember(Replay *self, const ProgramResult *result)
{
	for (guint i = 0; i < self->remembers->len; i++) {
		g_auto(GStrv) words = g_strsplit(self->remembers->pdata[i], " ", 2);

		g_hash_table_insert(self->remembered, g_strdup(words[0]), part_of(result, words[1]));
	}
}

static void
run_command(Replay *self)
{
	g_autofree char *line = fill_in(self, self->line);
	g_auto(GStrv) words = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_shell_parse_argv(line, NULL, &words, &error))
		fail_msg("'%s': %s", line, error->message);
	g_auto(ProgramResult) result = program_run(&(ProgramOptions){ .words = (const char *const *)words,
	    .env = (const char *const *)self->env,
	    .input = self->input->str,
	    .cwd = program_folder() });

	remember(self, &result);
	append_lines(self->text, "", result.out);
	append_lines(self->text, "! ", result.err);
	if (result.exit_code != 0)
		g_string_append_printf(self->text, "? %d\n", result.exit_code);
}

static void
end_command(Replay *self)
{
	if (self->line == NULL)
		return;
	run_command(self);
	g_clear_pointer(&self->line, g_free);
	g_string_truncate(self->input, 0);
	g_ptr_array_set_size(self->remembers, 0);
}

static void
add_environment(Replay *self, const char *setting)
{
	guint count = g_strv_length(self->env);

	self->env = g_renew(char *, self->env, count + 2);
	self->env[count] = g_strdup(setting);
	self->env[count + 1] = NULL;
}

static const char *
value_of(const char *line)
{
	return line[1] == ' ' ? line + 2 : line + 1;
}

/* True for a line that the author wrote; what the commands said is dropped, and said again. */
static bool
take_line(Replay *self, const char *line, bool blank_before)
{
	switch (*line) {
	case '#':
	case '%':
	case '$':
		end_command(self);
		if (blank_before)
			g_string_append_c(self->text, '\n');
		if (*line == '%')
			add_environment(self, value_of(line));
		if (*line == '$')
			self->line = g_strdup(value_of(line));
		return true;
	case '>': g_string_append_printf(self->input, "%s\n", value_of(line)); return true;
	case '=': g_ptr_array_add(self->remembers, g_strdup(value_of(line))); return true;
	default: return false;
	}
}

static void
replay(Replay *self, const char *script)
{
	g_auto(GStrv) lines = g_strsplit(script, "\n", -1);
	bool blank = false;

	for (char **line = lines; *line != NULL; line++) {
		if (take_line(self, *line, blank))
			g_string_append_printf(self->text, "%s\n", *line);
		blank = **line == '\0';
	}
	end_command(self);
}

static void
copy_files(void)
{
	const char *source = SCRIPTS "/files";
	g_autoptr(GDir) folder = g_dir_open(source, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_build_filename(source, name, NULL);
		g_autofree char *text = NULL;

		if (!g_file_get_contents(path, &text, NULL, NULL))
			fail_msg("'%s' can't be read", path);
		g_free(program_file(name, text));
	}
}

static void
show_difference(const char *path, const char *actual)
{
	g_autofree char *actual_path = program_file("actual", actual);
	char *argv[] = { (char[]){ "diff" }, (char[]){ "-u" }, (char *)(uintptr_t)path, actual_path, NULL };
	g_autofree char *difference = NULL;

	g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &difference, NULL, NULL, NULL);
	print_error("%s\n", difference != NULL ? difference : actual);
	fail_msg("'%s' says something else now; SIGNALBOX_UPDATE_EXPECTED=1 rewrites it", path);
}

static void
compare(const char *path, const char *expected, const char *actual)
{
	if (strcmp(expected, actual) == 0)
		return;
	if (g_strcmp0(g_getenv("SIGNALBOX_UPDATE_EXPECTED"), "1") != 0)
		show_difference(path, actual);
	if (!g_file_set_contents(path, actual, -1, NULL))
		fail_msg("'%s' can't be rewritten", path);
}

static char *
read_text(const char *path)
{
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail_msg("'%s' can't be read", path);
	return text;
}

static void
a_script_says_what_it_says(void **state)
{
	const char *path = *state;
	g_autofree char *database = g_path_get_basename(path);
	g_autofree char *script = read_text(path);
	g_autofree char *data = read_text(SCRIPTS "/data.sql");
	Replay self = { .database = database,
		.env = g_new0(char *, 1),
		.remembered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.text = g_string_new(NULL),
		.input = g_string_new(NULL),
		.remembers = g_ptr_array_new_with_free_func(g_free) };

	cluster_database_with_schema(cluster, database);
	cluster_execute(cluster, database, data);
	cluster_export(cluster, database);
	copy_files();
	replay(&self, script);
	compare(path, script, self.text->str);
	cluster_drop_database(cluster, database);
	g_strfreev(self.env);
	g_hash_table_unref(self.remembered);
	g_string_free(self.text, TRUE);
	g_string_free(self.input, TRUE);
	g_ptr_array_unref(self.remembers);
}

static int
start_cluster(void **state)
{
	(void)state;
	cluster = cluster_start();
	return 0;
}

static int
stop_cluster(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
script_paths(void)
{
	GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) folder = g_dir_open(SCRIPTS, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		if (g_str_has_suffix(name, ".sbx"))
			g_ptr_array_add(paths, g_build_filename(SCRIPTS, name, NULL));
	}
	g_ptr_array_sort(paths, compare_paths);
	return paths;
}

/* All scripts, or those that are named. */
int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths = script_paths();
	g_autoptr(GArray) tests = g_array_new(FALSE, TRUE, sizeof(struct CMUnitTest));
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < paths->len; i++) {
		char *name = g_path_get_basename(paths->pdata[i]);
		struct CMUnitTest test = { .test_func = a_script_says_what_it_says,
			.initial_state = paths->pdata[i] };

		*strrchr(name, '.') = '\0';
		test.name = name;
		g_ptr_array_add(names, name);
		if (argc == 1 || g_strv_contains((const char *const *)argv + 1, name))
			g_array_append_val(tests, test);
	}
	if (tests->len == 0) {
		print_error("no script in '%s'\n", SCRIPTS);
		return 1;
	}
	return _cmocka_run_group_tests(
	    "scripts", (const struct CMUnitTest *)tests->data, tests->len, start_cluster, stop_cluster);
}
