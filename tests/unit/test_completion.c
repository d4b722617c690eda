#include "application/completion.h"
#include "application/session.h"

#include <glib/gstdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static Registry *registry;

/* Candidates joined by blanks, a `+` behind those after which more of the word follows. */
static char *
complete(const char *line, size_t *ret_start)
{
	g_autoptr(Completion) completion = completion_run(registry, NULL, NULL, line, strlen(line));
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < completion->candidates->len; i++) {
		const Candidate *candidate = g_ptr_array_index(completion->candidates, i);

		g_string_append_printf(
		    text, "%s%s%s", i > 0 ? " " : "", candidate->text, candidate->partial ? "+" : "");
	}
	if (ret_start != NULL)
		*ret_start = completion->word_start;
	return g_string_free(text, FALSE);
}

static void
every_part_of_a_line_is_completed(void **state)
{
	static const struct {
		const char *line, *candidates;
		size_t start;
	} cases[] = {
		{ "po", "posts", 0 },
		{ "outbox ", "list show stats errors retry", 7 },
		{ "outbox re", "retry", 7 },
		{ "posts list sta", "state=+", 11 },
		{ "posts list state", "state=+ state!=+", 11 },
		{ "posts list state=", "state=Draft state=Published state=Archived", 11 },
		{ "posts list state=dr", "state=Draft", 11 },
		{ "posts list state!=A", "state!=Archived", 11 },
		{ "posts list state=Draft,P", "state=Draft,Published", 11 },
		{ "posts list published_at=n", "published_at=null", 11 },
		{ "outbox list blocked=t", "blocked=true", 12 },
		{ "outbox list payload", "payload~+ payload.+", 12 },
		{ "posts list version", "", 11 },
		{ "posts list --ord", "--order", 11 },
		{ "posts list --order cr", "created_at created_at:desc", 19 },
		{ "posts list --order=cr", "--order=created_at --order=created_at:desc", 11 },
		{ "posts list --order id,cr", "id,created_at id,created_at:desc", 19 },
		{ "posts list --columns id,ti", "id,title", 21 },
		{ "posts list --count --co", "--columns --context", 19 },
		{ "posts list --dry-run --dr", "", 21 },
		{ "posts list --format js", "json jsonl", 20 },
		{ "outbox retry --where sta", "state=+", 21 },
		{ "outbox retry --where state=Dead la", "last_error=+", 32 },
		{ "outbox retry --where state=Dead --pl", "--plan", 32 },
		{ "users add --role ed", "Editor", 17 },
		{ "posts list -- --or", "", 14 },
		{ "posts list # st", "", 15 },
		{ "posts list 'sta", "state=+", 11 },
		{ "nothing here", "", 8 },
		{ "posts publish ", NULL, 14 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t start = 0;
		g_autofree char *candidates = complete(cases[i].line, &start);

		if (cases[i].candidates != NULL && strcmp(candidates, cases[i].candidates) != 0)
			fail_msg("'%s' gives '%s'", cases[i].line, candidates);
		if (start != cases[i].start)
			fail_msg("'%s' begins at %zu", cases[i].line, start);
	}
}

static void
an_empty_word_offers_values_and_then_options(void **state)
{
	g_autofree char *candidates = complete("posts list ", NULL);
	const char *field = strstr(candidates, "title=+");
	const char *option = strstr(candidates, "--order");

	(void)state;
	assert_non_null(field);
	assert_non_null(option);
	assert_true(field < option);
}

static void
the_cursor_decides_what_is_completed(void **state)
{
	const char *line = "posts li state=Draft";
	g_autoptr(Completion) completion = completion_run(registry, NULL, NULL, line, 8);

	(void)state;
	assert_int_equal(completion->candidates->len, 1);
	const Candidate *candidate = g_ptr_array_index(completion->candidates, 0);

	assert_string_equal(candidate->text, "list");
	assert_string_equal(candidate->help, "List posts, page by page");
	assert_int_equal(completion->word_start, 6);
}

static void
odd_values(Completion *completion, const char *prefix)
{
	(void)prefix;
	completion_add(completion, "two words", NULL);
	completion_add(completion, "it's", NULL);
	completion_add(completion, "--option", NULL);
	completion_add(completion, "plain~x", NULL);
	completion_add_partial(completion, "half a", NULL);
	completion_add(completion, "plain~x", NULL);
}

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	(void)run;
	(void)args;
	(void)error;
	return true;
}

