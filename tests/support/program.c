#include "program.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct Program {
	pid_t pid;
	int process;
	gint64 deadline;
	char *line; /* for messages */
	FILE *in, *out, *err;
};

static char *folder;
static pid_t folder_owner;

static const char *const inherited[] = { "PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
	"TSAN_OPTIONS", "LLVM_PROFILE_FILE", "GCOV_PREFIX", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE",
	NULL };

void
program_result_clear(ProgramResult *self)
{
	g_clear_pointer(&self->out, g_free);
	g_clear_pointer(&self->err, g_free);
}

const char *
program_path(void)
{
	if (*TEST_PROGRAM == '\0')
		fail_msg("%s", "the program is not built");
	return TEST_PROGRAM;
}

static void
remove_folder(void)
{
	pid_t pid;

	/* A forked copy of the test ends here as well. */
	if (getpid() != folder_owner || (pid = fork()) < 0)
		return;
	if (pid == 0) {
		execlp("rm", "rm", "-rf", "--", folder, (char *)NULL);
		_exit(127);
	}
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	g_clear_pointer(&folder, g_free);
}

const char *
program_folder(void)
{
	if (folder != NULL)
		return folder;
	folder = g_build_filename(g_get_tmp_dir(), "signalbox-home-XXXXXX", NULL);
	if (g_mkdtemp(folder) == NULL)
		fail_msg("no folder '%s': %s", folder, g_strerror(errno));
	folder_owner = getpid();
	if (atexit(remove_folder) != 0)
		fail_msg("%s", "atexit failed");
	return folder;
}

char *
program_file(const char *name, const char *text)
{
	char *path = g_build_filename(program_folder(), name, NULL);

	if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
		fail_msg("'%s' can't be written", path);
	return path;
}

char **
program_environment(const char *const *extra)
{
	g_autofree char *state = g_build_filename(program_folder(), "state", NULL);
	char **env = g_new0(char *, 1);

	for (size_t i = 0; inherited[i] != NULL; i++) {
		if (g_getenv(inherited[i]) != NULL)
			env = g_environ_setenv(env, inherited[i], g_getenv(inherited[i]), TRUE);
	}
	env = g_environ_setenv(env, "HOME", program_folder(), TRUE);
	env = g_environ_setenv(env, "XDG_STATE_HOME", state, TRUE);
	env = g_environ_setenv(env, "LC_ALL", "C.UTF-8", TRUE);
	env = g_environ_setenv(env, "TZ", "UTC", TRUE);
	for (size_t i = 0; extra != NULL && extra[i] != NULL; i++) {
		g_auto(GStrv) pair = g_strsplit(extra[i], "=", 2);

		if (pair[1] != NULL)
			env = g_environ_setenv(env, pair[0], pair[1], TRUE);
		else
			env = g_environ_unsetenv(env, pair[0]);
	}
	return env;
}

/* A file instead of a pipe: nobody has to feed or drain it, so neither side can block the other. */
static FILE *
stream_with(const char *text)
{
	FILE *file = tmpfile();

	if (file == NULL || (text != NULL && fputs(text, file) < 0) || fflush(file) != 0)
		fail_msg("no temporary file: %s", g_strerror(errno));
	rewind(file);
	return file;
}

static _Noreturn void
exec_program(const Program *self, const ProgramOptions *options, char **argv, char **env, pid_t parent)
{
	sigset_t none;

	/* A test that is killed must not leave its program behind. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(126);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	dup2(fileno(self->in), STDIN_FILENO);
	dup2(fileno(self->out), STDOUT_FILENO);
	dup2(fileno(self->err), STDERR_FILENO);
	closefrom(STDERR_FILENO + 1);
	if (options->cwd == NULL || chdir(options->cwd) == 0)
		execve(argv[0], argv, env);
	_exit(127);
}

static char **
arguments_of(const char *const *words)
{
	GPtrArray *argv = g_ptr_array_new();

	g_ptr_array_add(argv, g_strdup(program_path()));
	for (; words != NULL && *words != NULL; words++)
		g_ptr_array_add(argv, g_strdup(*words));
	g_ptr_array_add(argv, NULL);
	return (char **)g_ptr_array_free(argv, FALSE);
}

Program *
program_start(const ProgramOptions *options)
{
	Program *self = g_new0(Program, 1);
	int timeout = options->timeout_ms > 0 ? options->timeout_ms : PROGRAM_DEADLINE_MS;
	g_auto(GStrv) argv = arguments_of(options->words);
	g_auto(GStrv) env = program_environment(options->env);
	pid_t parent = getpid();

	self->deadline = g_get_monotonic_time() + (gint64)timeout * 1000;
	self->line = g_strjoinv(" ", argv);
	self->in = stream_with(options->input);
	self->out = stream_with(NULL);
	self->err = stream_with(NULL);
	fflush(NULL);
	self->pid = fork();
	if (self->pid == 0)
		exec_program(self, options, argv, env, parent);
	if (self->pid < 0 || (self->process = pidfd_open(self->pid, 0)) < 0)
		fail_msg("'%s' can't be started: %s", self->line, g_strerror(errno));
	return self;
}

int
program_pid(const Program *self)
{
	return self->pid;
}

static bool
ends_in_time(const Program *self)
{
	struct pollfd ended = { .fd = self->process, .events = POLLIN };

	for (;;) {
		gint64 left = (self->deadline - g_get_monotonic_time()) / 1000;
		int ready = poll(&ended, 1, (int)MAX(left, 0));

		if (ready > 0)
			return true;
		if (ready == 0 && left <= 0)
			return false;
	}
}

static char *
text_of(FILE *file)
{
	GString *text = g_string_new(NULL);
	char chunk[8192];
	size_t got;

	rewind(file);
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
		g_string_append_len(text, chunk, (gssize)got);
	return g_string_free(text, FALSE);
}

static void
program_free(Program *self)
{
	fclose(self->in);
	fclose(self->out);
	fclose(self->err);
	close(self->process);
	g_free(self->line);
	g_free(self);
}

ProgramResult
program_wait(Program *self)
{
	ProgramResult result = { 0 };
	bool in_time = ends_in_time(self);
	int status = 0;

	if (!in_time)
		kill(self->pid, SIGKILL);
	while (waitpid(self->pid, &status, 0) < 0 && errno == EINTR)
		;
	result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	result.out = text_of(self->out);
	result.err = text_of(self->err);
	if (!in_time)
		fail_msg(
		    "'%s' still ran at its deadline; it said:\n%s%s", self->line, result.out, result.err);
	program_free(self);
	return result;
}

ProgramResult
program_run(const ProgramOptions *options)
{
	return program_wait(program_start(options));
}

ProgramResult
program_line(const char *line)
{
	g_auto(GStrv) words = NULL;
	g_autoptr(GError) error = NULL;

	if (!g_shell_parse_argv(line, NULL, &words, &error))
		fail_msg("'%s': %s", line, error->message);
	return program_run(&(ProgramOptions){ .words = (const char *const *)words });
}
