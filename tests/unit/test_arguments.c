#include "application/arguments.h"
#include "base/error.h"
#include "base/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"

typedef struct ThingArgs {
	GArray *ids;
	char *name;
	char *secret;
	char **tags;
	char **where;
	int64_t limit;
	bool loud;
	const char *shape;
	Duration rate;
	Uuid plan;
} ThingArgs;

static const char *const shapes[] = { "Round", "Square", NULL };

static const ArgDef thing_args[] = {
	{ "id", "ID", "which", ARG_UUID, ARG_POSITIONAL | ARG_REPEATS | ARG_ROWS | ARG_STDIN,
	    offsetof(ThingArgs, ids) },
	{ "name", "N", "its name", ARG_TEXT, ARG_PERSONAL | ARG_STDIN, offsetof(ThingArgs, name) },
	{ "secret-stdin", NULL, "its secret", ARG_TEXT, ARG_SECRET | ARG_STDIN, offsetof(ThingArgs, secret) },
	{ "tag", "T", "a tag", ARG_TEXT, ARG_REPEATS, offsetof(ThingArgs, tags) },
	{ "where", "TERM…", "filter", ARG_TEXT, ARG_REPEATS | ARG_REST, offsetof(ThingArgs, where) },
	{ "limit", "N", "how many", ARG_INTEGER, 0, offsetof(ThingArgs, limit), .fallback = 50, .minimum = 1,
	    .maximum = 1000 },
	{ "loud", NULL, "with noise", ARG_FLAG, 0, offsetof(ThingArgs, loud) },
	{ "shape", "SHAPE", "its shape", ARG_CHOICE, 0, offsetof(ThingArgs, shape), .choices = shapes },
	{ "rate", "TIME", "how often", ARG_DURATION, 0, offsetof(ThingArgs, rate) },
	{ "plan", "ID", "a plan", ARG_UUID, 0, offsetof(ThingArgs, plan) },
	{ 0 },
};

static const CommandDef thing = { .name = "things do", .args = thing_args, .args_size = sizeof(ThingArgs) };

static const char *stdin_text;

static bool
read_text(char **ret_text, GError **error)
{
	(void)error;
	*ret_text = g_strdup(stdin_text);
	return true;
}

static Arguments *
parse(const char *line, GError **error)
{
	g_autoptr(GArray) words = NULL;
	Arguments *arguments = NULL;

	words_split(line, &words);
	arguments_parse(&thing, (const Word *)(void *)words->data, words->len, read_text, &arguments, error);
	return arguments;
}

static Arguments *
parse_well(const char *line)
{
	g_autoptr(GError) error = NULL;
	Arguments *arguments = parse(line, &error);

	if (arguments == NULL)
		fail_msg("%s: %s", line, error->message);
	return arguments;
}

static void
values_find_their_places_in_the_struct(void **state)
{
	g_autoptr(Arguments) arguments =
	    parse_well(ID " --name=Ann --tag a --tag 'b c' --limit 7 --loud --shape square "
			  "--rate 1500ms --plan " ID " 01890a5d-ac96-774b-bcce-b302099a8058");
	const ThingArgs *args = arguments->values;

	(void)state;
	assert_int_equal(args->ids->len, 2);
	assert_string_equal(args->name, "Ann");
	assert_string_equal(args->tags[0], "a");
	assert_string_equal(args->tags[1], "b c");
	assert_null(args->tags[2]);
	assert_int_equal(args->limit, 7);
	assert_true(args->loud);
	assert_ptr_equal(args->shape, shapes[1]);
	assert_int_equal(args->rate, 1500 * DURATION_MILLISECOND);
	assert_false(uuid_is_nil(&args->plan));
	assert_int_equal(arguments_row_count(arguments), 2);
}

static void
what_is_not_given_is_empty(void **state)
{
	g_autoptr(Arguments) arguments = parse_well("");
	const ThingArgs *args = arguments->values;

	(void)state;
	assert_null(args->ids);
	assert_null(args->name);
	assert_null(args->tags);
	assert_int_equal(args->limit, 50);
	assert_false(args->loud);
	assert_null(args->shape);
	assert_true(uuid_is_nil(&args->plan));
	assert_int_equal(arguments_row_count(arguments), 0);
}

static void
common_options_stand_anywhere(void **state)
{
	g_autoptr(Arguments) arguments =
	    parse_well("--dry-run " ID " --yes --reason 'it was stuck' --format JSON "
		       "--timeout 5s --idempotency-key=abcdefgh01234567");

	(void)state;
	assert_true(arguments->common.dry_run);
	assert_true(arguments->common.yes);
	assert_string_equal(arguments->common.reason, "it was stuck");
	assert_string_equal(arguments->common.format, "json");
	assert_int_equal(arguments->common.timeout, 5 * DURATION_SECOND);
	assert_string_equal(arguments->common.idempotency_key, "abcdefgh01234567");
}

