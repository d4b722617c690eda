/* The composition root: the only file that knows every layer. */

#include "base/cancel.h"
#include "base/error.h"
#include "base/file.h"
#include "base/log.h"
#include "console/reference.h"
#include "console/terminal_door.h"
#include "infrastructure/session.h"
#include "repl/repl.h"
#include "tui/tui.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What stands before the command, or alone. */
typedef struct Invocation {
	const char *config;
	const char *context;
	const char *reference; /* commands, keys or man */
	const char *screen;
	const char *theme;
	bool read_only;
	bool ascii;
	bool no_mouse;
	bool no_color;
	bool version;
	bool help;
	char **words; /* the command, NULL-terminated; borrowed from argv */
} Invocation;

static const struct {
	const char *name;
	const char *help;
	size_t text; /* offset of a const char *, or … */
	size_t flag; /* … of a bool */
} options[] = {
	{ "--config", "FILE  read this configuration", offsetof(Invocation, config), 0 },
	{ "--context", "NAME  work on this context", offsetof(Invocation, context), 0 },
	{ "--read-only", "refuse every change", 0, offsetof(Invocation, read_only) },
	{ "--screen", "NAME  open this screen first", offsetof(Invocation, screen), 0 },
	{ "--theme", "dark|light|none", offsetof(Invocation, theme), 0 },
	{ "--ascii", "no characters beyond ASCII on screens", 0, offsetof(Invocation, ascii) },
	{ "--no-mouse", "leave the mouse to the terminal", 0, offsetof(Invocation, no_mouse) },
	{ "--no-color", "no colours", 0, offsetof(Invocation, no_color) },
	{ "--print-reference", "commands|keys|man  print a reference", offsetof(Invocation, reference), 0 },
	{ "--version", "print the version", 0, offsetof(Invocation, version) },
	{ "--help", "print this", 0, offsetof(Invocation, help) },
};

static CancelToken *cancel;

static void
interrupt(int number)
{
	(void)number;
	cancel_token_fire(cancel);
}

static void
rotate(int number)
{
	(void)number;
	log_reopen();
}

/* SIGINT without SA_RESTART: whoever waits in a read is to look at the token. */
static void
catch_signals(void)
{
	struct sigaction on_interrupt = { .sa_handler = interrupt };
	struct sigaction on_rotate = { .sa_handler = rotate, .sa_flags = SA_RESTART };

	sigemptyset(&on_interrupt.sa_mask);
	sigemptyset(&on_rotate.sa_mask);
	sigaction(SIGINT, &on_interrupt, NULL);
	sigaction(SIGUSR1, &on_rotate, NULL);
}

static bool
refuse_option(const char *word, GError **error)
{
	const char *names[G_N_ELEMENTS(options) + 1] = { NULL };
	const char *near;

	for (gsize i = 0; i < G_N_ELEMENTS(options); i++)
		names[i] = options[i].name;
	near = nearest_name(word, names);
	if (near != NULL)
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "unknown option '%s'; did you mean '%s'?", word, near);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "unknown option '%s'; 'signalbox --help' tells the ones there are", word);
	return false;
}

/* Options that every command knows may stand before its name too; what they mean is the command's business.
 */
static bool
is_common_option(const char *word)
{
	size_t length = strcspn(word + 2, "=");

	for (const ArgDef *option = common_options; option->name != NULL; option++) {
		if (strlen(option->name) == length && strncmp(word + 2, option->name, length) == 0)
			return true;
	}
	return false;
}

static bool
is_named(const char *word, const char *option)
{
	size_t length = strlen(option);

	return strncmp(word, option, length) == 0 && (word[length] == '\0' || word[length] == '=');
}

static int
fail_option(const char *option, const char *what, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "option '%s' %s", option, what);
	return -1;
}

/* Takes one option, `--config FILE` or `--config=FILE`; the number of words that it took, 0 when it is none
 * of ours, -1 after an error. */
static int
take_option(Invocation *self, char **words, GError **error)
{
	const char *equals = strchr(words[0], '=');
	const char *value = equals != NULL ? equals + 1 : words[1];
	gsize i = 0;

	while (i < G_N_ELEMENTS(options) && !is_named(words[0], options[i].name))
		i++;
	if (i == G_N_ELEMENTS(options))
		return 0;
	if (options[i].flag != 0) {
		*(bool *)((char *)self + options[i].flag) = true;
		return equals == NULL ? 1 : fail_option(options[i].name, "takes no value", error);
	}
	if (value == NULL)
		return fail_option(options[i].name, "needs a value", error);
	*(const char **)(void *)((char *)self + options[i].text) = value;
	return equals == NULL ? 2 : 1;
}

static bool
read_invocation(Invocation *self, char **words, GError **error)
{
	int taken;

	while (*words != NULL && (taken = take_option(self, words, error)) != 0) {
		if (taken < 0)
			return false;
		words += taken;
	}
	self->words = words;
	if (*words != NULL && g_str_has_prefix(*words, "--") && !is_common_option(*words))
		return refuse_option(*words, error);
	if (g_strcmp0(words[0], "repl") == 0 && words[1] != NULL) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "'repl' takes nothing behind it, not '%s'", words[1]);
		return false;
	}
	return true;
}

