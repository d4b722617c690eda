#include "console/console.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "recording.h"

/* Lines that a console runs for a command of its own: run, source and watch. The session is none. */

static char *folder;
static CancelToken *cancel;
static Configuration *configuration;
static Console *console;
static Registry *registry;
static RecordingFrontend frontend;
static GString *errors;
static guint stdin_reads;

typedef struct ThingArgs {
	char **values;
	char *text;
	bool fire;
} ThingArgs;

static const ArgDef thing_args[] = {
	{ "value", "VALUE", "anything", ARG_TEXT, ARG_POSITIONAL | ARG_REPEATS, offsetof(ThingArgs, values) },
	{ "text", "TEXT", "a text", ARG_TEXT, ARG_STDIN, offsetof(ThingArgs, text) },
	{ "fire", NULL, "press Ctrl-C meanwhile", ARG_FLAG, 0, offsetof(ThingArgs, fire) },
	{ 0 },
};

/* `write@one!dry(a|b)`: what ran, where, how, on which values. */
static bool
handle(CommandRun *run, const void *data, GError **error)
{
	const ThingArgs *args = data;
	const CommonOptions *common = &run->arguments->common;
	g_autofree char *values = args->values != NULL ? g_strjoinv("|", args->values) : g_strdup("");

	if (cancel_token_is_fired(cancel)) {
		g_set_error(error, SB_ERROR, SB_ERROR_CANCELLED, "stopped");
		return false;
	}
	record("%s@%s%s%s%s%s%s(%s)", run->def->name, run->session->context->name,
	    run->within_script ? "!atomic" : "", common->dry_run ? "!dry" : "", common->yes ? "!yes" : "",
	    common->reason != NULL ? "!" : "", common->reason != NULL ? common->reason : "",
	    args->text != NULL ? args->text : values);
	if (args->fire)
		cancel_token_fire(cancel);
	return true;
}

#define THING(title, kind, who)                                                                              \
	{                                                                                                    \
		.name = (title), .summary = "Do it", .effect = (kind), .role = (who), .args = thing_args,    \
		.args_size = sizeof(ThingArgs), .handle = handle                                             \
	}

static const CommandDef read_command = THING("read", EFFECT_READ, ROLE_VIEWER);
static const CommandDef write_command = THING("write", EFFECT_WRITE, ROLE_OPERATOR);

static const ArgDef secret_args[] = {
	{ "value", "VALUE", "anything", ARG_TEXT, ARG_POSITIONAL | ARG_SECRET, offsetof(ThingArgs, text) },
	{ 0 },
};

static const CommandDef secret_command = { .name = "secret",
	.summary = "Keep it",
	.effect = EFFECT_READ,
	.args = secret_args,
	.args_size = sizeof(ThingArgs),
	.handle = handle };
static const CommandDef *const things[] = { &read_command, &write_command, &secret_command, NULL };

static const Behaviour no_behaviours[] = { { 0 } };
static const ServerInfo server = { .session_user = NULL, .role = ROLE_ADMIN };

static bool
commit(Session *session, GError **error)
{
	(void)error;
	record("commit@%s", session->context->name);
	return true;
}

static void
roll_back(Session *session)
{
	record("rollback@%s", session->context->name);
}

static void
close_session(Session *session)
{
	g_free(session);
}

static bool
open_session(const Context *context, CancelToken *token, Session **ret_session, GError **error)
{
	Session *session = g_new0(Session, 1);

	(void)error;
	session->context = context;
	session->cancel = token;
	session->server = &server;
	session->behaviours = no_behaviours;
	session->commit = commit;
	session->rollback = roll_back;
	session->close = close_session;
	*ret_session = session;
	return true;
}

static bool
read_stdin(char **ret_text, GError **error)
{
	(void)error;
	*ret_text = g_strdup(stdin_reads++ == 0 ? "piped" : "");
	return true;
}

static Frontend *
make(const CommonOptions *options, gpointer data)
{
	(void)options;
	(void)data;
	return &frontend.frontend;
}

static void
end(Frontend *self, gpointer data)
{
	(void)self;
	(void)data;
}

static void
show_error(const GError *error, gpointer data)
{
	(void)data;
	g_string_append_printf(errors, "%s\n", error->message);
}

