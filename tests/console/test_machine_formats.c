/*
 * What a machine reads: json by jansson, csv and tsv by a reader of their own rules. All formats of a list
 * hold the same values, whatever stands in them.
 */

#include "cluster.h"
#include "program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include <cmocka.h>

#define DATABASE "formats"
#define LIST "tables browse public.wild --order id --all --format "

static Cluster *cluster;

static const char schema[] =
    "CREATE TABLE wild (id integer PRIMARY KEY, text text, number numeric, whole bigint, truth boolean,"
    " at timestamptz, doc jsonb, bytes bytea, \"we\"\"ird, name\" text);"
    "INSERT INTO wild VALUES (1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
    " (2, '', 0, 0, false, '2024-01-01Z', '{}', '', ''),"
    " (3, 'plain', 12.50, 9223372036854775807, true, '2024-02-29 12:00:00.000001Z', '[1, null]', '\\x00ff', 'x'),"
    " (4, 'a,b;c', -0.001, -9223372036854775808, true, '2024-02-29Z', '\"text\"', '\\x2c', '\"'),"
    " (5, 'say \"hi\"', 123456789.125, 1, true, NULL, 'null', '\\x22', 'it''s'),"
    " (6, E'two\\nlines\\r\\nand\\ttabs', 1, 1, true, NULL, '1.5', '\\x0a', E'\\n'),"
    " (7, E'back\\\\slash \\\\N \\\\t', 1, 1, true, NULL, 'true', '\\x5c4e', E'\\\\'),"
    " (8, E'\\001\\033[31m\\177', 1, 1, true, NULL, '{\"a\": \"\\u00e9\"}', NULL, E'\\t'),"
    " (9, '日本 é 🚂 ' || chr(8238) || chr(65279), 1, 1, true, NULL, NULL, NULL, ' lead and trail '),"
    " (10, 'NULL', 'NaN', 1, true, NULL, NULL, NULL, '\\N'),"
    " (11, '=1+1', 'Infinity', 1, true, 'infinity', NULL, NULL, '-5')";

static char *
output_of(const char *line)
{
	g_auto(ProgramResult) result = program_line(line);

	if (result.exit_code != 0)
		fail_msg("'%s' ends with %d: %s", line, result.exit_code, result.err);
	assert_string_equal(result.err, "");
	return g_steal_pointer(&result.out);
}

/* Rows of cells; a cell is NULL, or its text. The first row is the header. */
static void
row_free(gpointer row)
{
	g_ptr_array_unref(row);
}

/* RFC 4180, where an unquoted empty field is null and a quoted one is an empty text. */
static GPtrArray *
read_csv(const char *text)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
	GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
	GString *cell = g_string_new(NULL);
	bool quoted = false;

	while (*text != '\0') {
		if (*text == '"') {
			quoted = true;
			for (text++; text[0] != '"' || text[1] == '"'; text++) {
				assert_int_not_equal(*text, '\0');
				g_string_append_c(cell, *text);
				text += *text == '"';
			}
			text++;
		}
		while (*text != ',' && *text != '\n' && *text != '\0') {
			assert_false(quoted);
			g_string_append_c(cell, *text++);
		}
		g_ptr_array_add(row, cell->len > 0 || quoted ? g_strdup(cell->str) : NULL);
		g_string_truncate(cell, 0);
		quoted = false;
		if (*text == '\n') {
			g_ptr_array_add(rows, row);
			row = g_ptr_array_new_with_free_func(g_free);
		}
		text += *text != '\0';
	}
	assert_int_equal(row->len, 0);
	g_ptr_array_unref(row);
	g_string_free(cell, TRUE);
	return rows;
}

