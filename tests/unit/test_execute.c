#include "application/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "recording.h"

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"

/* What the bulk verb shall meet. */
static struct {
	unsigned batches;
	uint64_t per_batch;
	uint64_t skips;    /* of each batch */
	unsigned fails_at; /* this batch fails; UINT_MAX: none */
	int fails_times;
	const char *sqlstate;
	SbErrorCode code;
	unsigned cancels_at; /* the operator stops it during this batch */
	bool stored;
} set;

typedef struct ThingArgs {
	GArray *ids;
} ThingArgs;

static const ArgDef thing_args[] = {
	{ "thing", "ID", "which", ARG_UUID, ARG_POSITIONAL | ARG_REPEATS | ARG_ROWS,
	    offsetof(ThingArgs, ids) },
	{ 0 },
};

static CancelToken *cancel;

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	const Uuid id = uuid_v7();

	(void)args;
	(void)error;
	record("handle");
	run_created(run, &id);
	run_note(run, NOTE_INFO, "did it");
	return true;
}

static bool
plan_things(CommandRun *run, const void *args, BulkPlan **ret_plan, GError **error)
{
	BulkPlan *plan = bulk_plan_new();

	(void)args;
	(void)error;
	record("plan");
	assert_null(run->plan);
	plan->noun = g_strdup("things");
	plan->title = g_strdup("Do things?");
	plan->batches = set.batches;
	plan->total = set.batches * set.per_batch;
	plan->id = set.stored ? g_strdup(ID) : NULL;
	bulk_plan_say(plan, "oldest is %d days old", 3);
	*ret_plan = plan;
	return true;
}

static bool
act(CommandRun *run, BulkPlan *plan, unsigned index, GError **error)
{
	(void)run;
	record("act%u", index);
	plan->done += set.per_batch - set.skips;
	bulk_plan_skip(plan, "moved on", set.skips);
	if (index == set.cancels_at)
		cancel_token_fire(cancel);
	if (index != set.fails_at || set.fails_times-- <= 0)
		return true;
	g_set_error(error, SB_ERROR, (gint)set.code, "batch %u broke", index);
	if (set.sqlstate != NULL && error != NULL)
		sb_error_set_origin(*error, set.sqlstate, NULL);
	return false;
}

static bool
discard(CommandRun *run, BulkPlan *plan, GError **error)
{
	(void)plan;
	(void)error;
	assert_null(run->plan);
	assert_false(cancel_token_is_fired(cancel));
	record("discard");
	return true;
}

static const BulkDef bulk = { plan_things, act, discard, false };

static bool
begin(CommandRun *run, GError **error)
{
	(void)run;
	(void)error;
	record("(");
	return true;
}

static bool
save(CommandRun *run, GError **error)
{
	(void)error;
	record(run->arguments->common.dry_run ? "rollback)" : ")");
	return true;
}

static void
roll_back(CommandRun *run, const GError *error)
{
	(void)run;
	(void)error;
	record("!)");
}

static const Behaviour behaviours[] = {
	{ "begin", PRIORITY_BEGIN, begin, NULL, NULL },
	{ "save", PRIORITY_SAVE, NULL, save, NULL },
	{ "rollback", PRIORITY_PUBLISH, NULL, NULL, roll_back },
	{ 0 },
};

#define THING(what, level)                                                                                   \
	.name = "things do", .summary = "Do", .effect = (what), .role = (level), .args = thing_args,         \
	.args_size = sizeof(ThingArgs)

static const CommandDef read_things = { THING(EFFECT_READ, ROLE_VIEWER), .handle = handle };
static const CommandDef write_things = { THING(EFFECT_WRITE, ROLE_OPERATOR), .handle = handle };
static const CommandDef destroy_things = { THING(EFFECT_DESTRUCTIVE, ROLE_ADMIN), .handle = handle };
static const CommandDef bulk_things = { THING(EFFECT_WRITE, ROLE_OPERATOR), .bulk = &bulk };
static const CommandDef bulk_destroy = { THING(EFFECT_DESTRUCTIVE, ROLE_ADMIN), .bulk = &bulk };

