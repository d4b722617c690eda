#include "cluster.h"
#include "cluster_process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <libpq-fe.h>

#include <cmocka.h>

#define PORT 5432
#define START_DEADLINE_US (60 * G_TIME_SPAN_SECOND)

struct Cluster {
	ServerAccount account;
	char *folder;
	char *data;
	char *log;
	Guardian guardian;
};

static void
forget_outside_settings(void)
{
	g_auto(GStrv) names = g_listenv();

	for (char **name = names; *name != NULL; name++) {
		if (g_str_has_prefix(*name, "PG"))
			g_unsetenv(*name);
	}
	g_unsetenv("ConnectionStrings__Database");
	g_unsetenv("SIGNALBOX_CONFIG");
}

/*
 * libpq tells the difference between a server that is not there yet and one that is starting, but has nothing
 * to wait on: so it is asked again and again, each time after the guardian had the chance to say that it is
 * gone.
 */
static void
wait_until_ready(const Cluster *self)
{
	g_autofree char *conninfo = cluster_conninfo(self, "postgres");
	gint64 deadline = g_get_monotonic_time() + START_DEADLINE_US;
	GPollFD guardian = { .fd = self->guardian.answers, .events = G_IO_IN };

	while (PQping(conninfo) != PQPING_OK) {
		if (g_get_monotonic_time() > deadline || g_poll(&guardian, 1, 5) > 0) {
			g_autofree char *log = cluster_log(self);

			fail_msg("the server in '%s' does not start: %s", self->folder, log);
		}
	}
}

/* Durability is of no use to a cluster that is thrown away; what makes tests differ from run to run is off.
 */
static const char *const settings[] = { "listen_addresses=", "fsync=off", "full_page_writes=off",
	"synchronous_commit=off", "autovacuum=off", "jit=off", "shared_buffers=32MB", "max_wal_size=256MB",
	"max_connections=60", "timezone=UTC", "log_timezone=UTC", "log_line_prefix=%m [%p] %q%a@%d ",
	"log_checkpoints=off", "unix_socket_permissions=0700" };

static void
add_settings(GPtrArray *argv, const char *const *assignments, gsize count)
{
	for (gsize i = 0; i < count; i++) {
		g_ptr_array_add(argv, (gpointer)(uintptr_t) "-c");
		g_ptr_array_add(argv, (gpointer)(uintptr_t)assignments[i]);
	}
}

Cluster *
cluster_start(void)
{
	return cluster_start_with((const char *const[]){ NULL });
}

Cluster *
cluster_start_with(const char *const *more_settings)
{
	Cluster *self = g_new0(Cluster, 1);
	g_autofree char *port = g_strdup_printf("%d", PORT);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	const char *const fixed[] = { TEST_PG_BINDIR "/postgres", "-p", port, "-D", NULL };

	forget_outside_settings();
	self->account = server_account();
	self->folder = server_account_folder(&self->account);
	self->data = g_build_filename(self->folder, "data", NULL);
	self->log = g_build_filename(self->folder, "server.log", NULL);
	cluster_template_copy(&self->account, self->data);
	for (int i = 0; fixed[i] != NULL; i++)
		g_ptr_array_add(argv, (gpointer)(uintptr_t)fixed[i]);
	g_ptr_array_add(argv, self->data);
	g_ptr_array_add(argv, (gpointer)(uintptr_t) "-k");
	g_ptr_array_add(argv, self->folder);
	add_settings(argv, settings, G_N_ELEMENTS(settings));
	add_settings(argv, more_settings, g_strv_length((char **)(uintptr_t)more_settings));
	g_ptr_array_add(argv, NULL);
	self->guardian =
	    guardian_start(&self->account, (const char *const *)argv->pdata, self->folder, self->log);
	wait_until_ready(self);
	return self;
}

void
cluster_stop(Cluster *self)
{
	if (self == NULL)
		return;
	guardian_end(&self->guardian);
	g_free(self->folder);
	g_free(self->data);
	g_free(self->log);
	g_free(self);
}

void
cluster_halt(Cluster *self)
{
	guardian_halt(&self->guardian);
}

void
cluster_resume(Cluster *self)
{
	guardian_resume(&self->guardian);
	wait_until_ready(self);
}

const char *
cluster_host(const Cluster *self)
{
	return self->folder;
}

int
cluster_port(const Cluster *self)
{
	(void)self;
	return PORT;
}

char *
cluster_log(const Cluster *self)
{
	char *text = NULL;

	if (!g_file_get_contents(self->log, &text, NULL, NULL))
		return g_strdup("");
	return text;
}

char *
cluster_conninfo(const Cluster *self, const char *database)
{
	return g_strdup_printf("host=%s port=%d user=postgres dbname=%s", self->folder, PORT, database);
}

void
cluster_export(const Cluster *self, const char *database)
{
	g_autofree char *port = g_strdup_printf("%d", PORT);

	g_setenv("PGHOST", self->folder, TRUE);
	g_setenv("PGPORT", port, TRUE);
	g_setenv("PGUSER", "postgres", TRUE);
	g_setenv("PGDATABASE", database, TRUE);
}