static char *
unescape(const char *field)
{
	GString *text = g_string_new(NULL);

	if (strcmp(field, "\\N") == 0) {
		g_string_free(text, TRUE);
		return NULL;
	}
	for (; *field != '\0'; field++) {
		if (*field != '\\') {
			g_string_append_c(text, *field);
			continue;
		}
		switch (*++field) {
		case 't': g_string_append_c(text, '\t'); break;
		case 'n': g_string_append_c(text, '\n'); break;
		case 'r': g_string_append_c(text, '\r'); break;
		case '\\': g_string_append_c(text, '\\'); break;
		default: fail_msg("'\\%c' is no escape", *field);
		}
	}
	return g_string_free(text, FALSE);
}

static GPtrArray *
read_tsv(const char *text)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; line[1] != NULL; line++) {
		GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
		g_auto(GStrv) fields = g_strsplit(*line, "\t", -1);

		for (char **field = fields; *field != NULL; field++)
			g_ptr_array_add(row, unescape(*field));
		g_ptr_array_add(rows, row);
	}
	return rows;
}

static json_t *
parse(const char *text)
{
	json_error_t error;
	json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (value == NULL)
		fail_msg("no json at line %d, column %d: %s\n%s", error.line, error.column, error.text, text);
	return value;
}

/* A json value as the text that csv has for it. */
static char *
text_of(const json_t *value)
{
	if (json_is_null(value))
		return NULL;
	if (json_is_string(value))
		return g_strndup(json_string_value(value), json_string_length(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "true" : "false");
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}

/* What json reads differently on purpose: a json column is json inside, and a number is a number. */
static bool
is_same(const char *column, const char *cell, const json_t *value)
{
	g_autofree char *text = text_of(value);

	if (cell == NULL || json_is_null(value))
		return (cell == NULL) == json_is_null(value) || strcmp(column, "doc") == 0;
	if (strcmp(column, "doc") == 0) {
		json_t *inside = json_loads(cell, JSON_DECODE_ANY, NULL);
		bool same = inside != NULL && json_equal(inside, value);

		json_decref(inside);
		return same;
	}
	if (json_is_real(value))
		return g_ascii_strtod(cell, NULL) == json_real_value(value);
	return strcmp(cell, text) == 0;
}

static void
assert_same_rows(const GPtrArray *rows, json_t *objects)
{
	const GPtrArray *header = rows->pdata[0];

	assert_int_equal(rows->len - 1, json_array_size(objects));
	for (guint i = 1; i < rows->len; i++) {
		const GPtrArray *row = rows->pdata[i];
		json_t *object = json_array_get(objects, i - 1);

		assert_int_equal(row->len, header->len);
		assert_int_equal(json_object_size(object), header->len);
		for (guint c = 0; c < header->len; c++) {
			json_t *value = json_object_get(object, header->pdata[c]);

			if (value == NULL || !is_same(header->pdata[c], row->pdata[c], value))
				fail_msg("row %u has another '%s': '%s'", i, (char *)header->pdata[c],
				    (char *)row->pdata[c]);
		}
	}
}

static void
json_is_one_array_of_objects_with_the_types_of_the_columns(void **state)
{
	g_autofree char *text = output_of(LIST "json");
	json_t *rows = parse(text);
	const json_t *third = json_array_get(rows, 2);
	const json_t *tenth = json_array_get(rows, 9);

	(void)state;
	assert_int_equal(json_array_size(rows), 11);
	assert_true(json_is_integer(json_object_get(third, "id")));
	assert_true(json_is_string(json_object_get(third, "text")));
	assert_true(json_is_real(json_object_get(third, "number")));
	assert_int_equal(json_integer_value(json_object_get(third, "whole")), INT64_MAX);
	assert_true(json_is_true(json_object_get(third, "truth")));
	assert_string_equal(json_string_value(json_object_get(third, "at")), "2024-02-29T12:00:00.000001Z");
	assert_true(json_is_array(json_object_get(third, "doc")));
	assert_string_equal(json_string_value(json_object_get(third, "bytes")), "\\x00ff");
	/* json has no such number. */
	assert_string_equal(json_string_value(json_object_get(tenth, "number")), "NaN");
	assert_true(json_is_null(json_object_get(json_array_get(rows, 0), "text")));
	assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 1), "text")), "");
	json_decref(rows);
}

