#include "application/registry.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	(void)run;
	(void)args;
	(void)error;
	return true;
}

static Registry *
make_registry(void)
{
	static const CommandDef records[] = {
		{ .name = "posts list", .summary = "List", .handle = handle },
		{ .name = "posts publish", .summary = "Publish", .handle = handle },
		{ .name = "outbox retry", .summary = "Retry", .handle = handle },
		{ .name = "context", .summary = "Show", .handle = handle },
		{ .name = "context list", .summary = "List", .handle = handle },
	};
	static const CommandDef *const defs[] = { &records[0], &records[1], &records[2], &records[3],
		&records[4], NULL };
	Registry *registry = registry_new();

	registry_add(registry, defs);
	return registry;
}

static void
the_longest_name_wins(void **state)
{
	static const struct {
		const char *words[4];
		const char *name;
		size_t used;
	} cases[] = {
		{ { "posts", "list", "x" }, "posts list", 2 },
		{ { "context", "list" }, "context list", 2 },
		{ { "context", "prod" }, "context", 1 },
		{ { "context" }, "context", 1 },
	};
	g_autoptr(Registry) registry = make_registry();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const CommandDef *def = NULL;
		size_t used = 0;

		assert_true(registry_find(registry, cases[i].words, &def, &used, NULL));
		assert_string_equal(def->name, cases[i].name);
		assert_int_equal(used, cases[i].used);
	}
}

static void
unknown_commands_name_what_was_probably_meant(void **state)
{
	static const struct {
		const char *words[3];
		const char *part;
	} cases[] = {
		{ { "post", "list" }, "did you mean 'posts'" },
		{ { "posts", "publsih" }, "did you mean 'posts publish'" },
		{ { "posts", "pub" }, "did you mean 'posts publish'" },
		{ { "posts", "xyzzy" }, "it has list, publish" },
		{ { "posts" }, "'posts' lacks its verb: list, publish" },
		{ { "xyzzy" }, "'help' tells" },
		{ { NULL }, "no command was given" },
		{ { "posts list" }, "unknown command 'posts list'" },
	};
	g_autoptr(Registry) registry = make_registry();

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const CommandDef *def = NULL;
		size_t used = 0;
		g_autoptr(GError) error = NULL;

		assert_false(registry_find(registry, cases[i].words, &def, &used, &error));
		assert_true(sb_error_is(error, SB_ERROR_USAGE));
		if (strstr(error->message, cases[i].part) == NULL)
			fail_msg("%s", error->message);
	}
}

