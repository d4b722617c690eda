#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

/* A CommandComplete with this tag. */
static const char commit_answer[] = "C\0\0\0\013COMMIT";

struct Wire {
	char *folder;
	char *path;
	char *server_path;
	int listener;
	int stop[2]; /* closing the second ends the thread */
	pthread_t thread;
	pthread_mutex_t mutex;
	GString *sent;
	bool lose_commit;
	CancelToken *dead;
};

static struct sockaddr_un
address_of(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	assert_true(strlen(path) < sizeof(address.sun_path));
	memcpy(address.sun_path, path, strlen(path) + 1);
	return address;
}

static int
connect_to(const char *path)
{
	struct sockaddr_un address = address_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool
pass(int to, const char *bytes, ssize_t size)
{
	while (size > 0) {
		ssize_t written = send(to, bytes, (size_t)size, MSG_NOSIGNAL);

		if (written <= 0)
			return false;
		bytes += written;
		size -= written;
	}
	return true;
}

static void
keep(Wire *self, const char *bytes, ssize_t size)
{
	pthread_mutex_lock(&self->mutex);
	for (ssize_t i = 0; i < size; i++)
		g_string_append_c(self->sent, g_ascii_isprint(bytes[i]) ? bytes[i] : ' ');
	pthread_mutex_unlock(&self->mutex);
}

static bool
holds_commit_answer(const char *bytes, ssize_t size)
{
	for (ssize_t i = 0; i + (ssize_t)sizeof(commit_answer) <= size; i++) {
		if (memcmp(bytes + i, commit_answer, sizeof(commit_answer)) == 0)
			return true;
	}
	return false;
}

static bool
is_lost(Wire *self, const char *bytes, ssize_t size)
{
	bool lost;

	pthread_mutex_lock(&self->mutex);
	lost = self->lose_commit && holds_commit_answer(bytes, size);
	if (lost)
		self->lose_commit = false;
	pthread_mutex_unlock(&self->mutex);
	return lost;
}

/* One read of one end; false when the conversation is over. */
static bool
pump(Wire *self, int from, int to, bool from_client)
{
	char bytes[65536];
	ssize_t size = read(from, bytes, sizeof(bytes));

	if (size <= 0)
		return size < 0 && errno == EINTR;
	if (from_client)
		keep(self, bytes, size);
	else if (is_lost(self, bytes, size))
		return false;
	return pass(to, bytes, size);
}

/* False when the wire is stopped. */
static bool
serve(Wire *self, int client, int server)
{
	struct pollfd fds[] = { { self->stop[0], POLLIN, 0 }, { client, POLLIN, 0 }, { server, POLLIN, 0 } };

	for (;;) {
		if (poll(fds, G_N_ELEMENTS(fds), -1) < 0)
			continue;
		if (fds[0].revents != 0)
			return false;
		if (fds[1].revents != 0 && !pump(self, client, server, true))
			return true;
		if (fds[2].revents != 0 && !pump(self, server, client, false))
			return true;
	}
}

/* Who comes after an answer was lost finds nobody, if the test wants it so. */
static bool
turn_away(Wire *self)
{
	CancelToken *dead;

	pthread_mutex_lock(&self->mutex);
	dead = self->lose_commit ? NULL : self->dead;
	pthread_mutex_unlock(&self->mutex);
	if (dead != NULL)
		cancel_token_fire(dead);
	return dead != NULL;
}

static void *
run(void *data)
{
	Wire *self = data;
	struct pollfd fds[] = { { self->stop[0], POLLIN, 0 }, { self->listener, POLLIN, 0 } };
	bool going = true;

	while (going) {
		int client;
		int server;

		if (poll(fds, G_N_ELEMENTS(fds), -1) < 0)
			continue;
		if (fds[0].revents != 0)
			break;
		client = accept(self->listener, NULL, NULL);
		server = turn_away(self) ? -1 : connect_to(self->server_path);
		if (client >= 0 && server >= 0)
			going = serve(self, client, server);
		close(client);
		close(server);
	}
	return NULL;
}

Wire *
wire_start(const Cluster *cluster)
{
	Wire *self = g_new0(Wire, 1);
	struct sockaddr_un address;

	self->folder = g_dir_make_tmp("signalbox-wire-XXXXXX", NULL);
	assert_non_null(self->folder);
	self->path = g_strdup_printf("%s/.s.PGSQL.%d", self->folder, cluster_port(cluster));
	self->server_path = g_strdup_printf("%s/.s.PGSQL.%d", cluster_host(cluster), cluster_port(cluster));
	self->sent = g_string_new(NULL);
	pthread_mutex_init(&self->mutex, NULL);
	self->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	address = address_of(self->path);
	assert_int_equal(bind(self->listener, (const struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(self->listener, 8), 0);
	assert_int_equal(pipe(self->stop), 0);
	assert_int_equal(pthread_create(&self->thread, NULL, run, self), 0);
	return self;
}

void
wire_stop(Wire *self)
{
	if (self == NULL)
		return;
	close(self->stop[1]);
	pthread_join(self->thread, NULL);
	close(self->stop[0]);
	close(self->listener);
	unlink(self->path);
	rmdir(self->folder);
	pthread_mutex_destroy(&self->mutex);
	g_string_free(self->sent, TRUE);
	g_free(self->folder);
	g_free(self->path);
	g_free(self->server_path);
	g_free(self);
}

const char *
wire_host(const Wire *self)
{
	return self->folder;
}

void
wire_lose_commit(Wire *self, CancelToken *dead)
{
	pthread_mutex_lock(&self->mutex);
	self->lose_commit = true;
	self->dead = dead;
	pthread_mutex_unlock(&self->mutex);
}

char *
wire_sent(Wire *self)
{
	char *sent;

	pthread_mutex_lock(&self->mutex);
	sent = g_strdup(self->sent->str);
	pthread_mutex_unlock(&self->mutex);
	return sent;
}
