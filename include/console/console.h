#ifndef SIGNALBOX_CONSOLE_CONSOLE_H
#define SIGNALBOX_CONSOLE_CONSOLE_H

#include "application/completion.h"
#include "application/run.h"
#include "console/configuration.h"

#include <glib.h>
#include <stdbool.h>

/*
 * What all doors share: a line is parsed here, run here, and its results go to a front end. A console is used
 * by one thread; the TUI has one for each lane. The session opens with the first command that needs it.
 */
typedef struct Console Console;

typedef struct ConsoleSettings {
	const Registry *registry;
	const Configuration *configuration;
	const Context *context;
	SessionFactory open_session;
	CancelToken *cancel;    /* borrowed */
	bool read_only;         /* --read-only for everything */
	bool one_shot;          /* one command of a shell: nothing that it sets lasts beyond it */
	bool screens;           /* a lane of the TUI: `watch` and `context use` become wishes */
	StdinReader read_stdin; /* NULL: `-` is refused */
} ConsoleSettings;

Console *console_new(const ConsoleSettings *settings);

/* Closes the session. Accepts NULL. */
void console_free(Console *self);

/* Parses a line, or a shell's words. An empty line or a comment gives NULL and true. USAGE has the position.
 */
bool console_parse_line(Console *self, const char *line, Arguments **ret_arguments, GError **error);
bool console_parse_words(Console *self, const char *const *words, Arguments **ret_arguments, GError **error);

/* True when `line` ends inside quotes or with a `\`: the REPL asks for more. */
bool console_line_is_open(const char *line);

/*
 * True when a line may hold a secret and has no place in a history: it gives one, or it does not parse and is
 * of a command that takes one.
 */
bool console_line_is_secret(Console *self, const char *line);

/*
 * Runs a parsed command to its end, logs its outcome and keeps it in the transcript, unless another command
 * runs it. The error is the caller's to show.
 */
bool console_run(Console *self, const Arguments *arguments, Frontend *frontend, GError **error);

/* Options of `signalbox run`. */
typedef struct ScriptOptions {
	bool keep_going; /* --continue */
	bool atomic;
	GHashTable *variables; /* char * -> char *, for ${name}; may be NULL */
} ScriptOptions;

/* Makes a front end for one command of the caller's door: what --format, --no-header and --quiet ask for. */
typedef Frontend *(*FrontendMaker)(const CommonOptions *options, gpointer data);
typedef void (*FrontendEnder)(Frontend *frontend, gpointer data);

typedef struct Door {
	FrontendMaker make;
	FrontendEnder end;
	/* Shows an error; `line` is what was run. */
	void (*show_error)(const GError *error, gpointer data);
	gpointer data;
} Door;

/* The door of the line that runs now, for commands that run lines of their own; NULL on a screen. */
const Door *console_door(const Console *self);

/* Parses and runs a line, showing its error through the door. The exit code of 02-commands.md. */
int console_do_line(Console *self, const char *line, const Door *door);
int console_do_words(Console *self, const char *const *words, const Door *door);

/*
 * Runs a script's text; `name` is for messages: each error is prefixed by "FILE:LINE: ". False with the first
 * failure, or with
 * --continue, after all lines, with a sentence that counts them and has the first one's code. Errors before
 * the last word are shown through the door. With `atomic` a line that cannot be part of one transaction is
 * refused before the first one runs.
 */
bool console_run_script(Console *self, const char *name, const char *text, const ScriptOptions *options,
    const Door *door, GError **error);

/* The session, opened when it is not. Owned by the console. */
bool console_session(Console *self, Session **ret_session, GError **error);

/* The session when it is open, else NULL. */
Session *console_open_session(Console *self);

/* Completes at `cursor`; asks the server only when a session is open or `online`. */
Completion *console_complete(Console *self, const char *line, size_t cursor, bool online);

const ConsoleSettings *console_settings(const Console *self);

/* True inside a line that another one runs: of a script, or watched. */
bool console_is_nested(const Console *self);
const Context *console_context(const Console *self);

/* What the console's own commands asked for: read and cleared by the door after each run. */
typedef struct ConsoleWishes {
	bool quit;
	const Context *use; /* `context use`: this console works on it already; a TUI moves its other lanes */
	char *watch_line;   /* `watch` on a screen: run this line again … */
	Duration watch_interval; /* … after this long; 0 with no line: nothing to watch */
} ConsoleWishes;
ConsoleWishes *console_wishes(Console *self);

/* Defaults that `set` changed; applied to every line that does not say otherwise. Borrowed, may be changed.
 */
CommonOptions *console_defaults(Console *self);

/* Works on another context from now on. The sessions of others stay open until the console is freed. */
void console_use(Console *self, const Context *context);

/* The console's own commands, NULL-terminated: help, history, watch, source, set, echo, quit, context … */
extern const CommandDef *const console_commands[];

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Console, console_free)

#endif
