#include "persistence/migrations/migration_files.h"

#include "base/error.h"
#include "base/text.h"
#include "infrastructure/session.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

static int
make_folder(void **state)
{
	*state = g_dir_make_tmp("signalbox-migrations-XXXXXX", NULL);
	return *state == NULL;
}

static int
remove_folder(void **state)
{
	g_autofree char *folder = *state;
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(entries)) != NULL) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_remove(path);
	}
	return g_rmdir(folder);
}

static void
write_file(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);

	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static GPtrArray *
read_files(const char *folder)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *files = NULL;

	if (!migration_files_read(folder, &files, &error))
		fail_msg("%s", error->message);
	return files;
}

static const char *
name_at(const GPtrArray *files, guint index)
{
	assert_true(index < files->len);
	return ((const MigrationFile *)g_ptr_array_index(files, index))->name;
}

static void
embedded_files_come_in_order_and_begin_with_the_history(void **state)
{
	g_autoptr(GPtrArray) files = read_files(NULL);

	(void)state;
	assert_true(files->len >= 9);
	for (guint i = 1; i < files->len; i++)
		assert_true(strcmp(name_at(files, i - 1), name_at(files, i)) < 0);
	assert_non_null(strstr(((const MigrationFile *)g_ptr_array_index(files, 0))->sql,
	    "CREATE TABLE IF NOT EXISTS signalbox_migrations"));
}

static void
a_folder_gives_its_sql_files_in_bytewise_order(void **state)
{
	const char *folder = *state;

	write_file(folder, "b.sql", "");
	write_file(folder, "B.sql", "");
	write_file(folder, "10.sql", "");
	write_file(folder, "9.sql", "");
	write_file(folder, "é .v2.sql", "");
	write_file(folder, "notes.txt", "");
	write_file(folder, ".#b.sql", "");
	write_file(folder, ".sql", "");
	g_autoptr(GPtrArray) files = read_files(folder);
	assert_int_equal(files->len, 5);
	assert_string_equal(name_at(files, 0), "10");
	assert_string_equal(name_at(files, 1), "9");
	assert_string_equal(name_at(files, 2), "B");
	assert_string_equal(name_at(files, 3), "b");
	assert_string_equal(name_at(files, 4), "é .v2");
	assert_non_null(migration_files_find(files, "é .v2"));
	assert_null(migration_files_find(files, "é .v2.sql"));
}

static void
line_ends_and_byte_order_marks_change_no_checksum(void **state)
{
	static const char *const same[] = { "SELECT 1;\n\nSELECT 2;\n", "SELECT 1;\r\n\r\nSELECT 2;\r\n",
		"\xEF\xBB\xBFSELECT 1;\n\r\nSELECT 2;\n" };
	static const char *const different[] = { "SELECT 1;\n\nSELECT 2;", "SELECT 1;\r\r\nSELECT 2;\n",
		"SELECT 1;\n\n\xEF\xBB\xBFSELECT 2;\n" };
	g_autoptr(MigrationFile) first = migration_file_new("a", same[0], strlen(same[0]));

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
		g_autoptr(MigrationFile) file = migration_file_new("a", same[i], strlen(same[i]));

		assert_string_equal(file->sql, same[0]);
		assert_string_equal(file->checksum, first->checksum);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(different); i++) {
		g_autoptr(MigrationFile) file = migration_file_new("a", different[i], strlen(different[i]));

		assert_string_not_equal(file->checksum, first->checksum);
	}
}

/* sha256sum of the four bytes "abc\n". */
static void
a_checksum_is_the_sha256_of_the_text(void **state)
{
	g_autoptr(MigrationFile) file = migration_file_new("a",
	    "\xEF\xBB\xBF"
	    "abc\r\n",
	    8);

	(void)state;
	assert_string_equal(
	    file->checksum, "edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb");
}

static void
a_checksum_covers_what_stands_behind_a_nul(void **state)
{
	g_autoptr(MigrationFile) first = migration_file_new("a", "SELECT 1;\0a", 11);
	g_autoptr(MigrationFile) second = migration_file_new("a", "SELECT 1;\0b", 11);

	(void)state;
	assert_int_equal(first->size, 11);
	assert_string_not_equal(first->checksum, second->checksum);
}

static void
a_name_that_is_not_printable_is_refused(void **state)
{
	static const char *const names[] = { "a\033[2J.sql", "a\nb.sql", "\xFF.sql", "a\u202Eb.sql",
		"(lock).sql" };
	const char *folder = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);
		g_autoptr(GPtrArray) files = NULL;
		g_autoptr(GError) error = NULL;

		write_file(folder, names[i], "");
		assert_false(migration_files_read(folder, &files, &error));
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_true(text_is_clean(error->message, -1));
		g_remove(path);
	}
}

static void
a_folder_that_is_missing_is_named(void **state)
{
	g_autoptr(GPtrArray) files = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(migration_files_read("/no/such/folder", &files, &error));
	assert_true(sb_error_is(error, SB_ERROR_NOT_FOUND));
	assert_non_null(strstr(error->message, "/no/such/folder"));
}

static void
embedded_names_complete_without_a_connection(void **state)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func(g_free);

	(void)state;
	embedded_migration_names("", all);
	embedded_migration_names("20260902_", one);
	embedded_migration_names("x", none);
	assert_true(all->len >= 9);
	assert_int_equal(one->len, 1);
	assert_string_equal(g_ptr_array_index(one, 0), "20260902_CreateAuditAndIdempotency");
	assert_int_equal(none->len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(embedded_files_come_in_order_and_begin_with_the_history),
		IN_FOLDER(a_folder_gives_its_sql_files_in_bytewise_order),
		cmocka_unit_test(line_ends_and_byte_order_marks_change_no_checksum),
		cmocka_unit_test(a_checksum_is_the_sha256_of_the_text),
		cmocka_unit_test(a_checksum_covers_what_stands_behind_a_nul),
		IN_FOLDER(a_name_that_is_not_printable_is_refused),
		cmocka_unit_test(a_folder_that_is_missing_is_named),
		cmocka_unit_test(embedded_names_complete_without_a_connection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