static Context context;
static ServerInfo server;
static RecordingFrontend frontend;
static bool in_script;
static bool for_machines;
static Answer (*asks)(Frontend *self, const Question *question); /* NULL: as the recording one does */

static bool
execute(const CommandDef *def, const char *line, Answer answer, GError **error)
{
	Session session = {
		.server = &server, .context = &context, .cancel = cancel, .behaviours = behaviours
	};
	g_autoptr(Arguments) arguments = arguments_of(def, line);
	g_autoptr(CommandRun) run = NULL;

	recording_clear(&frontend);
	recording_init(&frontend, answer);
	if (asks != NULL)
		frontend.frontend.ask = asks;
	frontend.frontend.whole_values = for_machines;
	g_string_truncate(recorded, 0);
	cancel_token_reset(cancel);
	run = command_run_new(arguments, &session, &frontend.frontend);
	run->within_script = in_script;
	return command_execute(run, error);
}

static int
setup(void **state)
{
	(void)state;
	recorded = g_string_new(NULL);
	cancel = cancel_token_new();
	recording_init(&frontend, ANSWER_UNAVAILABLE);
	memset(&set, 0, sizeof set);
	set.batches = 3;
	set.per_batch = 10;
	set.fails_at = set.cancels_at = UINT_MAX;
	context = (Context){ .name = g_strdup("test") };
	server = (ServerInfo){ .role = ROLE_ADMIN };
	server.session_user = g_strdup("ann");
	server.database = g_strdup("shop");
	server.host = g_strdup("db1:5432");
	in_script = false;
	for_machines = false;
	asks = NULL;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	g_string_free(recorded, TRUE);
	cancel_token_free(cancel);
	recording_clear(&frontend);
	g_free(context.name);
	g_free(server.session_user);
	g_free(server.database);
	g_free(server.host);
	return 0;
}

static char *
ids(unsigned count)
{
	GString *line = g_string_new(NULL);

	for (unsigned i = 0; i < count; i++)
		g_string_append(line, ID " ");
	return g_string_free(line, FALSE);
}

static void
what_asks_and_what_does_not(void **state)
{
	static const struct {
		const CommandDef *def;
		unsigned rows;
		bool production;
		const char *options;
		bool asks;
		const char *typed;
	} cases[] = {
		{ &read_things, 100, true, "", false, NULL },
		{ &write_things, 1, false, "", false, NULL },
		{ &write_things, 20, false, "", false, NULL },
		{ &write_things, 21, false, "", true, "typed -" },
		{ &write_things, 1, true, "", true, "typed -" },
		{ &write_things, 100, true, "--dry-run", false, NULL },
		{ &write_things, 100, true, "--yes", false, NULL },
		{ &destroy_things, 1, false, "", true, "typed 1" },
		{ &destroy_things, 3, false, "", true, "typed 3" },
		{ &destroy_things, 1, false, "--dry-run", false, NULL },
		{ &destroy_things, 1, true, "--yes", false, NULL },
		{ &bulk_things, 0, false, "", true, "typed -" },
		{ &bulk_destroy, 0, false, "", true, "typed 30" },
		{ &bulk_things, 0, false, "--yes", false, NULL },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *named = ids(cases[i].rows);
		g_autofree char *line = g_strconcat(named, cases[i].options, NULL);
		g_autoptr(GError) error = NULL;

		context.production = cases[i].production;
		bool done = execute(cases[i].def, line, ANSWER_YES, &error);
		bool asked = frontend.questions->len > 0;

		if (!done || asked != cases[i].asks)
			fail_msg("case %zu: %s", i, error != NULL ? error->message : frontend.questions->str);
		if (asked && strstr(frontend.questions->str, cases[i].typed) == NULL)
			fail_msg("case %zu: %s", i, frontend.questions->str);
		/* Nobody to ask: whatever would have asked is refused, the rest just runs. */
		g_autoptr(GError) refused = NULL;
		done = execute(cases[i].def, line, ANSWER_UNAVAILABLE, &refused);
		assert_true(done == !cases[i].asks);
		if (!done) {
			assert_true(sb_error_is(refused, SB_ERROR_REFUSED));
			assert_non_null(strstr(refused->message, "--yes"));
			assert_null(strstr(recorded->str, "handle"));
			assert_null(strstr(recorded->str, "act"));
		}
	}
}

