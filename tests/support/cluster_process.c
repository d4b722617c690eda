#include "cluster_process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>

#include <cmocka.h>

/* A socket's path may have 107 bytes; what follows the folder is shorter than this. */
#define FOLDER_MAX 80

ServerAccount
server_account(void)
{
	ServerAccount self = { .uid = geteuid(), .gid = getegid(), .other = false };
	const struct passwd *entry;

	if (self.uid != 0)
		return self;
	entry = getpwnam("postgres");
	if (entry == NULL)
		entry = getpwnam("nobody");
	if (entry == NULL)
		fail_msg(
		    "%s", "neither the account 'postgres' nor 'nobody' exists: a server can't run as root");
	else
		self = (ServerAccount){ .uid = entry->pw_uid, .gid = entry->pw_gid, .other = true };
	return self;
}

void
server_account_assume(const ServerAccount *self)
{
	if (self->other && (setgroups(0, NULL) != 0 || setgid(self->gid) != 0 || setuid(self->uid) != 0))
		_exit(126);
}

char *
server_account_folder(const ServerAccount *self)
{
	const char *parent = g_get_tmp_dir();
	g_autofree char *folder = NULL;

	if (strlen(parent) > FOLDER_MAX - strlen("/signalbox-XXXXXX"))
		parent = "/tmp";
	folder = g_build_filename(parent, "signalbox-XXXXXX", NULL);
	if (g_mkdtemp(folder) == NULL)
		fail_msg("no folder for a cluster at '%s': %s", folder, g_strerror(errno));
	if (self->other && chown(folder, self->uid, self->gid) != 0)
		fail_msg("chown '%s': %s", folder, g_strerror(errno));
	return g_steal_pointer(&folder);
}

static void
exec_in_child(const ServerAccount *account, const char *const *argv, int output)
{
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	if (account != NULL)
		server_account_assume(account);
	/* The folder we stand in may be closed to the account. */
	if (chdir("/") == 0)
		execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static char *
read_all(int fd)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char chunk[4096];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof chunk)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			g_string_append_len(text, chunk, n);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

void
process_run(const ServerAccount *account, const char *const *argv)
{
	g_autofree char *output = NULL;
	int pipe_fds[2];
	int status = 0;
	pid_t pid;

	if (!g_unix_open_pipe(pipe_fds, FD_CLOEXEC, NULL))
		fail_msg("pipe: %s", g_strerror(errno));
	pid = fork();
	if (pid == 0)
		exec_in_child(account, argv, pipe_fds[1]);
	close(pipe_fds[1]);
	output = read_all(pipe_fds[0]);
	close(pipe_fds[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("'%s' failed with status %d: %s", argv[0], status, output);
}

static void
make_template(const ServerAccount *account, const char *const *initdb, const char *template)
{
	g_autofree char *folder = server_account_folder(account);
	g_autofree char *data = g_build_filename(folder, "data", NULL);
	g_autofree char *unfinished = g_strconcat(template, ".new", NULL);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();

	for (; *initdb != NULL; initdb++)
		g_ptr_array_add(argv, (gpointer)(uintptr_t)*initdb);
	g_ptr_array_add(argv, data);
	g_ptr_array_add(argv, NULL);
	process_run(account, (const char *const *)argv->pdata);
	process_run(NULL, (const char *[]){ "rm", "-rf", "--", unfinished, NULL });
	process_run(NULL, (const char *[]){ "cp", "-a", "--", data, unfinished, NULL });
	process_run(NULL, (const char *[]){ "rm", "-rf", "--", folder, NULL });
	if (rename(unfinished, template) != 0)
		fail_msg("rename '%s': %s", unfinished, g_strerror(errno));
}

void
cluster_template_copy(const ServerAccount *account, const char *target)
{
	const char *const initdb[] = { TEST_PG_BINDIR "/initdb", "--auth=trust", "--username=postgres",
		"--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--wal-segsize=1", "-D", NULL };
	g_autofree char *words = g_strjoinv(" ", (char **)(uintptr_t)initdb);
	g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, words, -1);
	g_autofree char *template =
	    g_strdup_printf("%s/cluster-%ld-%.8s", TEST_BUILD_DIR, (long)account->uid, hash);
	g_autofree char *lock_path = g_strconcat(template, ".lock", NULL);
	int lock = open(lock_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (lock < 0 || flock(lock, LOCK_EX) != 0)
		fail_msg("lock '%s': %s", lock_path, g_strerror(errno));
	if (!g_file_test(template, G_FILE_TEST_IS_DIR))
		make_template(account, initdb, template);
	close(lock);
	process_run(NULL, (const char *[]){ "cp", "-a", "--reflink=auto", "--", template, target, NULL });
}
