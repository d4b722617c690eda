#include "cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <libpq-fe.h>

#include <cmocka.h>

#define TEMPLATE "signalbox_template"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGresult, PQclear)

static void
ignore_notice(void *arg, const char *message)
{
	(void)arg;
	(void)message;
}

static PGconn *
cluster_connect(const Cluster *self, const char *database)
{
	g_autofree char *conninfo = cluster_conninfo(self, database);
	PGconn *connection = PQconnectdb(conninfo);

	if (PQstatus(connection) != CONNECTION_OK)
		fail_msg("connect to '%s': %s", database, PQerrorMessage(connection));
	PQsetNoticeProcessor(connection, ignore_notice, NULL);
	return connection;
}

static PGresult *
expect_success(PGconn *connection, const char *what, PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY)
		fail_msg("%s: %s", what, PQerrorMessage(connection));
	return result;
}

static void
execute(PGconn *connection, const char *what, const char *sql)
{
	PQclear(expect_success(connection, what, PQexec(connection, sql)));
}

void
cluster_execute(const Cluster *self, const char *database, const char *sql)
{
	g_autoptr(PGconn) connection = cluster_connect(self, database);

	execute(connection, sql, sql);
}

char *
cluster_query_text(const Cluster *self, const char *database, const char *sql)
{
	g_autoptr(PGconn) connection = cluster_connect(self, database);
	g_autoptr(PGresult) result = expect_success(connection, sql, PQexec(connection, sql));
	g_autoptr(GString) text = g_string_new(NULL);

	for (int row = 0; row < PQntuples(result); row++) {
		if (row > 0)
			g_string_append_c(text, '\n');
		for (int column = 0; column < PQnfields(result); column++) {
			if (column > 0)
				g_string_append_c(text, '|');
			g_string_append(text, PQgetvalue(result, row, column));
		}
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
create_database(const Cluster *self, const char *name, const char *template)
{
	g_autofree char *sql = g_strdup_printf("CREATE DATABASE \"%s\" TEMPLATE %s", name, template);

	cluster_execute(self, "postgres", sql);
}

void
cluster_database(Cluster *self, const char *name)
{
	create_database(self, name, "template0");
}

void
cluster_drop_database(Cluster *self, const char *name)
{
	g_autofree char *sql = g_strdup_printf("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)", name);

	cluster_execute(self, "postgres", sql);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The file stems in the order in which they are applied. */
static GPtrArray *
migration_names(void)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GDir *folder = g_dir_open(TEST_MIGRATIONS_DIR, 0, NULL);
	const char *name;

	if (folder == NULL) {
		g_ptr_array_unref(names);
		fail_msg("no migrations in '%s'", TEST_MIGRATIONS_DIR);
	}
	while ((name = g_dir_read_name(folder)) != NULL) {
		if (g_str_has_suffix(name, ".sql"))
			g_ptr_array_add(names, g_strndup(name, strlen(name) - strlen(".sql")));
	}
	g_dir_close(folder);
	g_ptr_array_sort(names, compare_names);
	return names;
}

/* The reference migrations are stored without a BOM and with plain line ends, so their bytes are their
 * checksum's. */
static void
record_migration(PGconn *connection, const char *name, const char *text)
{
	g_autofree char *checksum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
	const char *const values[] = { name, checksum };

	PQclear(expect_success(connection, name,
	    PQexecParams(connection,
		"INSERT INTO signalbox_migrations (name, checksum, state_type, statements_total, "
		"statements_done,"
		" started_at, finished_at, duration_ms, applied_by)"
		" VALUES ($1, $2, 'Applied', 1, 1, now(), now(), 0, session_user)",
		2, NULL, values, NULL, NULL, 0)));
}

static void
apply_migrations(PGconn *connection)
{
	g_autoptr(GPtrArray) names = migration_names();
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < names->len; i++) {
		g_autofree char *path =
		    g_strdup_printf("%s/%s.sql", TEST_MIGRATIONS_DIR, (char *)names->pdata[i]);
		char *text = NULL;

		if (!g_file_get_contents(path, &text, NULL, NULL))
			fail_msg("'%s' can't be read", path);
		g_ptr_array_add(texts, text);
		execute(connection, names->pdata[i], text);
	}
	for (guint i = 0; i < names->len; i++)
		record_migration(connection, names->pdata[i], texts->pdata[i]);
}

void
cluster_database_with_schema(Cluster *self, const char *name)
{
	g_autofree char *made =
	    cluster_query_text(self, "postgres", "SELECT 1 FROM pg_database WHERE datname = '" TEMPLATE "'");

	if (*made == '\0') {
		g_autoptr(PGconn) connection = NULL;

		cluster_database(self, TEMPLATE);
		connection = cluster_connect(self, TEMPLATE);
		apply_migrations(connection);
	}
	create_database(self, name, TEMPLATE);
}
