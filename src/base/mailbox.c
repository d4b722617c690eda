#include "base/mailbox.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

typedef struct Letter {
	gpointer item;
	struct Letter *next;
} Letter;

struct Mailbox {
	pthread_mutex_t lock;
	int fd;
	Letter *oldest;
	Letter *newest;
	GDestroyNotify free_item;
};

Mailbox *
mailbox_new(GDestroyNotify free_item)
{
	Mailbox *self = g_new0(Mailbox, 1);

	pthread_mutex_init(&self->lock, NULL);
	self->free_item = free_item;
	self->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (self->fd < 0)
		g_error("no file descriptor is left for a mailbox: %s", g_strerror(errno));
	return self;
}

void
mailbox_free(Mailbox *self)
{
	gpointer item;

	if (self == NULL)
		return;
	while ((item = mailbox_take(self)) != NULL) {
		if (self->free_item != NULL)
			self->free_item(item);
	}
	close(self->fd);
	pthread_mutex_destroy(&self->lock);
	g_free(self);
}

/* Raised and lowered only at the borders of emptiness and only under the lock, so fd and queue never
 * disagree. */
static void
raise_flag(Mailbox *self)
{
	uint64_t one = 1;
	ssize_t written = write(self->fd, &one, sizeof one);

	g_assert(written == sizeof one);
}

static void
lower_flag(Mailbox *self)
{
	uint64_t count;
	ssize_t got = read(self->fd, &count, sizeof count);

	g_assert(got == sizeof count);
}

void
mailbox_post(Mailbox *self, gpointer item)
{
	g_assert(item != NULL);

	Letter *letter = g_new(Letter, 1);
	*letter = (Letter){ .item = item };

	pthread_mutex_lock(&self->lock);
	if (self->newest == NULL) {
		self->oldest = letter;
		raise_flag(self);
	} else {
		self->newest->next = letter;
	}
	self->newest = letter;
	pthread_mutex_unlock(&self->lock);
}

gpointer
mailbox_take(Mailbox *self)
{
	gpointer item = NULL;

	pthread_mutex_lock(&self->lock);
	Letter *letter = self->oldest;
	if (letter != NULL) {
		self->oldest = letter->next;
		if (self->oldest == NULL) {
			self->newest = NULL;
			lower_flag(self);
		}
	}
	pthread_mutex_unlock(&self->lock);

	if (letter != NULL)
		item = letter->item;
	g_free(letter);
	return item;
}

/* Milliseconds until `deadline`, rounded up so that a poll never returns before it. */
static int
milliseconds_left(gint64 deadline)
{
	gint64 left = deadline - g_get_monotonic_time();

	return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

gpointer
mailbox_wait(Mailbox *self, int timeout_ms)
{
	gint64 deadline = g_get_monotonic_time() + (gint64)timeout_ms * 1000;

	for (;;) {
		gpointer item = mailbox_take(self);
		int left = timeout_ms < 0 ? -1 : milliseconds_left(deadline);

		if (item != NULL || left == 0)
			return item;
		/* Another reader may be faster, a signal may interrupt: both just look again. */
		struct pollfd waiter = { .fd = self->fd, .events = POLLIN };
		int ready = poll(&waiter, 1, left);
		g_assert(ready >= 0 || errno == EINTR);
	}
}

int
mailbox_fd(const Mailbox *self)
{
	return self->fd;
}
