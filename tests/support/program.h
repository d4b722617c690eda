#ifndef SIGNALBOX_TESTS_PROGRAM_H
#define SIGNALBOX_TESTS_PROGRAM_H

#include <glib.h>
#include <stdbool.h>

/*
 * The program as a shell starts it: words, an environment and standard input go in; exit code, standard
 * output and standard error come out. None of the three is a terminal. Whatever fails here fails the running
 * test.
 *
 * The environment is PATH, the sanitizers' options and what cluster_export set (PG…), LC_ALL=C.UTF-8, TZ=UTC,
 * and a home and a state folder of this test program's own, removed when it ends.
 */
typedef struct Program Program;

#define PROGRAM_DEADLINE_MS 60000

typedef struct ProgramOptions {
	const char *const *words; /* behind the program's name, NULL-terminated */
	const char *const *env;   /* NAME=value, or NAME alone to leave it out; over the ones above */
	const char *input;        /* NULL: nothing */
	const char *cwd;          /* NULL: this process's folder */
	int timeout_ms;           /* 0: PROGRAM_DEADLINE_MS */
} ProgramOptions;

typedef struct ProgramResult {
	int exit_code; /* 128 and the signal's number when a signal ended it */
	char *out;
	char *err;
} ProgramResult;

void program_result_clear(ProgramResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProgramResult, program_result_clear)

/* Runs to the end. A program that still runs at the deadline is killed and fails the test. */
ProgramResult program_run(const ProgramOptions *options);

/* The same with a command line in a shell's quoting instead of words, without more. */
ProgramResult program_line(const char *line);

/* In two steps, for a test that does something while it runs. Waiting frees the program. */
Program *program_start(const ProgramOptions *options);
ProgramResult program_wait(Program *self);
int program_pid(const Program *self);

/* Where the built program is. */
const char *program_path(void);

/* This test program's own folder: configuration files go here, and `state` in it is XDG_STATE_HOME. */
const char *program_folder(void);

/* Writes a file there, 0600, and gives its path, newly allocated. */
char *program_file(const char *name, const char *text);

/* The environment above with `extra` over it, for a program that is started otherwise (a terminal). */
char **program_environment(const char *const *extra);

#endif