static void
quoted_words_and_words_after_two_dashes_are_values(void **state)
{
	g_autoptr(Arguments) quoted = parse_well("--name '--loud'");
	g_autoptr(Arguments) ended = parse_well("--loud -- " ID);
	g_autoptr(Arguments) dash = parse_well("--name '-'");
	g_autoptr(GError) error = NULL;
	g_autoptr(Arguments) refused = parse("-- --loud", &error);

	(void)state;
	assert_string_equal(((ThingArgs *)quoted->values)->name, "--loud");
	assert_int_equal(((ThingArgs *)ended->values)->ids->len, 1);
	assert_string_equal(((ThingArgs *)dash->values)->name, "-");
	assert_null(refused);
	assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
}

static void
where_takes_the_words_up_to_the_next_option(void **state)
{
	g_autoptr(Arguments) arguments = parse_well("--where state=Dead type~order '--odd' --loud");
	const ThingArgs *args = arguments->values;

	(void)state;
	assert_int_equal(g_strv_length(args->where), 3);
	assert_string_equal(args->where[1], "type~order");
	assert_string_equal(args->where[2], "--odd");
	assert_true(args->loud);
}

static void
a_dash_reads_standard_input(void **state)
{
	stdin_text = ID "\n\n  01890a5d-ac96-774b-bcce-b302099a8058  \n";
	g_autoptr(Arguments) ids = parse_well("-");
	stdin_text = " two\nlines \r\n";
	g_autoptr(Arguments) text = parse_well("--name -");
	stdin_text = "pass word\n";
	g_autoptr(Arguments) secret = parse_well("--secret-stdin");

	(void)state;
	assert_int_equal(((ThingArgs *)ids->values)->ids->len, 2);
	assert_string_equal(((ThingArgs *)text->values)->name, " two\nlines ");
	assert_string_equal(((ThingArgs *)secret->values)->secret, "pass word");
}

static void
mistakes_are_named_with_their_position(void **state)
{
	static const struct {
		const char *line;
		SbErrorCode code;
		const char *parts[3];
	} cases[] = {
		{ "--lout", SB_ERROR_USAGE, { "unknown option '--lout'", "'--loud'", "position 1" } },
		{ ID " --dryrun", SB_ERROR_USAGE, { "'--dry-run'", "position 38" } },
		{ "--zzzzzzzz", SB_ERROR_USAGE, { "help things do" } },
		{ "--limit", SB_ERROR_USAGE, { "'--limit' lacks its value N" } },
		{ "--limit --loud", SB_ERROR_USAGE, { "'--loud' is an option", "position 9" } },
		{ "--where --loud", SB_ERROR_USAGE, { "'--where' lacks its value" } },
		{ "--loud=yes", SB_ERROR_USAGE, { "'--loud' takes no value" } },
		{ "--name a --name b", SB_ERROR_USAGE, { "'--name' is given twice", "position 10" } },
		{ "--limit 0", SB_ERROR_VALIDATION, { "'0' for '--limit'", "from 1 to 1000", "position 9" } },
		{ "--limit ten", SB_ERROR_VALIDATION, { "'ten' for '--limit'" } },
		{ "--limit 99999999999999999999", SB_ERROR_VALIDATION, { "'--limit'" } },
		{ "not-an-id", SB_ERROR_VALIDATION, { "'not-an-id' for 'ID'", "is no id" } },
		{ "00000000-0000-0000-0000-000000000000", SB_ERROR_VALIDATION, { "is no id" } },
		{ "--shape rund", SB_ERROR_VALIDATION, { "Round, Square", "did you mean 'Round'" } },
		{ "--rate soon", SB_ERROR_VALIDATION, { "'soon' for '--rate'" } },
		{ "--rate 0", SB_ERROR_VALIDATION, { "'0' for '--rate'" } },
		{ "--name \xff", SB_ERROR_VALIDATION, { "UTF-8" } },
		{ "- --name -", SB_ERROR_USAGE, { "another value was" } },
	};

	(void)state;
	stdin_text = ID;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Arguments) arguments = parse(cases[i].line, &error);

		if (arguments != NULL)
			fail_msg("'%s' was taken", cases[i].line);
		if (!sb_error_is(error, cases[i].code))
			fail_msg("'%s': wrong code of: %s", cases[i].line, error->message);
		for (size_t j = 0; j < 3 && cases[i].parts[j] != NULL; j++)
			if (strstr(error->message, cases[i].parts[j]) == NULL)
				fail_msg("'%s': no \"%s\" in: %s", cases[i].line, cases[i].parts[j],
				    error->message);
	}
}