static int
print_help(const Registry *registry)
{
	g_autofree char *overview = reference_overview(registry, NULL, 80);

	printf("Signalbox: a terminal admin console for PostgreSQL-backed services.\n\n"
	       "signalbox [OPTION…]                   the screens\n"
	       "signalbox [OPTION…] repl              type commands\n"
	       "signalbox [OPTION…] RESOURCE VERB …   run one\n\n");
	for (gsize i = 0; i < G_N_ELEMENTS(options); i++)
		printf("  %-20s %s\n", options[i].name, options[i].help);
	printf("\n%s", overview);
	return 0;
}

static int
print_reference(const Registry *registry, const char *what)
{
	g_autofree char *text = NULL;

	if (strcmp(what, "commands") == 0)
		text = reference_markdown(registry);
	else if (strcmp(what, "keys") == 0)
		text = tui_keys_markdown(registry);
	else if (strcmp(what, "man") == 0)
		text = reference_man(registry);
	else {
		fprintf(stderr, "error: there is no reference '%s': ask for commands, keys or man\n", what);
		return 2;
	}
	fputs(text, stdout);
	return 0;
}

static int
run_screens(const ConsoleSettings *settings, const Invocation *invocation)
{
	const DisplayWishes *wishes = configuration_display(settings->configuration);
	const TuiOptions tui = {
		.ascii = invocation->ascii || wishes->ascii,
		.mouse = wishes->mouse && !invocation->no_mouse,
		.no_color = invocation->no_color,
		.theme = invocation->theme != NULL ? invocation->theme : wishes->theme,
		.screen = invocation->screen,
	};

	return tui_run(settings, &tui);
}

static int
run_words(const ConsoleSettings *settings, char **words)
{
	ConsoleSettings one_shot = *settings;
	g_autoptr(Console) console = NULL;

	one_shot.one_shot = true;
	console = console_new(&one_shot);
	return console_do_words(console, (const char *const *)words, &terminal_door);
}

static int
open_door(const ConsoleSettings *settings, const Invocation *invocation)
{
	if (*invocation->words == NULL)
		return run_screens(settings, invocation);
	catch_signals();
	if (strcmp(invocation->words[0], "repl") == 0)
		return repl_run(settings);
	return run_words(settings, invocation->words);
}

/* A command's own --context is as good as one before it: where none is the default, the console needs one to
 * start. */
static const char *
context_name(const Invocation *invocation)
{
	if (invocation->context != NULL)
		return invocation->context;
	for (char **word = invocation->words; *word != NULL && strcmp(*word, "--") != 0; word++) {
		if (is_named(*word, "--context"))
			return strchr(*word, '=') != NULL ? strchr(*word, '=') + 1 : word[1];
	}
	return NULL;
}

static int
run(const Invocation *invocation, const Registry *registry, GError **error)
{
	g_autoptr(Configuration) configuration = NULL;
	const Context *context = NULL;

	if (!configuration_load(invocation->config, &configuration, error) ||
	    !configuration_context(configuration, context_name(invocation), &context, error))
		return sb_error_exit_code(*error);

	const ConsoleSettings settings = {
		.registry = registry,
		.configuration = configuration,
		.context = context,
		.open_session = session_open,
		.cancel = cancel,
		.read_only = invocation->read_only,
		.read_stdin = terminal_read_stdin,
	};

	return open_door(&settings, invocation);
}

static int
start(const Invocation *invocation, GError **error)
{
	g_autoptr(Registry) registry = registry_new();
	g_autofree char *log_path = state_path("signalbox.log");

	registry_add(registry, application_commands);
	registry_add(registry, tui_commands);
	registry_add(registry, console_commands);
	if (invocation->version)
		return printf("signalbox " SIGNALBOX_VERSION "\n") < 0;
	if (invocation->help)
		return print_help(registry);
	if (invocation->reference != NULL)
		return print_reference(registry, invocation->reference);
	/* Without a log the console still works. */
	if (log_path != NULL)
		log_open(log_path, NULL);
	return run(invocation, registry, error);
}

int
main(int argc, char **argv)
{
	Invocation invocation = { 0 };
	g_autoptr(GError) error = NULL;
	int code;

	(void)argc;
	setlocale(LC_ALL, "");
	cancel = cancel_token_new();
	code = read_invocation(&invocation, argv + 1, &error) ? 0 : 2;
	/* For errors and every command, wherever it stands. */
	if (invocation.no_color)
		g_setenv("NO_COLOR", "1", TRUE);
	if (code == 0)
		code = start(&invocation, &error);
	if (error != NULL)
		terminal_door.show_error(error, NULL);
	log_close();
	cancel_token_free(cancel);
	return code;
}
