#include "connection_fixture.h"

#include "infrastructure/session.h"

#include <poll.h>

static Session *
open_session(const Context *where)
{
	Session *session = NULL;
	g_autoptr(GError) error = NULL;

	if (!session_open(where, token, &session, &error))
		fail_msg("no session: %s", error->message);
	return session;
}

/* A session of `user` in `database`, whose reference tables are looked for in `schema`. */
static Session *
session_of(const char *user, const char *database, const char *schema, Context *where)
{
	static char *parameters[9];
	static char *port;

	g_free(port);
	port = g_strdup_printf("%d", cluster_port(cluster));
	const char *const pairs[] = { "host", cluster_host(cluster), "port", port, "user", user, "dbname",
		database };
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		g_free(parameters[i]);
		parameters[i] = g_strdup(pairs[i]);
	}
	g_free(where->schema);
	*where = (Context){
		.conninfo = parameters, .schema = g_strdup(schema), .connect_timeout = 5 * DURATION_SECOND
	};
	return open_session(where);
}

static void
a_session_knows_where_it_is(void **state)
{
	g_autoptr(Session) session = open_session(&context);

	(void)state;
	assert_string_equal(session->server->session_user, "postgres");
	assert_string_equal(session->server->database, DATABASE);
	assert_string_equal(session->server->host, cluster_host(cluster));
	assert_true(session->server->version_number >= 150000);
	assert_true(session->server->superuser);
	assert_true(session->server->has_schema);
	assert_false(session->server->read_only);
	assert_int_equal(session->server->role, ROLE_ADMIN);
	assert_ptr_equal(session->context, &context);
	assert_non_null(session->users);
	assert_non_null(session->posts);
	assert_non_null(session->reader);
	assert_non_null(session->passwords);
}

static void
roles_are_read_from_the_server(void **state)
{
	static const struct {
		const char *user;
		const char *granted;
		Role role;
	} cases[] = {
		{ "clerk", NULL, ROLE_VIEWER },
		{ "viewer", "signalbox_viewer", ROLE_VIEWER },
		{ "operator", "signalbox_operator", ROLE_OPERATOR },
		{ "admin", "signalbox_admin", ROLE_ADMIN },
	};
	Context where = { 0 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *make = g_strdup_printf("CREATE ROLE \"%s\" LOGIN%s%s", cases[i].user,
		    cases[i].granted != NULL ? " IN ROLE " : "",
		    cases[i].granted != NULL ? cases[i].granted : "");

		cluster_execute(cluster, "postgres", make);
		g_autoptr(Session) session = session_of(cases[i].user, DATABASE, "public", &where);
		assert_int_equal(session->server->role, cases[i].role);
		assert_false(session->server->superuser);
		assert_true(session->server->has_schema);
	}
	g_free(where.schema);
}

static void
the_owner_of_a_database_is_its_admin(void **state)
{
	Context where = { 0 };

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE ROLE landlord LOGIN");
	cluster_execute(cluster, "postgres", "CREATE DATABASE house OWNER landlord");
	g_autoptr(Session) owner = session_of("landlord", "house", "public", &where);
	assert_int_equal(owner->server->role, ROLE_ADMIN);
	g_free(where.schema);
}

static void
without_the_roles_everyone_is_admin(void **state)
{
	Context where = { 0 };
	static const char *const roles[] = { "viewer", "operator", "admin" };

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE ROLE anyone LOGIN");
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		g_autofree char *sql =
		    g_strdup_printf("ALTER ROLE signalbox_%s RENAME TO aside_%s", roles[i], roles[i]);
		cluster_execute(cluster, "postgres", sql);
	}
	g_autoptr(Session) session = session_of("anyone", DATABASE, "public", &where);
	assert_int_equal(session->server->role, ROLE_ADMIN);
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		g_autofree char *sql =
		    g_strdup_printf("ALTER ROLE aside_%s RENAME TO signalbox_%s", roles[i], roles[i]);
		cluster_execute(cluster, "postgres", sql);
	}
	g_free(where.schema);
}

