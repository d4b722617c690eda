#include "application/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "recording.h"

/* What the recording behaviours shall do. */
static struct {
	const char *fails;    /* this step fails … */
	const char *sqlstate; /* … with this state … */
	int times;            /* … so often */
	bool replays;
	bool sends_commit;
	SbErrorCode code;
} plan;

static bool
step(const char *name, GError **error)
{
	record("%s", name);
	if (plan.fails == NULL || strcmp(plan.fails, name) != 0 || plan.times-- <= 0)
		return true;
	g_set_error(error, SB_ERROR, (gint)plan.code, "%s failed", name);
	if (plan.sqlstate != NULL && error != NULL)
		sb_error_set_origin(*error, plan.sqlstate, NULL);
	return false;
}

static bool
begin_before(CommandRun *run, GError **error)
{
	assert_null(run->created);
	assert_int_equal(run->notes->len, 0);
	return step("begin", error);
}

static bool
key_before(CommandRun *run, GError **error)
{
	run->replayed = plan.replays;
	return step("key", error);
}

static bool
key2_before(CommandRun *run, GError **error)
{
	(void)run;
	return step("key2", error);
}

static bool
save_after(CommandRun *run, GError **error)
{
	run->commit_sent = plan.sends_commit;
	return step("save", error);
}

static bool
publish_after(CommandRun *run, GError **error)
{
	(void)run;
	return step("publish", error);
}

static void
told(CommandRun *run, const GError *error)
{
	(void)run;
	record("told(%s)", error->message);
}

static void
told_too(CommandRun *run, const GError *error)
{
	told(run, error);
}

/* Registered in another order than they run in. */
static const Behaviour behaviours[] = {
	{ "publish", PRIORITY_PUBLISH, NULL, publish_after, NULL },
	{ "key", PRIORITY_IDEMPOTENCY, key_before, NULL, NULL },
	{ "save", PRIORITY_SAVE, NULL, save_after, told },
	{ "key2", PRIORITY_IDEMPOTENCY, key2_before, NULL, NULL },
	{ "begin", PRIORITY_BEGIN, begin_before, NULL, told_too },
	{ 0 },
};

static bool
validate_values(const void *args, GError **error)
{
	(void)args;
	return step("validate", error);
}

static bool
handle(CommandRun *run, const void *args, GError **error)
{
	(void)run;
	(void)args;
	(void)error;
	return true;
}

static const CommandDef write_command = {
	.name = "things do",
	.summary = "Do",
	.effect = EFFECT_WRITE,
	.role = ROLE_OPERATOR,
	.validate = validate_values,
	.handle = handle,
};

static const CommandDef local_command = { .name = "things think", .summary = "Think", .handle = handle };

static bool
handler_step(CommandRun *run, gpointer data, GError **error)
{
	const Uuid id = uuid_v7();

	(void)data;
	run_created(run, &id);
	run_note(run, NOTE_INFO, "done");
	return step("handle", error);
}

static bool
run_command(const CommandDef *def, Role role, bool within_script, GError **error)
{
	Context context = { .name = (char[]){ "test" } };
	ServerInfo server = { .session_user = (char[]){ "ann" }, .role = role };
	g_autoptr(CancelToken) cancel = cancel_token_new();
	Session session = {
		.server = &server, .context = &context, .cancel = cancel, .behaviours = behaviours
	};
	g_autoptr(Arguments) arguments = arguments_of(def, "");
	g_autoptr(CommandRun) run = command_run_new(arguments, &session, NULL);

	run->within_script = within_script;
	g_string_truncate(recorded, 0);
	return pipeline_run(run, handler_step, NULL, error);
}

static int
setup(void **state)
{
	(void)state;
	recorded = g_string_new(NULL);
	memset(&plan, 0, sizeof plan);
	plan.code = SB_ERROR_CONFLICT;
	plan.times = 1;
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	g_string_free(recorded, TRUE);
	return 0;
}

static void
behaviours_run_by_priority_and_then_by_registration(void **state)
{
	(void)state;
	assert_true(run_command(&write_command, ROLE_ADMIN, false, NULL));
	assert_string_equal(recorded->str, "validate begin key key2 handle save publish");
}

