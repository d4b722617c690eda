#include "application/arguments.h"
#include "application/registry.h"
#include "application/words.h"
#include "base/error.h"
#include "domain/values.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define OTHER_ID "01890a5d-ac96-774b-bcce-b302099a8058"
#define POST "posts add --author ada@example.org "

/* A command line as it is typed; `says` NULL: it is fine. */
typedef struct LineRow {
	const char *line;
	SbErrorCode code;
	const char *says;
	const char *stdin_text;
} LineRow;

static const char *stdin_text;

static bool
read_stdin(char **ret_text, GError **error)
{
	(void)error;
	*ret_text = g_strdup(stdin_text);
	return true;
}

/* What the pipeline does with a line before it opens a transaction. */
static bool
validate_line(const char *line, GError **error)
{
	g_autoptr(Registry) registry = registry_new();
	g_autoptr(GArray) words = NULL;
	g_autoptr(Arguments) arguments = NULL;
	g_autofree const char **texts = NULL;
	const CommandDef *def;
	size_t used;

	registry_add(registry, application_commands);
	assert_int_equal(words_split(line, &words), WORDS_COMPLETE);
	texts = words_texts(words);
	return registry_find(registry, texts, &def, &used, error) &&
	    arguments_parse(
		def, &g_array_index(words, Word, used), words->len - used, read_stdin, &arguments, error) &&
	    def->validate(arguments->values, error);
}

static void
assert_rows(const LineRow *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		g_autoptr(GError) error = NULL;
		bool done;

		stdin_text = rows[i].stdin_text;
		done = validate_line(rows[i].line, &error);
		if (done != (rows[i].says == NULL))
			fail_msg("%s: %s", rows[i].line, done ? "was taken" : error->message);
		if (rows[i].says == NULL)
			continue;
		if (!sb_error_is(error, rows[i].code) || strstr(error->message, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].line, error->message);
	}
}