static const Door door = { make, end, show_error, NULL };

static char *
path_of(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static void
write_file(const char *name, const char *text)
{
	g_autofree char *path = path_of(name);
	g_autoptr(GError) error = NULL;

	if (!file_write_atomically(path, text, strlen(text), &error))
		g_error("%s", error->message);
}

static int
set_up(void **state)
{
	g_autofree char *path = NULL;
	g_autoptr(GError) error = NULL;
	const Context *context = NULL;

	(void)state;
	folder = g_dir_make_tmp("signalbox-lines-XXXXXX", NULL);
	write_file("config", "[default]\ncontext=one\n[context one]\nhost=a\n[context two]\nhost=b\n");
	path = path_of("config");
	if (!configuration_load(path, &configuration, &error) ||
	    !configuration_context(configuration, "one", &context, &error))
		g_error("%s", error->message);
	registry = registry_new();
	registry_add(registry, things);
	registry_add(registry, console_commands);
	cancel = cancel_token_new();
	console = console_new(&(ConsoleSettings){ .registry = registry,
	    .configuration = configuration,
	    .context = context,
	    .open_session = open_session,
	    .cancel = cancel,
	    .read_stdin = read_stdin });
	recorded = g_string_new(NULL);
	errors = g_string_new(NULL);
	recording_init(&frontend, ANSWER_UNAVAILABLE);
	stdin_reads = 0;
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const files[] = { "config", "script", NULL };

	(void)state;
	console_free(console);
	cancel_token_free(cancel);
	registry_free(registry);
	configuration_free(configuration);
	recording_clear(&frontend);
	g_string_free(recorded, TRUE);
	g_string_free(errors, TRUE);
	for (size_t i = 0; files[i] != NULL; i++) {
		g_autofree char *path = path_of(files[i]);

		g_unlink(path);
	}
	g_rmdir(folder);
	g_free(folder);
	return 0;
}

/* Runs `line`, in which SCRIPT is the path of a file that holds `script`. */
static int
run_script(const char *line, const char *script)
{
	g_autofree char *path = path_of("script");
	g_auto(GStrv) parts = g_strsplit(line, "SCRIPT", -1);
	g_autofree char *whole = g_strjoinv(path, parts);
	g_auto(GStrv) pieces = g_strsplit(script, "SCRIPT", -1);
	g_autofree char *text = g_strjoinv(path, pieces);

	write_file("script", text);
	g_string_truncate(recorded, 0);
	g_string_truncate(errors, 0);
	return console_do_line(console, whole, &door);
}

static void
options_of_a_script_hold_for_each_of_its_lines(void **state)
{
	static const struct {
		const char *line, *script, *expected;
	} cases[] = {
		{ "run SCRIPT", "write a\nread b", "write@one(a) read@one(b)" },
		{ "run SCRIPT --dry-run", "write a\nread b", "write@one!dry(a) read@one!dry(b)" },
		{ "run SCRIPT --yes", "write a", "write@one!yes(a)" },
		{ "run SCRIPT --reason why", "write a\nwrite b --reason other",
		    "write@one!why(a) write@one!other(b)" },
		{ "source SCRIPT --context two", "write a\nwrite b --context one",
		    "write@two(a) write@one(b)" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_int_equal(run_script(cases[i].line, cases[i].script), 0);
		assert_string_equal(recorded->str, cases[i].expected);
	}
	assert_int_equal(console_do_line(console, "write after", &door), 0);
	assert_non_null(strstr(recorded->str, "write@one(after)"));
}

static void
a_read_only_script_writes_nothing(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --read-only", "read a\nwrite b"), 7);
	assert_string_equal(recorded->str, "read@one(a)");
}

static void
a_script_takes_no_idempotency_key(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --idempotency-key 0123456789abcdef", "write a"), 2);
	assert_string_equal(recorded->str, "");
}

static void
of_several_contexts_none_is_taken_by_luck(void **state)
{
	g_autofree char *path = path_of("config");
	g_autoptr(Configuration) own = NULL;
	g_autoptr(GError) error = NULL;
	const Context *context = NULL;

	(void)state;
	g_unsetenv("SIGNALBOX_CONTEXT");
	write_file("config", "[context one]\n[context two]\n");
	assert_true(configuration_load(path, &own, NULL));
	assert_false(configuration_context(own, NULL, &context, &error));
	assert_true(sb_error_is(error, SB_ERROR_USAGE));
	assert_non_null(strstr(error->message, "there is one, two"));
	assert_true(configuration_context(own, "two", &context, NULL));
	g_clear_pointer(&own, configuration_free);
	write_file("config", "[context two]\n");
	assert_true(configuration_load(path, &own, NULL));
	assert_true(configuration_context(own, NULL, &context, NULL));
	assert_string_equal(context->name, "two");
}

static void
an_atomic_script_is_one_transaction(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --atomic", "write a\nread b"), 0);
	assert_string_equal(recorded->str, "write@one!atomic(a) read@one!atomic(b) commit@one");
	assert_int_equal(run_script("run SCRIPT --atomic --context two", "write a"), 0);
	assert_string_equal(recorded->str, "write@two!atomic(a) commit@two");
}

static void
a_dry_run_of_an_atomic_script_is_rolled_back(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --atomic --dry-run", "write a\nwrite b"), 0);
	assert_string_equal(recorded->str, "write@one!atomic!dry(a) write@one!atomic!dry(b) rollback@one");
}

static void
a_dry_run_line_is_no_part_of_an_atomic_script(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --atomic", "write a\nwrite b --dry-run"), 2);
	assert_string_equal(recorded->str, "");
	assert_non_null(strstr(errors->str, "script:2: 'write' is a dry run"));
}

static void
an_atomic_script_stays_on_its_context(void **state)
{
	static const char *const scripts[] = { "write a\nwrite b --context two",
		"write a\ncontext use two\nwrite b" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
		assert_int_equal(run_script("run SCRIPT --atomic", scripts[i]), 2);
		assert_string_equal(recorded->str, "write@one!atomic(a) rollback@one");
		assert_non_null(
		    strstr(errors->str, "an --atomic script works on context 'one' alone, not on 'two'"));
		console_do_line(console, "context use one", &door);
	}
}

static void
an_atomic_script_reads_standard_input_once(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --atomic", "write --text -"), 0);
	assert_string_equal(recorded->str, "write@one!atomic(piped) commit@one");
	assert_int_equal(stdin_reads, 1);
}

static void
what_set_says_holds_inside_an_atomic_script(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --atomic", "set reason why\nwrite a"), 0);
	assert_string_equal(recorded->str, "write@one!atomic!why(a) commit@one");
}

static void
a_refused_set_changes_nothing(void **state)
{
	static const char *const wrong[] = { "set format bogus", "set timeout soon", "set quiet maybe",
		"set read-only perhaps" };
	const CommonOptions *defaults = console_defaults(console);

	(void)state;
	assert_int_equal(console_do_line(console, "set format JSON", &door), 0);
	assert_int_equal(console_do_line(console, "set timeout 5s", &door), 0);
	assert_int_equal(console_do_line(console, "set quiet on", &door), 0);
	assert_int_equal(console_do_line(console, "set read-only on", &door), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_int_equal(console_do_line(console, wrong[i], &door), 2);
	assert_string_equal(defaults->format, "json");
	assert_int_equal(defaults->timeout, 5 * DURATION_SECOND);
	assert_true(defaults->quiet);
	assert_int_equal(console_do_line(console, "write a", &door), 7);
	assert_int_equal(console_do_line(console, "set read-only", &door), 0);
	assert_int_equal(console_do_line(console, "set format", &door), 0);
	assert_null(defaults->format);
	assert_int_equal(console_do_line(console, "write a", &door), 0);
}

static void
a_script_that_runs_itself_ends(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT", "write a\nsource SCRIPT"), 2);
	assert_non_null(strstr(errors->str, "does one of them run itself?"));
}

static void
a_variable_never_leaves_its_word(void **state)
{
	static const struct {
		const char *line, *script, *expected;
	} cases[] = {
		{ "run SCRIPT --var 'v=a b'", "read ${v} c", "read@one(a b|c)" },
		{ "run SCRIPT --var 'v=x\" --yes \"'", "read \"say ${v}\"", "read@one(say x\" --yes \")" },
		{ "run SCRIPT --var \"v=it's\"", "read 'say ${v}'", "read@one(say it's)" },
		{ "run SCRIPT --var v=--yes", "read ${v}", "read@one(--yes)" },
		{ "run SCRIPT --var v=-", "write --text ${v}", "write@one(-)" },
		{ "run SCRIPT --var v=", "read ${v} b", "read@one(|b)" },
		{ "run SCRIPT --var v=x", "# ${unknown}\nread $${v} ${v}${v} # ${unknown}",
		    "read@one(${v}|xx)" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_int_equal(run_script(cases[i].line, cases[i].script), 0);
		assert_string_equal(recorded->str, cases[i].expected);
	}
}

static void
an_interrupt_ends_the_whole_script(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT --continue", "read a --fire\nread b\nread c"), 130);
	assert_string_equal(recorded->str, "read@one(a)");
	assert_int_equal(run_script("run SCRIPT", "read a"), 0);
}

static void
an_interrupt_ends_a_watch_and_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(run_script("run SCRIPT", "watch 1h -- read a --fire\nread b"), 0);
	assert_string_equal(recorded->str, "read@one(a) read@one(b)");
}

static void
a_watch_repeats_nothing_that_may_write(void **state)
{
	static const char *const lines[] = { "watch 1s write a", "watch 1s run SCRIPT",
		"watch 1s source SCRIPT", "watch 1s watch 1s read a" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		assert_int_equal(run_script(lines[i], "write a"), 7);
		assert_string_equal(recorded->str, "");
	}
}

static void
a_watch_hands_its_options_on(void **state)
{
	(void)state;
	assert_int_equal(run_script("watch 1h read a --context two -- --fire", ""), 0);
	assert_string_equal(recorded->str, "read@two(a)");
}

/* Others may have run before in this program. */
static void
the_transcript_saves_as_a_script(void **state)
{
	g_autofree char *path = path_of("saved");
	g_autofree char *line = g_strdup_printf("transcript --limit 5 --save %s", path);
	g_autofree char *text = NULL;

	(void)state;
	console_do_line(console, "read 'two words' '${x}' 'a\nb'", &door);
	console_do_line(console, "write bad --read-only", &door);
	console_do_line(console, "write --text 'from a\nfile' --read-only", &door);
	run_script("run SCRIPT", "read a\nread b");
	console_do_line(console, "secret hidden", &door);
	assert_int_equal(console_do_line(console, line, &door), 0);
	assert_true(file_read(path, 10000, false, &text, NULL, NULL));

	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	assert_string_equal(lines[0], "read 'two words' '$${x}' 'a");
	assert_string_equal(lines[1], "b'");
	assert_string_equal(lines[2], "# ended with 7: write bad --read-only");
	assert_string_equal(lines[3], "# ended with 7: write --text 'from a");
	assert_string_equal(lines[4], "# file' --read-only");
	assert_true(g_str_has_prefix(lines[5], "run "));
	assert_string_equal(lines[6], "# its secret is not kept: secret ***");
	assert_string_equal(lines[7], "");
	assert_int_equal(console_do_line(console, line, &door), 4);
	g_unlink(path);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(options_of_a_script_hold_for_each_of_its_lines),
		TEST(a_read_only_script_writes_nothing),
		TEST(a_script_takes_no_idempotency_key),
		TEST(of_several_contexts_none_is_taken_by_luck),
		TEST(an_atomic_script_is_one_transaction),
		TEST(a_dry_run_of_an_atomic_script_is_rolled_back),
		TEST(a_dry_run_line_is_no_part_of_an_atomic_script),
		TEST(an_atomic_script_stays_on_its_context),
		TEST(an_atomic_script_reads_standard_input_once),
		TEST(what_set_says_holds_inside_an_atomic_script),
		TEST(a_refused_set_changes_nothing),
		TEST(a_script_that_runs_itself_ends),
		TEST(a_variable_never_leaves_its_word),
		TEST(an_interrupt_ends_the_whole_script),
		TEST(an_interrupt_ends_a_watch_and_nothing_else),
		TEST(a_watch_repeats_nothing_that_may_write),
		TEST(a_watch_hands_its_options_on),
		TEST(the_transcript_saves_as_a_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
