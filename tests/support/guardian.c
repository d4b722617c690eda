#include "cluster_process.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#include <cmocka.h>

/*
 * The guardian is no child of the test: ctest kills the whole family of a test that runs too long, and then
 * nobody would be left to clean up. It knows the end of the test by the end of the lifeline.
 */
enum { LIFELINE = 3, ANSWERS = 4, FIRST_UNUSED = 5 };

typedef struct Ward {
	const ServerAccount *account;
	const char *const *argv;
	const char *folder;
	const char *log;
	pid_t server; /* 0 while none runs */
} Ward;

static void
ward_exec(const Ward *self)
{
	int log = open(self->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);

	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	closefrom(LIFELINE);
	server_account_assume(self->account);
	/* After the change of account, which clears it. */
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
	execv(self->argv[0], (char *const *)(uintptr_t)self->argv);
	_exit(127);
}

static void
ward_start(Ward *self)
{
	self->server = fork();
	if (self->server == 0)
		ward_exec(self);
}

static void
ward_stop(Ward *self)
{
	if (self->server <= 0)
		return;
	/* A server that a test has frozen must hear it as well. */
	kill(self->server, SIGQUIT);
	kill(self->server, SIGCONT);
	while (waitpid(self->server, NULL, 0) < 0 && errno == EINTR)
		;
	self->server = 0;
}

static void
guard(Ward *self)
{
	char command;
	ssize_t n;

	for (;;) {
		n = read(LIFELINE, &command, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		if (command == 'S')
			ward_start(self);
		else
			ward_stop(self);
		while (write(ANSWERS, &command, 1) < 0 && errno == EINTR)
			;
	}
	ward_stop(self);
	/* The answers stay open across this: their end says that the folder is gone. */
	execlp("rm", "rm", "-rf", "--", self->folder, (char *)NULL);
	_exit(127);
}

static void
become_guardian(Ward *self, int lifeline, int answers)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	/* Above the numbers that they are moved to, so that no move overwrites another. */
	int high_lifeline = fcntl(lifeline, F_DUPFD, FIRST_UNUSED);
	int high_answers = fcntl(answers, F_DUPFD, FIRST_UNUSED);

	setsid();
	signal(SIGPIPE, SIG_IGN);
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		dup2(nowhere, fd);
	dup2(high_lifeline, LIFELINE);
	dup2(high_answers, ANSWERS);
	closefrom(FIRST_UNUSED);
	if (chdir("/") != 0)
		_exit(127);
	guard(self);
}

static void
guardian_command(const Guardian *self, char command)
{
	char answer;
	ssize_t n;

	if (write(self->lifeline, &command, 1) != 1)
		fail_msg("the server's guardian does not listen: %s", g_strerror(errno));
	while ((n = read(self->answers, &answer, 1)) < 0 && errno == EINTR)
		;
	if (n != 1)
		fail_msg("%s", "the server's guardian is gone");
}

Guardian
guardian_start(const ServerAccount *account, const char *const *argv, const char *folder, const char *log)
{
	Ward ward = { .account = account, .argv = argv, .folder = folder, .log = log };
	Guardian self;
	int lifeline[2];
	int answers[2];
	pid_t between;

	if (!g_unix_open_pipe(lifeline, FD_CLOEXEC, NULL) || !g_unix_open_pipe(answers, FD_CLOEXEC, NULL))
		fail_msg("pipe: %s", g_strerror(errno));
	between = fork();
	if (between < 0)
		fail_msg("fork: %s", g_strerror(errno));
	if (between == 0) {
		if (fork() == 0)
			become_guardian(&ward, lifeline[0], answers[1]);
		_exit(0);
	}
	close(lifeline[0]);
	close(answers[1]);
	while (waitpid(between, NULL, 0) < 0 && errno == EINTR)
		;
	self = (Guardian){ .lifeline = lifeline[1], .answers = answers[0] };
	guardian_resume(&self);
	return self;
}

void
guardian_halt(const Guardian *self)
{
	guardian_command(self, 'X');
}

void
guardian_resume(const Guardian *self)
{
	guardian_command(self, 'S');
}

void
guardian_end(Guardian *self)
{
	char rest;
	ssize_t n;

	close(self->lifeline);
	while ((n = read(self->answers, &rest, 1)) > 0 || (n < 0 && errno == EINTR))
		;
	close(self->answers);
}