static void
the_nearest_name_is_one_that_may_be_meant(void **state)
{
	static const char *const names[] = { "publish", "archive", "list", "set-password", NULL };
	static const struct {
		const char *word, *nearest;
	} cases[] = {
		{ "publish", "publish" },
		{ "pbulish", "publish" },
		{ "PUBLISH", "publish" },
		{ "publishh", "publish" },
		{ "lst", "list" },
		{ "lits", "list" },
		{ "setpassword", "set-password" },
		{ "arch", "archive" },
		{ "x", NULL },
		{ "delete", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *nearest = nearest_name(cases[i].word, names);

		if (g_strcmp0(nearest, cases[i].nearest) != 0)
			fail_msg("'%s' gives '%s'", cases[i].word, nearest != NULL ? nearest : "nothing");
	}
}

#define GOOD .name = "things do", .summary = "Do it", .effect = EFFECT_READ, .handle = handle

static const BulkDef empty_bulk;
static const char *const no_choices[] = { NULL };

static const ArgDef no_help[] = { { "a", "A", "", ARG_TEXT, 0, 0 }, { 0 } };
static const ArgDef no_value[] = { { "a", NULL, "h", ARG_TEXT, 0, 0 }, { 0 } };
static const ArgDef flag_value[] = { { "a", "A", "h", ARG_FLAG, 0, 0 }, { 0 } };
static const ArgDef twice[] = { { "a", "A", "h", ARG_TEXT, 0, 0 }, { "a", "A", "h", ARG_TEXT, 0, 0 }, { 0 } };
static const ArgDef common[] = { { "yes", NULL, "h", ARG_FLAG, 0, 0 }, { 0 } };
static const ArgDef outside[] = { { "a", "A", "h", ARG_TEXT, 0, 4 }, { 0 } };
static const ArgDef choiceless[] = { { "a", "A", "h", ARG_CHOICE, 0, 0, no_choices }, { 0 } };
static const ArgDef late_required[] = { { "a", "A", "h", ARG_TEXT, ARG_POSITIONAL, 0 },
	{ "b", "B", "h", ARG_TEXT, ARG_POSITIONAL | ARG_REQUIRED, 0 }, { 0 } };
static const ArgDef early_repeat[] = { { "a", "A", "h", ARG_TEXT, ARG_POSITIONAL | ARG_REPEATS, 0 },
	{ "b", "B", "h", ARG_TEXT, ARG_POSITIONAL, 0 }, { 0 } };
static const ArgDef repeated_number[] = { { "a", "A", "h", ARG_INTEGER, ARG_REPEATS, 0 }, { 0 } };
static const ArgDef rest_by_place[] = {
	{ "a", "A", "h", ARG_TEXT, ARG_POSITIONAL | ARG_REPEATS | ARG_REST, 0 }, { 0 }
};

static void
every_fault_of_a_record_is_found(void **state)
{
	static const struct {
		CommandDef def;
		const char *part;
	} cases[] = {
		{ { GOOD, .bulk = &empty_bulk }, "has both of a handler and a bulk verb" },
		{ { .name = "a b", .summary = "x", .effect = EFFECT_READ }, "has neither" },
		{ { .name = "a b", .handle = handle }, "has no summary" },
		{ { .name = "a b", .summary = "Do it.", .handle = handle }, "full stop" },
		{ { .name = " ", .summary = "x", .handle = handle }, "no name" },
		{ { .name = "a b", .summary = "x", .handle = handle, .resource = &posts_resource },
		    "has no effect" },
		{ { .name = "a b", .summary = "x", .handle = handle, .effect = EFFECT_WRITE },
		    "a viewer may" },
		{ { .name = "a b",
		      .summary = "x",
		      .handle = handle,
		      .effect = EFFECT_DESTRUCTIVE,
		      .role = ROLE_OPERATOR },
		    "others than an admin" },
		{ { GOOD, .example = "things undo" }, "an example of another command" },
		{ { .name = "a b",
		      .summary = "x",
		      .effect = EFFECT_WRITE,
		      .role = ROLE_ADMIN,
		      .bulk = &empty_bulk },
		    "without plan or act" },
		{ { .name = "a b", .summary = "x", .effect = EFFECT_READ, .bulk = &empty_bulk },
		    "only reads" },
		{ { GOOD, .args = no_help, .args_size = 8 }, "no help for 'a'" },
		{ { GOOD, .args = no_value, .args_size = 8 }, "does not say how the value of 'a' looks" },
		{ { GOOD, .args = flag_value, .args_size = 8 }, "a value for the flag" },
		{ { GOOD, .args = twice, .args_size = 8 }, "two arguments named 'a'" },
		{ { GOOD, .args = common, .args_size = 8 }, "which every command has" },
		{ { GOOD, .args = outside, .args_size = 8 }, "outside of its struct" },
		{ { GOOD, .args = choiceless, .args_size = 8 }, "no choices" },
		{ { GOOD, .args = late_required, .args_size = 8 }, "requires 'b' behind 'a'" },
		{ { GOOD, .args = early_repeat, .args_size = 8 }, "takes all that is left" },
		{ { GOOD, .args = repeated_number, .args_size = 8 }, "neither text nor id" },
		{ { GOOD, .args = rest_by_place, .args_size = 8 }, "no repeating option" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Registry) registry = registry_new();
		const CommandDef *defs[] = { &cases[i].def, NULL };

		registry_add(registry, defs);
		g_autoptr(GPtrArray) faults = registry_faults(registry);
		bool found = false;

		for (guint j = 0; j < faults->len; j++)
			found |= strstr(g_ptr_array_index(faults, j), cases[i].part) != NULL;
		if (!found)
			fail_msg("\"%s\" was not found", cases[i].part);
	}
}

static void
two_records_of_one_name_are_a_fault_and_a_good_record_is_none(void **state)
{
	static const CommandDef good = { GOOD };
	const CommandDef *defs[] = { &good, NULL };
	g_autoptr(Registry) registry = registry_new();

	(void)state;
	registry_add(registry, defs);
	g_autoptr(GPtrArray) none = registry_faults(registry);
	assert_int_equal(none->len, 0);
	registry_add(registry, defs);
	g_autoptr(GPtrArray) one = registry_faults(registry);
	assert_int_equal(one->len, 1);
	assert_non_null(strstr(g_ptr_array_index(one, 0), "registered twice"));
}

static void
the_program_s_own_records_have_no_faults(void **state)
{
	g_autoptr(Registry) registry = registry_new();

	(void)state;
	registry_add(registry, application_commands);
	g_autoptr(GPtrArray) faults = registry_faults(registry);
	for (guint i = 0; i < faults->len; i++)
		print_error("%s\n", (const char *)g_ptr_array_index(faults, i));
	assert_int_equal(faults->len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_name_wins),
		cmocka_unit_test(unknown_commands_name_what_was_probably_meant),
		cmocka_unit_test(the_nearest_name_is_one_that_may_be_meant),
		cmocka_unit_test(every_fault_of_a_record_is_found),
		cmocka_unit_test(two_records_of_one_name_are_a_fault_and_a_good_record_is_none),
		cmocka_unit_test(the_program_s_own_records_have_no_faults),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
