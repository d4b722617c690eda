#include "base/cancel.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/*
 * The descriptor is the truth. The flag only spares the question while nothing was fired: firing sets it
 * after the write and a reset clears it before the read, so a readable descriptor always ends with the flag
 * set.
 */
struct CancelToken {
	int fd;
	atomic_bool maybe_fired;
};

CancelToken *
cancel_token_new(void)
{
	CancelToken *self = g_new0(CancelToken, 1);

	self->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (self->fd < 0)
		g_error("no file descriptor is left for a cancel token: %s", g_strerror(errno));
	atomic_init(&self->maybe_fired, false);
	return self;
}

void
cancel_token_free(CancelToken *self)
{
	if (self == NULL)
		return;
	close(self->fd);
	g_free(self);
}

void
cancel_token_fire(CancelToken *self)
{
	int saved = errno;
	uint64_t one = 1;

	/* It fails only when the counter is full, and then it is readable already. */
	ssize_t written = write(self->fd, &one, sizeof one);
	(void)written;
	atomic_store(&self->maybe_fired, true);
	errno = saved;
}

void
cancel_token_reset(CancelToken *self)
{
	uint64_t count;

	atomic_store(&self->maybe_fired, false);
	ssize_t got = read(self->fd, &count, sizeof count);
	(void)got;
}

bool
cancel_token_is_fired(const CancelToken *self)
{
	struct pollfd waiter = { .fd = self->fd, .events = POLLIN };

	return atomic_load(&self->maybe_fired) && poll(&waiter, 1, 0) == 1;
}

int
cancel_token_fd(const CancelToken *self)
{
	return self->fd;
}
