#include "persistence/connection_private.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>

/* Milliseconds until `deadline` for poll, rounded up so that it never wakes too early; -1: for ever. */
static int
poll_timeout(gint64 deadline)
{
	if (deadline == 0)
		return -1;

	gint64 left = deadline - g_get_monotonic_time();
	if (left <= 0)
		return 0;
	return (int)MIN((left + 999) / 1000, INT_MAX);
}

Wake
wait_for(int fd, short events, CancelToken *cancel, gint64 deadline)
{
	struct pollfd waiters[] = {
		{ .fd = fd, .events = events },
		{ .fd = cancel != NULL ? cancel_token_fd(cancel) : -1, .events = POLLIN },
	};

	for (;;) {
		int timeout = poll_timeout(deadline);
		int ready = poll(waiters, G_N_ELEMENTS(waiters), timeout);

		if (ready < 0 && errno != EINTR)
			g_error("poll: %s", g_strerror(errno));
		if (ready > 0 && waiters[1].revents != 0)
			return WAKE_CANCELLED;
		if (timeout == 0)
			return WAKE_DEADLINE;
		if (ready > 0)
			return WAKE_READY;
	}
}

bool
connection_pause(Connection *self, bool flushing)
{
	short events = (short)(POLLIN | (flushing ? POLLOUT : 0));
	bool stopping = self->stop != STOP_NONE;
	Wake wake = wait_for(PQsocket(self->conn), events, stopping ? NULL : self->cancel,
	    stopping ? self->grace_ends : self->deadline);

	switch (wake) {
	case WAKE_READY:
		/* A failure is told by the result that PQgetResult then makes. */
		if (!PQconsumeInput(self->conn))
			return false;
		break;
	case WAKE_CANCELLED: connection_stop(self, STOP_CANCELLED); break;
	case WAKE_DEADLINE:
		if (stopping)
			self->lost = true;
		else
			connection_stop(self, STOP_DEADLINE);
		break;
	}
	return !self->lost;
}

PGresult *
connection_next_result(Connection *self)
{
	for (;;) {
		if (self->lost)
			return NULL;

		int unsent = PQflush(self->conn);
		if (unsent <= 0 && !PQisBusy(self->conn))
			return PQgetResult(self->conn);
		if (!connection_pause(self, unsent > 0))
			return self->lost ? NULL : PQgetResult(self->conn);
	}
}

bool
connection_wait(Connection *self, Duration time, GError **error)
{
	gint64 until = g_get_monotonic_time() + time;
	bool is_last = self->deadline != 0 && self->deadline < until;

	if (!connection_begin_use(self, error))
		return false;
	for (;;) {
		switch (
		    wait_for(PQsocket(self->conn), POLLIN, self->cancel, is_last ? self->deadline : until)) {
		case WAKE_READY:
			if (!connection_consume_idle(self, error))
				return false;
			continue;
		case WAKE_CANCELLED: self->stop = STOP_CANCELLED; break;
		case WAKE_DEADLINE:
			if (!is_last)
				return true;
			self->stop = STOP_DEADLINE;
			break;
		}
		connection_set_stopped(self, error);
		return false;
	}
}
