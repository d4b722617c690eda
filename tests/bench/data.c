#include "data.h"

#include "data_sql.h"
#include "report.h"

#include <glib/gstdio.h>
#include <stdint.h>

#define RUNS 15
#define LONG_RUNS 5

/*
 * PostgreSQL's defaults where a test has others, but for jit, which stays off: it makes psql wait a quarter
 * of a second for the first row of a large table. Enough log for the load; with the least of it nothing is
 * logged twice.
 */
static const char *const settings[] = { "fsync=on", "full_page_writes=on", "synchronous_commit=on",
	"autovacuum=on", "shared_buffers=128MB", "max_wal_size=4GB", "wal_level=minimal", "max_wal_senders=0",
	"maintenance_work_mem=1GB", NULL };

/* Nothing of the person's own: no history, no configuration. */
static void
move_home(const Data *self)
{
	static const char *const names[] = { "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" };

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *folder = data_path(self, names[i]);

		if (g_mkdir(folder, 0700) != 0)
			report_broken("no folder '%s'", folder);
		g_setenv(names[i], folder, TRUE);
	}
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	g_setenv("TZ", "UTC", TRUE);
	g_setenv("PGTZ", "UTC", TRUE);
	g_setenv("PSQL_HISTORY", "/dev/null", TRUE);
}

Data *
data_new(gint64 browsed, gint64 exported, int runs)
{
	Data *self = g_new0(Data, 1);

	self->browsed = browsed;
	self->exported = exported;
	self->runs = runs > 0 ? runs : RUNS;
	self->long_runs = runs > 0 ? MIN(runs, LONG_RUNS) : LONG_RUNS;
	self->cluster = cluster_start_with(settings);
	move_home(self);
	return self;
}

void
data_free(Data *self)
{
	if (self == NULL)
		return;
	cluster_stop(self->cluster);
	g_free(self);
}

static void
load(Data *self, const char *database, gint64 posts)
{
	g_autofree char *number = report_number(posts);
	g_autofree char *insert =
	    g_strdup_printf("SET bench.posts = %" G_GINT64_FORMAT "; %s", posts, data_insert_posts);
	gint64 start = g_get_monotonic_time();
	const char *const steps[] = { data_insert_users, data_drop_indexes, insert, data_create_indexes,
		"VACUUM (FREEZE, ANALYZE) posts", "VACUUM (FREEZE, ANALYZE) users", "CHECKPOINT" };

	report_progress("loading %s posts", number);
	cluster_database_with_schema(self->cluster, database);
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
		cluster_execute(self->cluster, database, steps[i]);
	report_progress("loaded in %.0f s", (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC);
}

void
data_use(Data *self, const char *database, gint64 posts)
{
	g_autofree char *sql = g_strdup_printf("SELECT 1 FROM pg_database WHERE datname = '%s'", database);
	g_autofree char *made = cluster_query_text(self->cluster, "postgres", sql);

	if (*made == '\0')
		load(self, database, posts);
	cluster_export(self->cluster, database);
}

char *
data_path(const Data *self, const char *name)
{
	return g_build_filename(cluster_host(self->cluster), name, NULL);
}

char **
data_environment(const char *const *more)
{
	static const char *const names[] = { "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGTZ",
		"PSQL_HISTORY", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" };
	GPtrArray *environment = g_ptr_array_new();

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		g_ptr_array_add(environment, g_strconcat(names[i], "=", g_getenv(names[i]), NULL));
	for (; more != NULL && *more != NULL; more++)
		g_ptr_array_add(environment, g_strdup(*more));
	g_ptr_array_add(environment, NULL);
	return (char **)g_ptr_array_free(environment, FALSE);
}

char *
data_ask(const Data *self, const char *sql)
{
	return cluster_query_text(self->cluster, g_getenv("PGDATABASE"), sql);
}
