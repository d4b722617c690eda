#include "persistence/connection_private.h"

#include "base/mailbox.h"
#include "detached_thread.h"

#include <poll.h>
#include <stdatomic.h>

/*
 * PQcancel of libpq 15 blocks on a connection of its own, so a thread sends it. Whoever lets go last, the
 * thread or the one that waits for it, frees the job.
 */
typedef struct CancelJob {
	atomic_int owners;
	PGcancel *cancel;
	Mailbox *answers;
} CancelJob;

static void
cancel_job_release(CancelJob *self)
{
	if (atomic_fetch_sub(&self->owners, 1) > 1)
		return;
	PQfreeCancel(self->cancel);
	mailbox_free(self->answers);
	g_free(self);
}

static void *
send_cancel(void *argument)
{
	CancelJob *job = argument;
	char said[256];

	/* Whether the server acts on it shows only in the statement's own result. */
	PQcancel(job->cancel, said, sizeof said);
	mailbox_post(job->answers, job);
	cancel_job_release(job);
	return NULL;
}

static CancelJob *
cancel_job_start(PGconn *conn)
{
	CancelJob *job = g_new0(CancelJob, 1);

	atomic_init(&job->owners, 2);
	job->cancel = PQgetCancel(conn);
	job->answers = mailbox_new(NULL);
	if (job->cancel != NULL && detached_thread_start(send_cancel, job))
		return job;
	atomic_store(&job->owners, 1);
	cancel_job_release(job);
	return NULL;
}

void
connection_stop(Connection *self, StopReason reason)
{
	self->stop = reason;
	self->grace_ends = g_get_monotonic_time() + CANCEL_GRACE;

	CancelJob *job = cancel_job_start(self->conn);
	/* A cancel that is still under way could hit the next statement. */
	if (job == NULL || wait_for(mailbox_fd(job->answers), POLLIN, NULL, self->grace_ends) != WAKE_READY)
		self->lost = true;
	else
		(void)mailbox_take(job->answers);
	if (job != NULL)
		cancel_job_release(job);
}