static void
a_user_is_added_with_an_email_and_a_name(void **state)
{
	static const LineRow rows[] = {
		{ .line = "users add --email ada@example.org --name Ada" },
		{ .line = "users add --email ada@example.org --name Ada --role editor" },
		{ .line = "users add --email ada@example.org --name Ada --password-stdin",
		    .stdin_text = "12345678\n" },
		{ "users add --email ada --name Ada", SB_ERROR_VALIDATION, "email 'ada' has no '@'", NULL },
		{ "users add --email ada@example.org --name ' '", SB_ERROR_VALIDATION, "name '' is empty",
		    NULL },
		{ "users add --email ada@example.org --name Ada --role King", SB_ERROR_VALIDATION, "'King'",
		    NULL },
		{ "users add --email ada@example.org", SB_ERROR_USAGE, "--name", NULL },
		{ "users add --email ada@example.org --name Ada --password-stdin", SB_ERROR_VALIDATION,
		    "the password has 7 bytes", "1234567\n" },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

static void
a_password_has_8_to_1024_bytes_and_is_never_shown(void **state)
{
	static const char line[] = "users set-password ada@example.org --password-stdin";
	g_autofree char *longest = g_strnfill(1024, 'x');
	g_autofree char *longer = g_strnfill(1025, 'x');
	const LineRow rows[] = {
		{ .line = line, .stdin_text = longest },
		{ line, SB_ERROR_VALIDATION, "has 1025 bytes", longer },
		{ line, SB_ERROR_VALIDATION, "has 0 bytes", "\n" },
		{ "users set-password ada@example.org", SB_ERROR_USAGE, "--password-stdin", NULL },
	};
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
	stdin_text = "secret7";
	assert_false(validate_line(line, &error));
	assert_null(strstr(error->message, "secret7"));
}

static void
a_user_is_named_by_id_or_email_and_once(void **state)
{
	static const LineRow rows[] = {
		{ .line = "users deactivate " ID },
		{ .line = "users deactivate ada@example.org bob@example.org " ID },
		{ .line = "users activate root@intranet" },
		{ .line = "users deactivate -", .stdin_text = "ada@example.org\n" ID "\n" },
		{ "users deactivate ada", SB_ERROR_VALIDATION, "'ada' is neither an id nor an email", NULL },
		{ "users deactivate ada@example.org bob", SB_ERROR_VALIDATION, "'bob'", NULL },
		{ "users activate a@b.org A@B.org", SB_ERROR_USAGE, "user 'A@B.org' is named twice", NULL },
		{ "users deactivate -", SB_ERROR_USAGE, "is named twice", "a@b.org\na@b.org\n" },
		{ "users set-password ada --password-stdin", SB_ERROR_VALIDATION, "'ada'", "12345678" },
		{ "users deactivate", SB_ERROR_USAGE, "ID|EMAIL", NULL },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

static void
what_a_user_becomes_is_checked(void **state)
{
	static const LineRow rows[] = {
		{ .line = "users rename ada@example.org 'Ada King'" },
		{ .line = "users change-email " ID " ada@example.net" },
		{ .line = "users set-role " ID " admin" },
		{ "users rename ada@example.org ''", SB_ERROR_VALIDATION, "name '' is empty", NULL },
		{ "users rename ada X", SB_ERROR_VALIDATION, "'ada' is neither", NULL },
		{ "users rename " ID, SB_ERROR_USAGE, "NAME", NULL },
		{ "users change-email " ID " ada", SB_ERROR_VALIDATION, "email 'ada'", NULL },
		{ "users change-email ada ada@example.net", SB_ERROR_VALIDATION, "'ada' is neither", NULL },
		{ "users set-role " ID " King", SB_ERROR_VALIDATION, "'King'", NULL },
		{ "users set-role ada Admin", SB_ERROR_VALIDATION, "'ada' is neither", NULL },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

static void
a_post_is_added_by_the_rules_of_a_post(void **state)
{
	static const LineRow rows[] = {
		{ .line = POST "--title Hello --content 'First words' --tag a --tag b --excerpt ''" },
		{ .line = POST "--title 日本語 --slug nihongo --content x" },
		{ .line = POST "--title Hello --content -", .stdin_text = "one\ntwo\n" },
		{ "posts add --author ada --title Hello --content x", SB_ERROR_VALIDATION, "'ada' is neither",
		    NULL },
		{ POST "--title '' --content x", SB_ERROR_VALIDATION, "title '' is empty", NULL },
		{ POST "--title 日本語 --content x", SB_ERROR_VALIDATION, "--slug", NULL },
		{ POST "--title Hello --slug 'A b' --content x", SB_ERROR_VALIDATION, "slug 'A b'", NULL },
		{ POST "--title Hello --content ''", SB_ERROR_VALIDATION, "content '' is empty", NULL },
		{ POST "--title Hello --content -", SB_ERROR_VALIDATION, "content '' is empty", "\n" },
		{ POST "--title Hello --content x --tag ' '", SB_ERROR_VALIDATION, "tag '' is empty", NULL },
		{ POST "--title Hello --content x --tag a --tag A", SB_ERROR_CONFLICT,
		    "already has the tag 'a'", NULL },
		{ POST "--title Hello --content x --tag a --tag b --tag c --tag d --tag e --tag f --tag g "
		       "--tag h "
		       "--tag i --tag j --tag k",
		    SB_ERROR_CONFLICT, "has 10 tags", NULL },
		{ POST "--title Hello", SB_ERROR_USAGE, "--content", NULL },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

static void
an_edit_names_what_it_changes(void **state)
{
	static const LineRow rows[] = {
		{ .line = "posts edit " ID " --title Hello" },
		{ .line = "posts edit " ID " --slug hello" },
		{ .line = "posts edit " ID " --content - --if-version 742", .stdin_text = "x" },
		{ .line = "posts edit " ID " --excerpt ''" },
		{ "posts edit " ID, SB_ERROR_USAGE, "nothing to edit", NULL },
		{ "posts edit " ID " --if-version 742", SB_ERROR_USAGE, "nothing to edit", NULL },
		{ "posts edit hello --title Hello", SB_ERROR_VALIDATION, "'hello'", NULL },
		{ "posts edit " ID " --title ' '", SB_ERROR_VALIDATION, "title '' is empty", NULL },
		{ "posts edit " ID " --slug -a", SB_ERROR_VALIDATION, "slug '-a'", NULL },
		{ "posts edit " ID " --content ''", SB_ERROR_VALIDATION, "content '' is empty", NULL },
		{ "posts edit " ID " --excerpt 'a\tb'", SB_ERROR_VALIDATION, "U+0009", NULL },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

static void
a_verb_over_posts_takes_each_id_once(void **state)
{
	static const char *const verbs[] = { "publish", "archive", "delete", "tag --tag news",
		"untag --tag news" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++) {
		g_autofree char *two = g_strdup_printf("posts %s " ID " " OTHER_ID, verbs[i]);
		g_autofree char *twice = g_strdup_printf("posts %s " ID " " OTHER_ID " " ID, verbs[i]);
		g_autofree char *bad = g_strdup_printf("posts %s hello", verbs[i]);
		g_autofree char *none = g_strdup_printf("posts %s", verbs[i]);
		g_autofree char *listed = g_strdup_printf("posts %s -", verbs[i]);
		const LineRow rows[] = {
			{ .line = two },
			{ .line = listed, .stdin_text = ID "\n" OTHER_ID "\n" },
			{ twice, SB_ERROR_USAGE, "post '" ID "' is named twice", NULL },
			{ bad, SB_ERROR_VALIDATION, "'hello'", NULL },
			{ none, SB_ERROR_USAGE, "ID", NULL },
		};

		assert_rows(rows, G_N_ELEMENTS(rows));
	}
}

static void
a_tag_is_checked_before_it_is_looked_for(void **state)
{
	static const LineRow rows[] = {
		{ "posts tag " ID " --tag ''", SB_ERROR_VALIDATION, "tag '' is empty", NULL },
		{ "posts untag " ID " --tag good --tag '\x01'", SB_ERROR_VALIDATION, "U+0001", NULL },
		{ "posts tag " ID, SB_ERROR_USAGE, "--tag", NULL },
	};

	(void)state;
	assert_rows(rows, G_N_ELEMENTS(rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_is_added_with_an_email_and_a_name),
		cmocka_unit_test(a_password_has_8_to_1024_bytes_and_is_never_shown),
		cmocka_unit_test(a_user_is_named_by_id_or_email_and_once),
		cmocka_unit_test(what_a_user_becomes_is_checked),
		cmocka_unit_test(a_post_is_added_by_the_rules_of_a_post),
		cmocka_unit_test(an_edit_names_what_it_changes),
		cmocka_unit_test(a_verb_over_posts_takes_each_id_once),
		cmocka_unit_test(a_tag_is_checked_before_it_is_looked_for),
	};

	return cmocka_run_group_tests_name("users and posts validators", tests, NULL, NULL);
}