static void
the_first_error_stays_and_everyone_is_told(void **state)
{
	static const struct {
		const char *fails, *recorded;
	} cases[] = {
		{ "validate", "validate told(validate failed) told(validate failed)" },
		{ "begin", "validate begin told(begin failed) told(begin failed)" },
		{ "key", "validate begin key told(key failed) told(key failed)" },
		{ "handle", "validate begin key key2 handle told(handle failed) told(handle failed)" },
		{ "save", "validate begin key key2 handle save told(save failed) told(save failed)" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *message = g_strdup_printf("%s failed", cases[i].fails);

		plan.fails = cases[i].fails;
		plan.times = 1;
		assert_false(run_command(&write_command, ROLE_ADMIN, false, &error));
		assert_string_equal(recorded->str, cases[i].recorded);
		assert_string_equal(error->message, message);
	}
}

static void
a_replayed_key_skips_the_handler_but_not_the_end(void **state)
{
	(void)state;
	plan.replays = true;
	assert_true(run_command(&write_command, ROLE_ADMIN, false, NULL));
	assert_string_equal(recorded->str, "validate begin key key2 save publish");
}

static void
a_local_command_meets_no_behaviour_of_the_session(void **state)
{
	(void)state;
	assert_true(run_command(&local_command, ROLE_VIEWER, false, NULL));
	assert_string_equal(recorded->str, "handle");
}

static void
a_refusal_comes_before_begin(void **state)
{
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(run_command(&write_command, ROLE_VIEWER, false, &error));
	assert_true(sb_error_is(error, SB_ERROR_REFUSED));
	assert_non_null(strstr(error->message, "takes the role operator"));
	assert_true(g_str_has_prefix(recorded->str, "validate told("));
}

static unsigned
tries(void)
{
	unsigned count = 0;

	for (const char *at = recorded->str; (at = strstr(at, "begin key")) != NULL; at++)
		count++;
	return count;
}

static void
only_what_may_succeed_later_is_tried_again(void **state)
{
	static const struct {
		const char *fails, *sqlstate;
		SbErrorCode code;
		int times;
		bool sends_commit, within_script;
		bool succeeds;
		unsigned tries;
	} cases[] = {
		{ "handle", "40001", SB_ERROR_CONCURRENCY, 1, false, false, true, 2 },
		{ "handle", "40P01", SB_ERROR_CONCURRENCY, 2, false, false, true, 3 },
		{ "handle", "40001", SB_ERROR_CONCURRENCY, 9, false, false, false, 3 },
		{ "handle", "08006", SB_ERROR_UNAVAILABLE, 1, false, false, true, 2 },
		{ "handle", "57P01", SB_ERROR_UNAVAILABLE, 1, false, false, true, 2 },
		{ "handle", "57P05", SB_ERROR_UNAVAILABLE, 1, false, false, true, 2 },
		{ "handle", "25P03", SB_ERROR_UNAVAILABLE, 1, false, false, true, 2 },
		{ "save", "40001", SB_ERROR_CONCURRENCY, 1, false, false, true, 2 },
		{ "save", "08006", SB_ERROR_UNAVAILABLE, 1, true, false, false, 1 },
		{ "handle", "40001", SB_ERROR_CONCURRENCY, 1, false, true, false, 1 },
		{ "handle", "23505", SB_ERROR_CONFLICT, 1, false, false, false, 1 },
		{ "handle", NULL, SB_ERROR_CONCURRENCY, 1, false, false, false, 1 },
		{ "handle", NULL, SB_ERROR_UNAVAILABLE, 1, false, false, false, 1 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		plan.fails = cases[i].fails;
		plan.sqlstate = cases[i].sqlstate;
		plan.code = cases[i].code;
		plan.times = cases[i].times;
		plan.sends_commit = cases[i].sends_commit;
		bool done = run_command(&write_command, ROLE_ADMIN, cases[i].within_script, &error);

		if (done != cases[i].succeeds || tries() != cases[i].tries)
			fail_msg("case %zu: %s", i, recorded->str);
		assert_true(done == (error == NULL));
	}
}

static void
a_cancelled_run_is_not_tried_again(void **state)
{
	Context context = { .name = (char[]){ "test" } };
	ServerInfo server = { .session_user = (char[]){ "ann" }, .role = ROLE_ADMIN };
	g_autoptr(CancelToken) cancel = cancel_token_new();
	Session session = {
		.server = &server, .context = &context, .cancel = cancel, .behaviours = behaviours
	};
	g_autoptr(Arguments) arguments = arguments_of(&write_command, "");
	g_autoptr(CommandRun) run = command_run_new(arguments, &session, NULL);
	g_autoptr(GError) error = NULL;

	(void)state;
	plan.fails = "handle";
	plan.sqlstate = "40001";
	plan.times = 9;
	cancel_token_fire(cancel);
	assert_false(pipeline_run(run, handler_step, NULL, &error));
	assert_int_equal(tries(), 1);
	assert_true(sb_error_is(error, SB_ERROR_CANCELLED));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(behaviours_run_by_priority_and_then_by_registration),
		TEST(the_first_error_stays_and_everyone_is_told),
		TEST(a_replayed_key_skips_the_handler_but_not_the_end),
		TEST(a_local_command_meets_no_behaviour_of_the_session),
		TEST(a_refusal_comes_before_begin),
		TEST(only_what_may_succeed_later_is_tried_again),
		TEST(a_cancelled_run_is_not_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
