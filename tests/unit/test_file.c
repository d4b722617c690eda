#include "base/file.h"
#include "base/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <signal.h>
#include <unistd.h>
#include <cmocka.h>

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

typedef struct Fixture {
	char *folder;
	char *path;
} Fixture;

static int
make_folder(void **state)
{
	Fixture *fixture = g_new0(Fixture, 1);

	fixture->folder = g_dir_make_tmp("signalbox-file-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "some file", NULL);
	*state = fixture;
	return fixture->folder == NULL;
}

static void
remove_tree(const char *path)
{
	g_autoptr(GDir) folder = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *inner = g_build_filename(path, name, NULL);
		remove_tree(inner);
	}
	g_remove(path);
}

static int
remove_folder(void **state)
{
	Fixture *fixture = *state;

	remove_tree(fixture->folder);
	g_free(fixture->path);
	g_free(fixture->folder);
	g_free(fixture);
	return 0;
}

static unsigned
count_files(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	unsigned count = 0;

	while (g_dir_read_name(dir) != NULL)
		count++;
	return count;
}

static void
put_file(const char *path, const char *text, mode_t mode)
{
	assert_true(g_file_set_contents(path, text, -1, NULL));
	assert_int_equal(chmod(path, mode), 0);
}

static void
assert_read_fails(const char *path, gsize limit, bool private_only, SbErrorCode code)
{
	g_autoptr(GError) error = NULL;
	char *text = NULL;
	gsize size = 42;

	assert_false(file_read(path, limit, private_only, &text, &size, &error));
	assert_true(sb_error_is(error, code));
	assert_non_null(strstr(error->message, path));
	assert_null(text);
	assert_int_equal(size, 42);
}

static void
what_is_written_is_read_back_with_its_nuls(void **state)
{
	const Fixture *fixture = *state;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	gsize size;

	assert_true(file_write_atomically(fixture->path, "a\0b\n", 4, &error));
	assert_true(file_read(fixture->path, 4, true, &text, &size, &error));
	assert_int_equal(size, 4);
	assert_memory_equal(text, "a\0b\n\0", 5);
}

static void
an_empty_file_is_an_empty_text(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *text = NULL;

	assert_true(file_write_atomically(fixture->path, NULL, 0, NULL));
	assert_true(file_read(fixture->path, 0, false, &text, NULL, NULL));
	assert_string_equal(text, "");
}

static void
a_large_file_comes_whole(void **state)
{
	const Fixture *fixture = *state;
	gsize size = 1000003, read_size;
	g_autofree char *big = g_malloc(size);
	g_autofree char *text = NULL;

	for (gsize i = 0; i < size; i++)
		big[i] = (char)(i * 31 % 251);
	assert_true(file_write_atomically(fixture->path, big, size, NULL));
	assert_true(file_read(fixture->path, FILE_SIZE_LIMIT, false, &text, &read_size, NULL));
	assert_int_equal(read_size, size);
	assert_memory_equal(text, big, size);
}

static void
a_missing_file_is_not_found(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *below = g_build_filename(fixture->path, "below", NULL);

	assert_read_fails(fixture->path, 10, false, SB_ERROR_NOT_FOUND);
	put_file(fixture->path, "x", 0600);
	assert_read_fails(below, 10, false, SB_ERROR_NOT_FOUND);
}

static void
a_file_over_the_limit_is_refused(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *text = NULL;

	put_file(fixture->path, "12345", 0600);
	assert_read_fails(fixture->path, 4, false, SB_ERROR_USAGE);
	assert_true(file_read(fixture->path, 5, false, &text, NULL, NULL));
}

static void
a_file_that_hides_its_size_is_still_bounded(void **state)
{
	g_autofree char *text = NULL;
	gsize size;

	(void)state;
	if (g_access("/proc/self/stat", R_OK) != 0)
		skip();
	assert_true(file_read("/proc/self/stat", 4096, false, &text, &size, NULL));
	assert_true(size > 0);
	assert_read_fails("/proc/self/stat", 4, false, SB_ERROR_USAGE);
}

static void
what_is_no_regular_file_is_refused_without_waiting(void **state)
{
	const Fixture *fixture = *state;

	assert_read_fails(fixture->folder, 10, false, SB_ERROR_USAGE);
	assert_read_fails("/dev/zero", 10, false, SB_ERROR_USAGE);
	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	assert_read_fails(fixture->path, 10, false, SB_ERROR_USAGE);
}

static void
a_private_file_must_not_be_writable_by_others(void **state)
{
	static const struct {
		mode_t mode;
		bool allowed;
	} cases[] = {
		{ 0600, true },
		{ 0644, true },
		{ 0620, false },
		{ 0602, false },
		{ 0666, false },
	};
	const Fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = NULL;

		put_file(fixture->path, "x", cases[i].mode);
		assert_true(file_read(fixture->path, 10, false, &text, NULL, NULL));
		if (!cases[i].allowed)
			assert_read_fails(fixture->path, 10, true, SB_ERROR_USAGE);
		g_clear_pointer(&text, g_free);
		assert_int_equal(file_read(fixture->path, 10, true, &text, NULL, NULL), cases[i].allowed);
	}
}