static void
the_answer_no_leaves_everything_as_it_is(void **state)
{
	g_autofree char *many = ids(21);
	g_autoptr(GError) one = NULL, several = NULL;

	(void)state;
	assert_false(execute(&write_things, many, ANSWER_NO, &one));
	assert_true(sb_error_is(one, SB_ERROR_REFUSED));
	assert_string_equal(recorded->str, "ask");
	assert_false(execute(&bulk_things, "", ANSWER_NO, &several));
	assert_true(sb_error_is(several, SB_ERROR_REFUSED));
	assert_string_equal(recorded->str, "( plan ) ask ( discard )");
}

/* Ctrl-C at the question: the front end can only say no. */
static Answer
press_interrupt(Frontend *self, const Question *question)
{
	(void)self;
	(void)question;
	record("interrupt");
	cancel_token_fire(cancel);
	return ANSWER_NO;
}

static void
an_interrupt_at_the_question_is_no_refusal_and_forgets_the_frozen_set(void **state)
{
	g_autofree char *many = ids(21);
	g_autoptr(GError) one = NULL, several = NULL;

	(void)state;
	asks = press_interrupt;
	assert_false(execute(&write_things, many, ANSWER_NO, &one));
	assert_true(sb_error_is(one, SB_ERROR_CANCELLED));
	assert_string_equal(recorded->str, "interrupt");
	assert_false(execute(&bulk_things, "", ANSWER_NO, &several));
	assert_true(sb_error_is(several, SB_ERROR_CANCELLED));
	assert_string_equal(recorded->str, "( plan ) interrupt ( discard )");
}

