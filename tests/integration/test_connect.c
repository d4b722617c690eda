#include "connection_fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SECRET "correct-horse-battery"

/* What opening with `text` as the connection string ends with. */
static GError *
refusal(const char *text, Duration timeout)
{
	char *parameters[] = { (char[]){ "dbname" }, g_strdup(text), NULL };
	Context other = { .conninfo = parameters, .connect_timeout = timeout };
	g_autoptr(Connection) connection = NULL;
	GError *error = NULL;

	if (connection_open(&other, token, &connection, &error))
		fail_msg("'%s' was accepted", text);
	assert_null(strstr(error->message, SECRET));
	g_free(parameters[1]);
	return error;
}

static char *
login(const char *user, const char *database, const char *password)
{
	return g_strdup_printf("host=%s port=%d user=%s dbname=%s%s%s", cluster_host(cluster),
	    cluster_port(cluster), user, database, password != NULL ? " password=" : "",
	    password != NULL ? password : "");
}

static void
assert_refused(const char *text, const char *message)
{
	g_autoptr(GError) error = refusal(text, 5 * DURATION_SECOND);
	g_autofree char *place = g_strdup_printf("%s:%d", cluster_host(cluster), cluster_port(cluster));
	g_auto(GStrv) parts = g_strsplit(message, "{}", -1);
	g_autofree char *expected = g_strjoinv(place, parts);

	assert_error(error, SB_ERROR_UNAVAILABLE);
	assert_false(error_is_lost_connection(error));
	assert_string_equal(error->message, expected);
}

static void
an_unknown_database_is_named(void **state)
{
	g_autofree char *text = login("postgres", "nowhere", NULL);

	(void)state;
	assert_refused(text, "the server at '{}' has no database 'nowhere'");
}

static void
an_unknown_user_is_named(void **state)
{
	g_autofree char *text = login("nobody", DATABASE, NULL);

	(void)state;
	assert_refused(text,
	    "the server at '{}' refused user 'nobody' for database 'shop': role \"nobody\" does not exist");
}

static void
a_login_without_the_right_is_refused(void **state)
{
	g_autofree char *text = login("locked", DATABASE, NULL);

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE ROLE locked NOLOGIN");
	assert_refused(text,
	    "the server at '{}' refused user 'locked' for database 'shop': role \"locked\" is not permitted "
	    "to log in");
	cluster_execute(cluster, "postgres", "DROP ROLE locked");
}

static void
a_database_without_the_right_is_refused(void **state)
{
	g_autofree char *text = login("outsider", "template1", NULL);

	(void)state;
	cluster_execute(cluster, "postgres",
	    "CREATE ROLE outsider LOGIN; REVOKE CONNECT ON DATABASE template1 FROM PUBLIC");
	assert_refused(text,
	    "the server at '{}' refused database 'template1' to user 'outsider': permission denied for "
	    "database "
	    "\"template1\"");
	cluster_execute(cluster, "postgres", "DROP ROLE outsider");
}

/* The cluster trusts everybody; this lets it ask one user for a password. */
static void
ask_for_passwords(const char *user)
{
	g_autofree char *path = g_build_filename(cluster_host(cluster), "data", "pg_hba.conf", NULL);
	g_autofree char *before = NULL;
	g_autofree char *text = NULL;
	g_autofree char *no_password = login(user, DATABASE, NULL);
	gint64 deadline = g_get_monotonic_time() + SECONDS(20);
	bool asked = false;
	FILE *file;

	assert_true(g_file_get_contents(path, &before, NULL, NULL));
	text = g_strdup_printf("local all %s scram-sha-256\n%s", user, before);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	cluster_execute(cluster, "postgres", "SELECT pg_reload_conf()");
	while (!asked && g_get_monotonic_time() < deadline) {
		char *parameters[] = { (char[]){ "dbname" }, no_password, NULL };
		Context other = { .conninfo = parameters };
		g_autoptr(Connection) connection = NULL;

		asked = !connection_open(&other, token, &connection, NULL);
	}
	assert_true(asked);
}

static void
a_wrong_password_is_refused_and_never_shown(void **state)
{
	g_autofree char *none = login("guarded", DATABASE, NULL);
	g_autofree char *wrong = login("guarded", DATABASE, SECRET);

	(void)state;
	cluster_execute(cluster, "postgres", "CREATE ROLE guarded LOGIN PASSWORD 'another'");
	ask_for_passwords("guarded");
	assert_refused(none,
	    "the server at '{}' asks for the password of user 'guarded': put it into ~/.pgpass or "
	    "PGPASSWORD");
	assert_refused(wrong, "the server at '{}' refused the password of user 'guarded'");
	cluster_execute(cluster, "postgres", "DROP ROLE guarded");
}

