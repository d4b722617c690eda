#ifndef SIGNALBOX_TESTS_CLUSTER_PROCESS_H
#define SIGNALBOX_TESTS_CLUSTER_PROCESS_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* The account that the server runs as: this process's own, or an unprivileged one when this process is root.
 */
typedef struct ServerAccount {
	uid_t uid;
	gid_t gid;
	bool other;
} ServerAccount;

ServerAccount server_account(void);

/* Only in a child. Does not return when it fails. */
void server_account_assume(const ServerAccount *self);

/* A new folder in the temporary one that belongs to the account. Newly allocated. */
char *server_account_folder(const ServerAccount *self);

/* Runs a program to its end, as the account when one is given; a failure fails the test with its output. */
void process_run(const ServerAccount *account, const char *const *argv);

/* A copy of a freshly made cluster at `target`, made with initdb once per build directory. */
void cluster_template_copy(const ServerAccount *account, const char *target);

/* Our end of the process that owns the server. */
typedef struct Guardian {
	int lifeline; /* commands go in; when it closes, the guardian stops the server and removes the folder
		       */
	int answers;  /* one byte per command; end of file when the guardian is gone */
} Guardian;

/* Starts the server `argv` as `account`, its output in `log`; `folder` goes when the guardian does. */
Guardian
guardian_start(const ServerAccount *account, const char *const *argv, const char *folder, const char *log);
void guardian_halt(const Guardian *self);
void guardian_resume(const Guardian *self);
/* Returns when everything is gone. */
void guardian_end(Guardian *self);

#endif