static void
jsonl_is_one_object_a_line(void **state)
{
	g_autofree char *text = output_of(LIST "jsonl");
	g_autofree char *array = output_of(LIST "json");
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	json_t *rows = parse(array);
	size_t count = 0;

	(void)state;
	for (; lines[count + 1] != NULL; count++) {
		json_t *row = parse(lines[count]);

		assert_true(json_equal(row, json_array_get(rows, count)));
		json_decref(row);
	}
	assert_int_equal(count, json_array_size(rows));
	assert_string_equal(lines[count], "");
	json_decref(rows);
}

static void
csv_holds_what_json_holds(void **state)
{
	g_autofree char *csv = output_of(LIST "csv");
	g_autofree char *json = output_of(LIST "json");
	g_autoptr(GPtrArray) rows = read_csv(csv);
	json_t *objects = parse(json);

	(void)state;
	assert_same_rows(rows, objects);
	json_decref(objects);
}

static void
tsv_holds_what_json_holds(void **state)
{
	g_autofree char *tsv = output_of(LIST "tsv");
	g_autofree char *json = output_of(LIST "json");
	g_autoptr(GPtrArray) rows = read_tsv(tsv);
	json_t *objects = parse(json);

	(void)state;
	assert_same_rows(rows, objects);
	json_decref(objects);
}

/* The server reads back what it wrote. */
static void
csv_and_tsv_are_what_copy_reads(void **state)
{
	static const struct {
		const char *format;
		const char *options;
	} cases[] = {
		{ "csv", "FORMAT csv, HEADER" },
		{ "tsv", "FORMAT text, HEADER" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *line = g_strconcat(LIST, cases[i].format, NULL);
		g_autofree char *text = output_of(line);
		g_autofree char *path = g_build_filename(cluster_host(cluster), "data", "copied", NULL);
		g_autofree char *sql = g_strdup_printf(
		    "CREATE TABLE back (LIKE wild); COPY back FROM '%s' WITH (%s)", path, cases[i].options);
		g_autofree char *difference = NULL;

		assert_true(
		    g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL));
		cluster_execute(cluster, DATABASE, sql);
		difference = cluster_query_text(cluster, DATABASE,
		    "SELECT id FROM ((TABLE back EXCEPT TABLE wild) UNION ALL (TABLE wild EXCEPT TABLE back)) d");
		assert_string_equal(difference, "");
		cluster_execute(cluster, DATABASE, "DROP TABLE back");
	}
}

static void
an_empty_list_is_an_empty_array(void **state)
{
	g_autofree char *json = output_of("tables browse public.wild id=0 --format json");
	g_autofree char *jsonl = output_of("tables browse public.wild id=0 --format jsonl");
	json_t *rows = parse(json);

	(void)state;
	assert_true(json_is_array(rows));
	assert_int_equal(json_array_size(rows), 0);
	assert_string_equal(jsonl, "");
	json_decref(rows);
}

/* A failure in the middle still leaves json that can be read, and an exit code that says so. */
static void
json_is_closed_when_a_stream_breaks(void **state)
{
	g_auto(ProgramResult) result = program_line(
	    "sql 'select n, 100 / (n - 500) as broken from generate_series(1, 1000) n' --limit 1000 --format json");

	(void)state;
	assert_int_equal(result.exit_code, 2);
	json_decref(parse(*result.out != '\0' ? result.out : "[]"));
}

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	cluster_execute(cluster, DATABASE, schema);
	cluster_export(cluster, DATABASE);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_one_array_of_objects_with_the_types_of_the_columns),
		cmocka_unit_test(jsonl_is_one_object_a_line),
		cmocka_unit_test(csv_holds_what_json_holds),
		cmocka_unit_test(tsv_holds_what_json_holds),
		cmocka_unit_test(csv_and_tsv_are_what_copy_reads),
		cmocka_unit_test(an_empty_list_is_an_empty_array),
		cmocka_unit_test(json_is_closed_when_a_stream_breaks),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