static void
required_and_surplus_values_are_noticed(void **state)
{
	static const ArgDef defs[] = {
		{ "key", "ID|EMAIL", "which one", ARG_TEXT, ARG_POSITIONAL | ARG_REQUIRED, 0 },
		{ 0 },
	};
	static const CommandDef def = { .name = "things show", .args = defs, .args_size = sizeof(char *) };
	g_autoptr(GArray) none = NULL, two = NULL;
	g_autoptr(Arguments) arguments = NULL;
	g_autoptr(GError) missing = NULL, surplus = NULL;

	(void)state;
	words_split("", &none);
	words_split("a b", &two);
	assert_false(arguments_parse(&def, (const Word *)(void *)none->data, 0, NULL, &arguments, &missing));
	assert_false(arguments_parse(&def, (const Word *)(void *)two->data, 2, NULL, &arguments, &surplus));
	assert_true(sb_error_is(missing, SB_ERROR_USAGE));
	assert_non_null(strstr(missing->message, "lacks 'ID|EMAIL': which one"));
	assert_true(sb_error_is(surplus, SB_ERROR_USAGE));
	assert_non_null(strstr(surplus->message, "'b' is one value too many"));
	assert_non_null(strstr(surplus->message, "position 3"));
	assert_null(arguments);
}

static void
secrets_never_stand_in_the_line_or_the_hash(void **state)
{
	stdin_text = "correct horse";
	g_autoptr(Arguments) arguments = parse_well("--secret-stdin --name 'Ann Lee'");
	g_autofree char *line = arguments_to_line(arguments, false);
	g_autofree char *masked = arguments_to_line(arguments, true);
	g_autofree char *canonical = arguments_canonical(arguments);

	(void)state;
	assert_string_equal(line, "things do --name 'Ann Lee' --secret-stdin");
	assert_string_equal(masked, "things do --name *** --secret-stdin");
	assert_null(strstr(canonical, "horse"));
}

static void
an_audit_entry_keeps_the_beginning_of_a_long_value(void **state)
{
	g_autofree char *content = g_strnfill(5000, 'x');
	g_autofree char *given = g_strconcat("--tag ", content, NULL);
	g_autoptr(Arguments) arguments = parse_well(given);
	g_autofree char *line = arguments_to_line(arguments, false);
	g_autofree char *audited = arguments_to_line(arguments, true);

	(void)state;
	assert_non_null(strstr(line, content));
	assert_true(strlen(audited) < 300);
	assert_true(g_str_has_suffix(audited, "x…'"));
}

static void
the_hash_covers_values_and_not_how_they_were_asked_for(void **state)
{
	static const struct {
		const char *one, *other;
		bool same;
	} cases[] = {
		{ "--tag a --limit 7", "--limit=7 --tag=a --yes --format csv --reason x --timeout 1s", true },
		{ "01890A5D-AC96-774B-BCCE-B302099A8057", ID, true },
		{ "--limit 50", "", true },
		{ "--tag a --tag b", "--tag 'a --tag b'", false },
		{ "--tag a --tag b", "--tag b --tag a", false },
		{ "--name a", "--tag a", false },
		{ "--loud", "", false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Arguments) one = parse_well(cases[i].one);
		g_autoptr(Arguments) other = parse_well(cases[i].other);
		g_autofree char *first = arguments_canonical(one);
		g_autofree char *second = arguments_canonical(other);

		if ((strcmp(first, second) == 0) != cases[i].same)
			fail_msg("'%s' and '%s'", cases[i].one, cases[i].other);
	}
}

/* Pieces that quoting could stumble over. */
static char *
random_value(GRand *rand)
{
	static const char *const pieces[] = { "a", "Z9", " ", "'", "\"", "\\", "--", "-", "#", "=", "$", "`",
		"\n", "\t", "{id}", "${x}", ";", "é", "…", "|", "*", "--loud", "," };
	GString *value = g_string_new(NULL);

	for (int i = g_rand_int_range(rand, 0, 6); i > 0; i--)
		g_string_append(value, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
	return g_string_free(value, FALSE);
}

static void
a_line_that_is_written_is_read_back_identically(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		g_autoptr(GString) line = g_string_new(g_rand_boolean(rand) ? ID : "");
		static const char *const options[] = { "--name", "--tag", "--tag", "--where", "--reason" };

		for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
			g_autofree char *value = random_value(rand);
			g_autofree char *quoted = g_shell_quote(value);

			g_string_append_printf(line, " %s %s", options[i], quoted);
		}
		g_autoptr(Arguments) first = parse_well(line->str);
		g_autofree char *written = arguments_to_line(first, false);

		assert_true(g_str_has_prefix(written, "things do"));
		g_autoptr(Arguments) second = parse_well(written + strlen("things do"));
		g_autofree char *again = arguments_to_line(second, false);
		g_autofree char *canonical = arguments_canonical(first);
		g_autofree char *canonical_again = arguments_canonical(second);

		assert_string_equal(again, written);
		assert_string_equal(canonical_again, canonical);
		assert_string_equal(second->common.reason, first->common.reason);
	}
}