static void
refusals_come_before_the_question(void **state)
{
	g_autofree char *many = ids(21);
	static const struct {
		bool read_only, server_read_only, reason_required;
		Role role;
		const char *options, *part;
	} cases[] = {
		{ true, false, false, ROLE_ADMIN, "", "context 'test' is read-only" },
		{ false, true, false, ROLE_ADMIN, "", "the server takes no writes" },
		{ false, false, true, ROLE_ADMIN, "", "give --reason" },
		{ false, false, false, ROLE_VIEWER, "", "takes the role operator and 'ann' is viewer" },
		{ false, false, false, ROLE_ADMIN, " --read-only", "without --read-only" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *line = g_strconcat(many, cases[i].options, NULL);
		g_autoptr(GError) error = NULL;

		context.read_only = cases[i].read_only;
		context.reason_required = cases[i].reason_required;
		server.read_only = cases[i].server_read_only;
		server.role = cases[i].role;
		assert_false(execute(&write_things, line, ANSWER_YES, &error));
		assert_true(sb_error_is(error, SB_ERROR_REFUSED));
		if (strstr(error->message, cases[i].part) == NULL)
			fail_msg("%s", error->message);
		assert_string_equal(recorded->str, "");
		assert_true(execute(&read_things, line, ANSWER_UNAVAILABLE, NULL));
	}
}

static void
nobody_is_asked_inside_a_script_s_transaction(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	in_script = true;
	assert_false(execute(&destroy_things, ID, ANSWER_YES, &error));
	assert_true(sb_error_is(error, SB_ERROR_REFUSED));
	assert_string_equal(recorded->str, "");
	assert_true(execute(&destroy_things, ID " --yes", ANSWER_YES, NULL));
}

static void
what_was_made_is_told_after_the_commit_and_never_by_a_dry_run(void **state)
{
	(void)state;
	assert_true(execute(&write_things, ID, ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(recorded->str, "( handle )");
	assert_non_null(frontend.created);
	assert_string_equal(frontend.notes->str, "did it\n");
	assert_true(execute(&write_things, ID " --dry-run", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(recorded->str, "( handle rollback)");
	assert_null(frontend.created);
	assert_null(strstr(frontend.notes->str, "did it"));
	assert_non_null(strstr(frontend.notes->str, "dry run"));
}

static bool
changing_handle(CommandRun *run, const void *args, GError **error)
{
	Change *change = g_new0(Change, 1);

	(void)args;
	(void)error;
	change->table = g_strdup("posts");
	change->key = g_strdup("7");
	change->columns = g_ptr_array_new_with_free_func(g_free);
	g_ptr_array_add(change->columns, g_strdup("state_type"));
	g_ptr_array_add(change->columns, NULL);
	g_ptr_array_add(change->columns, g_strdup("Published"));
	g_ptr_array_add(run->changes, change);
	g_ptr_array_add(run->statements, g_strdup("UPDATE posts"));
	return true;
}

static void
a_dry_run_shows_changes_and_sql(void **state)
{
	static const CommandDef def = { THING(EFFECT_WRITE, ROLE_OPERATOR), .handle = changing_handle };

	(void)state;
	assert_true(execute(&def, "--dry-run", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(frontend.rows->str,
	    "[changes 5]\nposts|7|state_type|-|Published\n[statements 1]\nUPDATE posts\n");
}

static void
a_bulk_verb_acts_in_batches_and_reports(void **state)
{
	(void)state;
	assert_true(execute(&bulk_things, "--yes", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(recorded->str, "( plan ) ( act0 ) ( act1 ) ( act2 )");
	assert_string_equal(frontend.progress->str, "10/30\n20/30\n30/30\n");
	assert_string_equal(frontend.notes->str, "30 things requested, 30 done, 0 skipped, 0 failed\n");
}

static void
the_question_tells_what_the_plan_holds(void **state)
{
	(void)state;
	assert_true(execute(&bulk_things, "", ANSWER_YES, NULL));
	assert_string_equal(recorded->str, "( plan ) ask ( act0 ) ( act1 ) ( act2 )");
	assert_non_null(strstr(frontend.questions->str, "Do things?\n"));
	assert_non_null(strstr(frontend.questions->str, "oldest is 3 days old\n"));
	assert_non_null(strstr(frontend.questions->str, "database 'shop' on db1:5432\n"));
}

static void
a_machine_reads_the_counts_of_a_bulk_dry_run(void **state)
{
	(void)state;
	for_machines = true;
	set.skips = 1;
	assert_true(execute(&bulk_things, "--dry-run", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(frontend.rows->str, "[plan 4]\n30|3|9|1\n");
	set.batches = 0;
	assert_true(execute(&bulk_things, "--dry-run", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(frontend.rows->str, "[plan 4]\n0|0|0|0\n");
}

static void
a_bulk_dry_run_acts_on_one_batch_in_the_plan_s_own_transaction(void **state)
{
	(void)state;
	assert_true(execute(&bulk_things, "--dry-run", ANSWER_UNAVAILABLE, NULL));
	assert_string_equal(recorded->str, "( plan act0 rollback)");
	assert_non_null(strstr(frontend.notes->str, "the first of 3 batches would do 10 things"));
}

static void
how_a_bulk_verb_ends(void **state)
{
	static const struct {
		unsigned batches, skips, fails_at;
		SbErrorCode fails_with;
		unsigned cancels_at;
		bool done;
		SbErrorCode code;
		const char *recorded, *note;
	} cases[] = {
		{ 0, 0, UINT_MAX, 0, UINT_MAX, true, 0, "( plan )", "no things match" },
		{ 2, 10, UINT_MAX, 0, UINT_MAX, false, SB_ERROR_CONFLICT, "( plan ) ( act0 ) ( act1 )",
		    "skipped 20 things: moved on" },
		{ 2, 3, UINT_MAX, 0, UINT_MAX, false, SB_ERROR_PARTIAL, "( plan ) ( act0 ) ( act1 )",
		    "20 things requested, 14 done, 6 skipped" },
		{ 3, 0, 0, SB_ERROR_UNAVAILABLE, UINT_MAX, false, SB_ERROR_UNAVAILABLE, "( plan ) ( act0 !)",
		    "30 things were not tried" },
		{ 3, 0, 1, SB_ERROR_UNAVAILABLE, UINT_MAX, false, SB_ERROR_PARTIAL,
		    "( plan ) ( act0 ) ( act1 !)", "30 things requested, 10 done, 0 skipped, 0 failed" },
		{ 3, 0, 1, SB_ERROR_UNKNOWN_OUTCOME, UINT_MAX, false, SB_ERROR_UNKNOWN_OUTCOME,
		    "( plan ) ( act0 ) ( act1 !)", "20 things were not tried" },
		{ 3, 0, UINT_MAX, 0, 0, false, SB_ERROR_PARTIAL, "( plan ) ( act0 )",
		    "20 things were not tried" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		set.batches = cases[i].batches;
		set.skips = cases[i].skips;
		set.fails_at = cases[i].fails_at;
		set.fails_times = 1;
		set.code = cases[i].fails_with;
		set.cancels_at = cases[i].cancels_at;
		bool done = execute(&bulk_things, "--yes", ANSWER_UNAVAILABLE, &error);

		if (done != cases[i].done || (!done && !sb_error_is(error, cases[i].code)))
			fail_msg("case %zu: %s", i, error != NULL ? error->message : "done");
		assert_string_equal(recorded->str, cases[i].recorded);
		if (strstr(frontend.notes->str, cases[i].note) == NULL)
			fail_msg("case %zu: %s", i, frontend.notes->str);
	}
}

static void
a_batch_that_is_tried_again_counts_once(void **state)
{
	(void)state;
	set.fails_at = 1;
	set.fails_times = 1;
	set.skips = 2;
	set.code = SB_ERROR_CONCURRENCY;
	set.sqlstate = "40001";
	g_autoptr(GError) error = NULL;

	assert_false(execute(&bulk_things, "--yes", ANSWER_UNAVAILABLE, &error));
	assert_string_equal(recorded->str, "( plan ) ( act0 ) ( act1 !) ( act1 ) ( act2 )");
	assert_true(sb_error_is(error, SB_ERROR_PARTIAL));
	assert_non_null(strstr(frontend.notes->str, "30 things requested, 24 done, 6 skipped, 0 failed"));
}

static void
a_stored_set_says_how_it_goes_on(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	set.stored = true;
	set.cancels_at = 1;
	assert_false(execute(&bulk_things, "--yes", ANSWER_UNAVAILABLE, &error));
	assert_true(sb_error_is(error, SB_ERROR_PARTIAL));
	assert_non_null(strstr(frontend.notes->str, "--plan " ID));
}

static void
a_bulk_verb_takes_no_idempotency_key(void **state)
{
	g_autoptr(GError) bulk_error = NULL, malformed = NULL;

	(void)state;
	assert_false(execute(
	    &bulk_things, "--yes --idempotency-key abcdefgh01234567", ANSWER_UNAVAILABLE, &bulk_error));
	assert_true(sb_error_is(bulk_error, SB_ERROR_USAGE));
	assert_false(execute(&write_things, "--idempotency-key short", ANSWER_UNAVAILABLE, &malformed));
	assert_true(sb_error_is(malformed, SB_ERROR_VALIDATION));
	assert_string_equal(recorded->str, "");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_asks_and_what_does_not),
		TEST(the_answer_no_leaves_everything_as_it_is),
		TEST(an_interrupt_at_the_question_is_no_refusal_and_forgets_the_frozen_set),
		TEST(refusals_come_before_the_question),
		TEST(nobody_is_asked_inside_a_script_s_transaction),
		TEST(what_was_made_is_told_after_the_commit_and_never_by_a_dry_run),
		TEST(a_dry_run_shows_changes_and_sql),
		TEST(a_bulk_verb_acts_in_batches_and_reports),
		TEST(the_question_tells_what_the_plan_holds),
		TEST(a_machine_reads_the_counts_of_a_bulk_dry_run),
		TEST(a_bulk_dry_run_acts_on_one_batch_in_the_plan_s_own_transaction),
		TEST(how_a_bulk_verb_ends),
		TEST(a_batch_that_is_tried_again_counts_once),
		TEST(a_stored_set_says_how_it_goes_on),
		TEST(a_bulk_verb_takes_no_idempotency_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
