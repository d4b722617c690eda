#include "program.h"

#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define MIB_KIB 1024.0

static _Noreturn void
become(const char *const *argv, const char *output, int said)
{
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	int out = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (in < 0 || out < 0)
		_exit(126);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(said, STDERR_FILENO);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static void
print_what_it_said(int said)
{
	char chunk[4096];
	ssize_t got;

	lseek(said, 0, SEEK_SET);
	while ((got = read(said, chunk, sizeof chunk)) > 0)
		fwrite(chunk, 1, (size_t)got, stderr);
}

Cost
program_run(const char *const *argv, const char *output)
{
	g_autofree char *name = NULL;
	int said = g_file_open_tmp("signalbox-XXXXXX", &name, NULL);
	struct rusage usage = { 0 };
	gint64 start;
	int status = 0;
	pid_t pid;

	if (said < 0 || g_unlink(name) != 0)
		report_broken("no temporary file: %s", g_strerror(errno));
	fflush(NULL);
	start = g_get_monotonic_time();
	pid = fork();
	if (pid == 0)
		become(argv, output, said);
	while (pid > 0 && wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
		continue;

	Cost cost = { (double)(g_get_monotonic_time() - start) / 1e3, (double)usage.ru_maxrss / MIB_KIB };

	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		g_autofree char *line = g_strjoinv(" ", (char **)(uintptr_t)argv);

		print_what_it_said(said);
		report_broken("'%s' failed with status %d", line, status);
	}
	close(said);
	return cost;
}

static double
own_resident_kib(int pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/status", pid);
	g_autofree char *text = NULL;
	const char *line;

	if (!g_file_get_contents(path, &text, NULL, NULL) || (line = strstr(text, "\nVmRSS:")) == NULL)
		return 0;
	return g_ascii_strtod(line + strlen("\nVmRSS:"), NULL);
}

double
program_resident_mib(int pid)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/task/%d/children", pid, pid);
	g_autofree char *text = NULL;
	double mib = own_resident_kib(pid) / MIB_KIB;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return mib;
	g_auto(GStrv) children = g_strsplit(g_strstrip(text), " ", -1);

	for (char **child = children; *child != NULL && **child != '\0'; child++)
		mib += program_resident_mib((int)g_ascii_strtoll(*child, NULL, 10));
	return mib;
}