static void
a_quoted_value_is_one_literal_word_or_needs_no_quotes(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);

	(void)state;
	for (int round = 0; round < 3000; round++) {
		g_autofree char *value = random_value(rand);
		g_autofree char *quoted = argument_quote(value);
		g_autoptr(GArray) words = NULL;
		g_auto(GStrv) shell = NULL;

		assert_int_equal(words_split(quoted, &words), WORDS_COMPLETE);
		assert_int_equal(words->len, 1);
		const Word *word = &g_array_index(words, Word, 0);

		assert_string_equal(word->text, value);
		assert_true(word->literal || (!g_str_has_prefix(value, "--") && strcmp(value, "-") != 0));
		assert_true(g_shell_parse_argv(quoted, NULL, &shell, NULL));
		assert_string_equal(shell[0], value);
	}
}

static void
lines_are_split_as_a_shell_splits_them(void **state)
{
	static const struct {
		const char *line;
		WordsEnd end;
		const char *words[4];
	} cases[] = {
		{ "posts list state=Draft", WORDS_COMPLETE, { "posts", "list", "state=Draft" } },
		{ "  a\t b\n", WORDS_COMPLETE, { "a", "b" } },
		{ "a # b", WORDS_COMMENT, { "a" } },
		{ "a#b #", WORDS_COMMENT, { "a#b" } },
		{ "# x\na", WORDS_COMPLETE, { "a" } },
		{ "x'a b'\"c d\"e\\ f", WORDS_COMPLETE, { "xa bc de f" } },
		{ "'it'\\''s' \"\\\"\\$\\n\"", WORDS_COMPLETE, { "it's", "\"$\\n" } },
		{ "'' \"\"", WORDS_COMPLETE, { "", "" } },
		{ "a 'b c", WORDS_OPEN_SINGLE, { "a", "b c" } },
		{ "a \"b c", WORDS_OPEN_DOUBLE, { "a", "b c" } },
		{ "a b\\", WORDS_OPEN_ESCAPE, { "a", "b" } },
		{ "a \\\n b", WORDS_COMPLETE, { "a", "b" } },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GArray) words = NULL;
		guint count = 0;

		assert_int_equal(words_split(cases[i].line, &words), cases[i].end);
		for (; count < 4 && cases[i].words[count] != NULL; count++) {
			assert_true(count < words->len);
			assert_string_equal(g_array_index(words, Word, count).text, cases[i].words[count]);
		}
		assert_int_equal(words->len, count);
	}
}

static void
words_know_where_they_stand_and_whether_they_are_literal(void **state)
{
	g_autoptr(GArray) words = NULL;

	(void)state;
	words_split("ab 'c d' e'f' \\--g", &words);
	assert_int_equal(words->len, 4);
	const Word *word = (const Word *)(void *)words->data;

	assert_int_equal(word[1].start, 3);
	assert_int_equal(word[1].end, 8);
	assert_false(word[0].literal);
	assert_true(word[1].literal);
	assert_false(word[2].literal);
	assert_true(word[3].literal);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_find_their_places_in_the_struct),
		cmocka_unit_test(what_is_not_given_is_empty),
		cmocka_unit_test(common_options_stand_anywhere),
		cmocka_unit_test(quoted_words_and_words_after_two_dashes_are_values),
		cmocka_unit_test(where_takes_the_words_up_to_the_next_option),
		cmocka_unit_test(a_dash_reads_standard_input),
		cmocka_unit_test(mistakes_are_named_with_their_position),
		cmocka_unit_test(required_and_surplus_values_are_noticed),
		cmocka_unit_test(secrets_never_stand_in_the_line_or_the_hash),
		cmocka_unit_test(an_audit_entry_keeps_the_beginning_of_a_long_value),
		cmocka_unit_test(the_hash_covers_values_and_not_how_they_were_asked_for),
		cmocka_unit_test(a_line_that_is_written_is_read_back_identically),
		cmocka_unit_test(a_quoted_value_is_one_literal_word_or_needs_no_quotes),
		cmocka_unit_test(lines_are_split_as_a_shell_splits_them),
		cmocka_unit_test(words_know_where_they_stand_and_whether_they_are_literal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