static void
a_private_file_must_not_be_somebody_elses(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *text = NULL;

	/* Only root can give a file away. */
	if (geteuid() != 0)
		skip();
	put_file(fixture->path, "x", 0600);
	assert_int_equal(chown(fixture->path, 65534, 65534), 0);
	assert_read_fails(fixture->path, 10, true, SB_ERROR_USAGE);
	assert_true(file_read(fixture->path, 10, false, &text, NULL, NULL));
}

static void
a_written_file_is_private_and_leaves_nothing_beside_it(void **state)
{
	const Fixture *fixture = *state;
	struct stat status;

	put_file(fixture->path, "old", 0644);
	assert_true(file_write_atomically(fixture->path, "new", 3, NULL));
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(count_files(fixture->folder), 1);
}

static void
a_reader_that_has_the_old_file_open_keeps_the_old_text(void **state)
{
	const Fixture *fixture = *state;
	char text[8] = "";

	put_file(fixture->path, "old", 0600);
	FILE *reader = fopen(fixture->path, "r");
	assert_non_null(reader);
	assert_true(file_write_atomically(fixture->path, "new!!", 5, NULL));
	assert_non_null(fgets(text, sizeof text, reader));
	fclose(reader);
	assert_string_equal(text, "old");
}

static void
a_write_that_fails_half_way_leaves_the_old_text_and_nothing_else(void **state)
{
	const Fixture *fixture = *state;
	static const char big[100000];
	struct rlimit before, tight;
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	put_file(fixture->path, "old", 0600);
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tight = (struct rlimit){ 50000, before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	bool written = file_write_atomically(fixture->path, big, sizeof big, &error);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, handler);

	assert_false(written);
	assert_true(sb_error_is(error, SB_ERROR_UNAVAILABLE));
	assert_int_equal(count_files(fixture->folder), 1);
	assert_true(file_read(fixture->path, 10, true, &text, NULL, NULL));
	assert_string_equal(text, "old");
}

static void
writing_into_a_missing_folder_or_over_a_folder_fails(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *missing = g_build_filename(fixture->folder, "none", "file", NULL);
	g_autoptr(GError) not_found = NULL;
	g_autoptr(GError) is_folder = NULL;

	assert_false(file_write_atomically(missing, "x", 1, &not_found));
	assert_true(sb_error_is(not_found, SB_ERROR_NOT_FOUND));
	assert_int_equal(g_mkdir(fixture->path, 0700), 0);
	assert_false(file_write_atomically(fixture->path, "x", 1, &is_folder));
	assert_true(sb_error_is(is_folder, SB_ERROR_USAGE));
	assert_int_equal(count_files(fixture->folder), 1);
}

static void
the_state_folder_is_made_private_on_first_use(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *home = g_build_filename(fixture->folder, "x", "state", NULL);
	g_autofree char *expected = g_build_filename(home, "signalbox", "history", NULL);
	g_autofree char *folder = g_path_get_dirname(expected);
	struct stat status;

	g_setenv("XDG_STATE_HOME", home, TRUE);
	g_autofree char *path = state_path("history");
	assert_string_equal(path, expected);
	assert_int_equal(stat(folder, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void
the_configuration_path_makes_nothing(void **state)
{
	const Fixture *fixture = *state;
	g_autofree char *expected = g_build_filename(fixture->folder, "signalbox", "config", NULL);

	g_setenv("XDG_CONFIG_HOME", fixture->folder, TRUE);
	g_autofree char *path = config_path("config");
	assert_string_equal(path, expected);
	assert_int_equal(count_files(fixture->folder), 0);
}

static void
without_an_absolute_variable_paths_lie_in_the_home(void **state)
{
	static const char *const useless[] = { NULL, "", "relative/path" };
	g_autofree char *expected =
	    g_build_filename(g_get_home_dir(), ".config", "signalbox", "config", NULL);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(useless); i++) {
		if (useless[i] == NULL)
			g_unsetenv("XDG_CONFIG_HOME");
		else
			g_setenv("XDG_CONFIG_HOME", useless[i], TRUE);
		g_autofree char *path = config_path("config");
		assert_string_equal(path, expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_written_is_read_back_with_its_nuls),
		IN_FOLDER(an_empty_file_is_an_empty_text),
		IN_FOLDER(a_large_file_comes_whole),
		IN_FOLDER(a_missing_file_is_not_found),
		IN_FOLDER(a_file_over_the_limit_is_refused),
		IN_FOLDER(a_file_that_hides_its_size_is_still_bounded),
		IN_FOLDER(what_is_no_regular_file_is_refused_without_waiting),
		IN_FOLDER(a_private_file_must_not_be_writable_by_others),
		IN_FOLDER(a_private_file_must_not_be_somebody_elses),
		IN_FOLDER(a_written_file_is_private_and_leaves_nothing_beside_it),
		IN_FOLDER(a_reader_that_has_the_old_file_open_keeps_the_old_text),
		IN_FOLDER(a_write_that_fails_half_way_leaves_the_old_text_and_nothing_else),
		IN_FOLDER(writing_into_a_missing_folder_or_over_a_folder_fails),
		IN_FOLDER(the_state_folder_is_made_private_on_first_use),
		IN_FOLDER(the_configuration_path_makes_nothing),
		IN_FOLDER(without_an_absolute_variable_paths_lie_in_the_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