static void
a_database_without_the_tables_is_known_as_such(void **state)
{
	static const char *const schemas[] = { "public", "nowhere", "Two Words", "a.b", "'; --" };
	Context where = { 0 };

	(void)state;
	cluster_database(cluster, "bare");
	cluster_execute(cluster, "bare", "CREATE SCHEMA \"Two Words\"");
	for (size_t i = 0; i < G_N_ELEMENTS(schemas); i++) {
		g_autoptr(Session) session = session_of("postgres", "bare", schemas[i], &where);
		assert_false(session->server->has_schema);
	}
	g_free(where.schema);
}

static void
a_schema_that_is_closed_to_the_user_counts_as_there(void **state)
{
	Context where = { 0 };

	(void)state;
	cluster_execute(cluster, "bare", "CREATE SCHEMA closed");
	cluster_execute(cluster, "postgres", "CREATE ROLE passer_by LOGIN");
	g_autoptr(Session) session = session_of("passer_by", "bare", "closed", &where);
	assert_true(session->server->has_schema);
	g_free(where.schema);
}

static void
a_read_only_default_is_known(void **state)
{
	Context where = { 0 };

	(void)state;
	cluster_execute(cluster, "bare", "ALTER DATABASE bare SET default_transaction_read_only = on");
	g_autoptr(Session) session = session_of("postgres", "bare", "public", &where);
	assert_true(session->server->read_only);
	g_free(where.schema);
}

static void
an_idle_session_sees_its_end(void **state)
{
	g_autoptr(Session) session = open_session(&context);
	g_autoptr(GError) error = NULL;
	struct pollfd socket = { .fd = session->socket(session), .events = POLLIN };

	(void)state;
	assert_true(session->idle(session, &error));
	cluster_execute(cluster, "postgres",
	    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" DATABASE "'");
	assert_int_equal(poll(&socket, 1, 20000), 1);
	assert_false(session->idle(session, &error));
	assert_error(error, SB_ERROR_UNAVAILABLE);
	assert_int_equal(session->socket(session), -1);
}

static void
a_session_costs_one_round_trip_after_the_login(void **state)
{
	g_autofree char *text = NULL;
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	Context where = { 0 };

	(void)state;
	cluster_database(cluster, "counted");
	cluster_execute(cluster, "counted", "ALTER DATABASE counted SET log_statement = 'all'");
	before = cluster_log(cluster);
	g_autoptr(Session) session = session_of("postgres", "counted", "public", &where);
	g_clear_pointer(&session, session_close);
	after = cluster_log(cluster);
	text = g_strdup(after + strlen(before));
	g_auto(GStrv) statements = g_strsplit(text, "execute <unnamed>: SELECT session_user", -1);
	assert_int_equal(g_strv_length(statements), 2);
	assert_null(strstr(text, " statement: "));
	g_free(where.schema);
}

static void
embedded_migrations_are_named_without_a_connection(void **state)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func(g_free);

	(void)state;
	embedded_migration_names("", all);
	embedded_migration_names("nothing", none);
	assert_true(all->len > 5);
	assert_int_equal(none->len, 0);
	for (guint i = 0; i < all->len; i++)
		assert_null(strchr(g_ptr_array_index(all, i), '.'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_knows_where_it_is),
		cmocka_unit_test(roles_are_read_from_the_server),
		cmocka_unit_test(the_owner_of_a_database_is_its_admin),
		cmocka_unit_test(without_the_roles_everyone_is_admin),
		cmocka_unit_test(a_database_without_the_tables_is_known_as_such),
		cmocka_unit_test(a_schema_that_is_closed_to_the_user_counts_as_there),
		cmocka_unit_test(a_read_only_default_is_known),
		cmocka_unit_test(an_idle_session_sees_its_end),
		cmocka_unit_test(a_session_costs_one_round_trip_after_the_login),
		cmocka_unit_test(embedded_migrations_are_named_without_a_connection),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