static void
nobody_at_a_port_is_no_connection(void **state)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t length = sizeof address;
	int taken = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)state;
	/* Bound but not listening: nobody else can take the port meanwhile. */
	assert_int_equal(bind(taken, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(getsockname(taken, (struct sockaddr *)&address, &length), 0);
	g_autofree char *text =
	    g_strdup_printf("host=127.0.0.1 port=%d dbname=x user=y", ntohs(address.sin_port));
	g_autofree char *expected = g_strdup_printf(
	    "no connection to the server at '127.0.0.1:%d': Connection refused", ntohs(address.sin_port));
	g_autoptr(GError) error = refusal(text, 5 * DURATION_SECOND);
	close(taken);
	assert_error(error, SB_ERROR_UNAVAILABLE);
	assert_string_equal(error->message, expected);
}

static void
no_socket_in_a_folder_is_no_connection(void **state)
{
	g_autoptr(GError) error = refusal("host=/nonexistent port=5432 dbname=x user=y", 5 * DURATION_SECOND);

	(void)state;
	assert_error(error, SB_ERROR_UNAVAILABLE);
	assert_string_equal(
	    error->message, "no connection to the server at '/nonexistent:5432': No such file or directory");
}

static void
an_unknown_host_is_named(void **state)
{
	g_autoptr(GError) error = refusal("host=nowhere.invalid dbname=x user=y", 20 * DURATION_SECOND);

	(void)state;
	assert_error(error, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(error->message, "nowhere.invalid"));
}

static void
a_wrong_setting_is_named(void **state)
{
	g_autoptr(GError) unknown = refusal("hots=here password=" SECRET, 5 * DURATION_SECOND);
	g_autoptr(GError) wrong = refusal("host=/tmp sslmode=perhaps", 5 * DURATION_SECOND);

	(void)state;
	assert_error(unknown, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(unknown->message, "hots"));
	assert_error(wrong, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(wrong->message, "perhaps"));
}

/* A socket in a folder of its own that takes connections and never says a word. */
static int
listen_silently(const char *folder)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432", folder);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 8), 0);
	return listener;
}

static void
a_server_that_says_nothing_meets_the_time_out_and_the_cancel(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("silent-XXXXXX", NULL);
	g_autofree char *socket_path = g_build_filename(folder, ".s.PGSQL.5432", NULL);
	g_autofree char *text = g_strdup_printf("host=%s port=5432 dbname=x user=y", folder);
	int listener = listen_silently(folder);
	gint64 begun = g_get_monotonic_time();

	(void)state;
	g_autoptr(GError) late = refusal(text, 200 * DURATION_MILLISECOND);
	assert_error(late, SB_ERROR_UNAVAILABLE);
	assert_non_null(strstr(late->message, "did not answer in time"));
	cancel_token_fire(token);
	g_autoptr(GError) cancelled = refusal(text, 60 * DURATION_SECOND);
	cancel_token_reset(token);
	assert_error(cancelled, SB_ERROR_CANCELLED);
	assert_true(g_get_monotonic_time() - begun < SECONDS(10));
	close(listener);
	unlink(socket_path);
	rmdir(folder);
}

static void
the_context_has_the_last_word_but_for_the_encoding(void **state)
{
	char *parameters[] = { (char[]){ "dbname" }, conninfo[1], (char[]){ "application_name" },
		(char[]){ "till 4" }, (char[]){ "client_encoding" }, (char[]){ "LATIN1" }, NULL };
	Context other = { .conninfo = parameters };
	g_autoptr(Connection) connection = NULL;
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_true(connection_open(&other, token, &connection, &error));
	g_autofree char *name = value_of(connection, "SHOW application_name");
	g_autofree char *encoding = value_of(connection, "SHOW client_encoding");
	assert_string_equal(name, "till 4");
	assert_string_equal(encoding, "UTF8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_database_is_named),
		cmocka_unit_test(an_unknown_user_is_named),
		cmocka_unit_test(a_login_without_the_right_is_refused),
		cmocka_unit_test(a_database_without_the_right_is_refused),
		cmocka_unit_test(a_wrong_password_is_refused_and_never_shown),
		cmocka_unit_test(nobody_at_a_port_is_no_connection),
		cmocka_unit_test(no_socket_in_a_folder_is_no_connection),
		cmocka_unit_test(an_unknown_host_is_named),
		cmocka_unit_test(a_wrong_setting_is_named),
		cmocka_unit_test(a_server_that_says_nothing_meets_the_time_out_and_the_cancel),
		cmocka_unit_test(the_context_has_the_last_word_but_for_the_encoding),
	};

	return cmocka_run_group_tests(tests, fixture_start, fixture_stop);
}