static void
candidates_are_quoted_where_the_line_needs_it_and_stand_once(void **state)
{
	static const ArgDef args[] = {
		{ "value", "V", "h", ARG_TEXT, ARG_POSITIONAL, 0, .complete = odd_values }, { 0 }
	};
	static const CommandDef odd = { .name = "odd", .args = args, .args_size = 8, .handle = handle };
	const CommandDef *const defs[] = { &odd, NULL };
	Registry *usual = registry;

	(void)state;
	registry = registry_new();
	registry_add(registry, defs);
	g_autofree char *all = complete("odd -", NULL);
	g_autofree char *some = complete("odd h", NULL);
	g_autofree char *word = complete("odd tw", NULL);
	g_autofree char *apostrophe = complete("odd it", NULL);
	g_autofree char *once = complete("odd pl", NULL);

	registry_free(registry);
	registry = usual;
	assert_true(g_str_has_prefix(all, "'--option'"));
	assert_string_equal(some, "'half a+");
	assert_string_equal(word, "'two words'");
	assert_string_equal(apostrophe, "'it'\\''s'");
	assert_string_equal(once, "plain~x");
}

static void
files_are_completed_folder_by_folder(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("completion-XXXXXX", NULL);
	g_autofree char *file = g_build_filename(folder, "one.sql", NULL);
	g_autofree char *hidden = g_build_filename(folder, ".hidden", NULL);
	g_autofree char *line = g_strdup_printf("migrations status --folder %s", folder);
	g_autofree char *inside = g_strdup_printf("migrations status --folder %s/", folder);

	(void)state;
	assert_true(g_file_set_contents(file, "", 0, NULL));
	assert_true(g_file_set_contents(hidden, "", 0, NULL));
	g_autofree char *folders = complete(line, NULL);
	g_autofree char *files = complete(inside, NULL);
	g_autofree char *expected = g_strdup_printf("%s/+", folder);

	assert_string_equal(folders, expected);
	assert_string_equal(files, file);
	assert_int_equal(g_remove(file), 0);
	assert_int_equal(g_remove(hidden), 0);
	assert_int_equal(g_rmdir(folder), 0);
}

/* A table that was looked at is forgotten when it is looked at again, as the reader's is. */
typedef struct LookedAt {
	ResourceDef resource;
	FieldDef fields[2];
} LookedAt;

static LookedAt *looked_at;

static bool
look_at_table(Reader *reader, const char *name, const ResourceDef **ret_resource, GError **error)
{
	(void)reader;
	(void)error;
	g_free(looked_at);
	looked_at = g_new0(LookedAt, 1);
	looked_at->fields[0] = (FieldDef){ .name = "colour", .help = "text", .type = VALUE_TEXT };
	looked_at->resource = (ResourceDef){ .name = name, .singular = "row", .fields = looked_at->fields };
	*ret_resource = &looked_at->resource;
	return true;
}

static bool
give_values(Reader *reader, const ResourceDef *resource, const char *field, const char *prefix, int limit,
    GPtrArray *ret_values, GError **error)
{
	(void)reader;
	(void)limit;
	(void)error;
	assert_ptr_equal(resource, &looked_at->resource);
	assert_string_equal(field, "colour");
	assert_string_equal(prefix, "r");
	g_ptr_array_add(ret_values, g_strdup("red"));
	return true;
}

static void
values_of_a_browsed_table_are_those_of_the_table_as_it_was_looked_at(void **state)
{
	static const Behaviour none[] = { { 0 } };
	Reader reader = { .table = look_at_table, .values = give_values };
	Session session = { .reader = &reader, .behaviours = none };
	const char *line = "tables browse public.paint colour=r";
	g_autoptr(Completion) completion = completion_run(registry, &session, NULL, line, strlen(line));

	(void)state;
	assert_int_equal(completion->candidates->len, 1);
	assert_string_equal(((Candidate *)g_ptr_array_index(completion->candidates, 0))->text, "colour=red");
	g_clear_pointer(&looked_at, g_free);
}

static int
setup(void **state)
{
	(void)state;
	registry = registry_new();
	registry_add(registry, application_commands);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	registry_free(registry);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_of_a_line_is_completed),
		cmocka_unit_test(an_empty_word_offers_values_and_then_options),
		cmocka_unit_test(the_cursor_decides_what_is_completed),
		cmocka_unit_test(candidates_are_quoted_where_the_line_needs_it_and_stand_once),
		cmocka_unit_test(files_are_completed_folder_by_folder),
		cmocka_unit_test(values_of_a_browsed_table_are_those_of_the_table_as_it_was_looked_at),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
