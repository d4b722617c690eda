#include "base/log.h"
#include "base/error.h"
#include "base/timestamp.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#define THREADS 4
#define LINES_EACH 500
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

typedef struct Fixture {
	char *folder;
	char *path;
} Fixture;

static int
make_folder(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->folder = g_dir_make_tmp("signalbox-log-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "state", "log", NULL);
	*state = fixture;
	return fixture->folder == NULL;
}

static int
remove_folder(void **state)
{
	Fixture *fixture = *state;
	g_autofree char *rotated = g_strconcat(fixture->path, ".1", NULL);
	g_autofree char *inner = g_path_get_dirname(fixture->path);

	log_close();
	g_unlink(fixture->path);
	g_unlink(rotated);
	g_rmdir(inner);
	g_rmdir(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->folder);
	g_free(fixture);
	return 0;
}

static char *
read_text(const char *path)
{
	char *text = NULL;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

/* What follows the time: that one is never the same. */
static char *
read_only_line(const Fixture *fixture)
{
	g_autofree char *text = read_text(fixture->path);
	char *level = strstr(text, ",\"level\":");

	assert_non_null(level);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	return g_strndup(level + 1, strlen(level) - 2);
}

static void
open_log(const Fixture *fixture)
{
	g_autoptr(GError) error = NULL;

	assert_true(log_open(fixture->path, &error));
	assert_null(error);
}

static void
an_event_is_one_json_line_with_its_fields_in_order(void **state)
{
	open_log(*state);
	log_event("info", "command.done", "resource", "outbox", "verb", "retry", "key", NULL, NULL);
	g_autofree char *line = read_only_line(*state);
	assert_string_equal(line,
	    "\"level\":\"info\",\"event\":\"command.done\",\"resource\":\"outbox\","
	    "\"verb\":\"retry\",\"key\":null}");
}

static void
a_line_begins_with_the_time_in_utc(void **state)
{
	const Fixture *fixture = *state;
	Timestamp before = timestamp_now(), logged;

	open_log(fixture);
	log_event("info", "tick", NULL);
	g_autofree char *text = read_text(fixture->path);
	assert_true(g_str_has_prefix(text, "{\"time\":\""));
	g_autofree char *time = g_strndup(text + 9, strcspn(text + 9, "\""));
	assert_true(g_str_has_suffix(time, "Z"));
	assert_true(timestamp_parse(time, 0, &logged));
	assert_true(logged >= before && logged <= timestamp_now());
}

static void
hostile_values_are_escaped(void **state)
{
	static const struct {
		const char *value;
		const char *expected;
	} cases[] = {
		{ "say \"hi\" \\", "say \\\"hi\\\" \\\\" },
		{ "a\nb\tc", "a\\nb\\tc" },
		{ "\x1b[2J\r\x7f", "\\u001b[2J\\u000d\\u007f" },
		{ "\xc2\x9b", "\\u009b" },
		{ "\u2028\u2029", "\\u2028\\u2029" },
		{ "\u202e\u200b\ufeff", "\\u202e\\u200b\\ufeff" },
		{ "\U000e0041", "\\udb40\\udc41" },
		{ "\xff\xc3", "\\\\xff\\\\xc3" },
		{ "Grüße 日本 🚀", "Grüße 日本 🚀" },
	};
	const Fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *expected = g_strdup_printf("\"v\":\"%s\"}", cases[i].expected);

		g_unlink(fixture->path);
		open_log(fixture);
		log_event("info", "e", "v", cases[i].value, NULL);
		g_autofree char *line = read_only_line(fixture);
		assert_true(g_str_has_suffix(line, expected));
	}
}

static void
the_log_and_its_folder_are_private(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *folder = g_path_get_dirname(fixture->path);
	struct stat status;

	open_log(fixture);
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(stat(folder, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);

	assert_int_equal(chmod(fixture->path, 0644), 0);
	open_log(fixture);
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void
a_log_is_appended_to(void **state)
{
	const Fixture *fixture = *state;

	open_log(fixture);
	log_event("info", "first", NULL);
	open_log(fixture);
	log_event("info", "second", NULL);
	g_autofree char *text = read_text(fixture->path);
	assert_non_null(strstr(text, "first\"}\n{"));
	assert_true(g_str_has_suffix(text, "\"event\":\"second\"}\n"));
}

static void
a_reopened_log_goes_on_in_a_new_file(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *rotated = g_strconcat(fixture->path, ".1", NULL);

	open_log(fixture);
	log_event("info", "before", NULL);
	assert_int_equal(g_rename(fixture->path, rotated), 0);
	log_reopen();
	log_event("info", "after", NULL);

	g_autofree char *old = read_text(rotated);
	g_autofree char *fresh = read_only_line(fixture);
	assert_true(g_str_has_suffix(old, "\"event\":\"before\"}\n"));
	assert_string_equal(fresh, "\"level\":\"info\",\"event\":\"after\"}");
}

static void
a_reopen_that_fails_keeps_the_old_file(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *rotated = g_strconcat(fixture->path, ".1", NULL);

	open_log(fixture);
	assert_int_equal(g_rename(fixture->path, rotated), 0);
	assert_int_equal(g_mkdir(fixture->path, 0700), 0);
	log_reopen();
	log_event("info", "still here", NULL);
	assert_int_equal(g_rmdir(fixture->path), 0);
	g_autofree char *text = read_text(rotated);
	assert_true(g_str_has_suffix(text, "\"event\":\"still here\"}\n"));
}

static void
a_closed_log_takes_nothing(void **state)
{
	const Fixture *fixture = *state;

	log_event("info", "too early", NULL);
	log_reopen();
	assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
	open_log(fixture);
	log_close();
	log_event("info", "too late", NULL);
	log_reopen();
	g_autofree char *text = read_text(fixture->path);
	assert_string_equal(text, "");
}

static void
messages_of_glib_go_to_the_log(void **state)
{
	open_log(*state);
	g_debug("not asked for");
	g_message("%s is \"odd\"", "it");
	g_autofree char *line = read_only_line(*state);
	assert_string_equal(line,
	    "\"level\":\"notice\",\"event\":\"log\",\"domain\":\"signalbox\","
	    "\"message\":\"it is \\\"odd\\\"\"}");
}

static void
a_log_that_cannot_be_opened_is_an_error_with_its_name(void **state)
{
	static const char *const paths[] = { "/dev/null/log", "/proc/no/log", "/" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		g_autoptr(GError) error = NULL;

		assert_false(log_open(paths[i], &error));
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		assert_non_null(strstr(error->message, "'/"));
	}
}

static void
a_pipe_without_a_reader_does_not_hang_the_program(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *folder = g_path_get_dirname(fixture->path);
	g_autoptr(GError) error = NULL;

	assert_int_equal(g_mkdir(folder, 0700), 0);
	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	assert_false(log_open(fixture->path, &error));
	assert_true(sb_error_is(error, SB_ERROR_USAGE));
}

static void
a_full_disk_loses_lines_and_keeps_errno(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	if (!log_open("/dev/full", &error))
		skip();
	errno = EDOM;
	log_event("info", "lost", NULL);
	assert_int_equal(errno, EDOM);
}

static void *
log_many(void *data)
{
	for (int i = 0; i < LINES_EACH; i++)
		log_event("info", "many", "who", data, NULL);
	return NULL;
}

static void
threads_never_mix_their_lines(void **state)
{
	char names[THREADS][8] = { "one", "two", "three", "four" };
	const Fixture *fixture = *state;
	pthread_t threads[THREADS];
	int whole = 0;

	open_log(fixture);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, log_many, names[i]), 0);
	for (int i = 0; i < LINES_EACH; i++)
		log_reopen();
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	g_autofree char *text = read_text(fixture->path);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (; lines[whole] != NULL && *lines[whole] != '\0'; whole++) {
		assert_true(g_str_has_prefix(lines[whole], "{\"time\":\""));
		assert_true(g_str_has_suffix(lines[whole], "\"}"));
	}
	assert_int_equal(whole, THREADS * LINES_EACH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_event_is_one_json_line_with_its_fields_in_order),
		IN_FOLDER(a_line_begins_with_the_time_in_utc),
		IN_FOLDER(hostile_values_are_escaped),
		IN_FOLDER(the_log_and_its_folder_are_private),
		IN_FOLDER(a_log_is_appended_to),
		IN_FOLDER(a_reopened_log_goes_on_in_a_new_file),
		IN_FOLDER(a_reopen_that_fails_keeps_the_old_file),
		IN_FOLDER(a_closed_log_takes_nothing),
		IN_FOLDER(messages_of_glib_go_to_the_log),
		IN_FOLDER(a_log_that_cannot_be_opened_is_an_error_with_its_name),
		IN_FOLDER(a_pipe_without_a_reader_does_not_hang_the_program),
		IN_FOLDER(a_full_disk_loses_lines_and_keeps_errno),
		IN_FOLDER(threads_never_mix_their_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
