#include "infrastructure/persistence/connection_parameters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int
forget_environment(void **state)
{
	static const char *const variables[] = { "PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(variables); i++)
		g_unsetenv(variables[i]);
	return 0;
}

static ConnectionParameters *
parameters_of(const char *keyword, const char *value)
{
	char *pairs[] = { g_strdup(keyword), g_strdup(value), NULL };
	const Context context = { .conninfo = pairs };
	ConnectionParameters *parameters = connection_parameters_new(&context);

	g_free(pairs[0]);
	g_free(pairs[1]);
	return parameters;
}

static void
a_name_is_looked_up_and_an_address_is_not(void **state)
{
	static const struct {
		const char *keyword, *value;
		bool lookup;
	} cases[] = {
		{ NULL, NULL, false },
		{ "host", "/run/postgresql", false },
		{ "host", "@abstract", false },
		{ "host", "127.0.0.1", false },
		{ "host", "::1", false },
		{ "host", "10.0.0.1,10.0.0.2", false },
		{ "host", "10.0.0.1,db2.example.org", true },
		{ "host", "localhost", true },
		{ "hostaddr", "10.0.0.1", false },
		{ "dbname", "shop", false },
		{ "dbname", "host=db1 dbname=shop", true },
		{ "dbname", "postgresql://db1/shop", true },
		{ "service", "shop", true },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(ConnectionParameters) parameters = parameters_of(cases[i].keyword, cases[i].value);

		assert_int_equal(connection_parameters_need_lookup(parameters), cases[i].lookup);
	}
}

static void
the_environment_is_asked_where_the_context_is_silent(void **state)
{
	g_autoptr(ConnectionParameters) silent = parameters_of(NULL, NULL);
	g_autoptr(ConnectionParameters) folder = parameters_of("host", "/tmp");
	g_autofree char *place = NULL;

	(void)state;
	g_setenv("PGHOST", "db1.example.org", true);
	g_setenv("PGPORT", "6432", true);
	assert_true(connection_parameters_need_lookup(silent));
	assert_false(connection_parameters_need_lookup(folder));
	place = connection_parameters_place(silent);
	assert_string_equal(place, "db1.example.org:6432");
	g_setenv("PGHOSTADDR", "10.0.0.1", true);
	assert_false(connection_parameters_need_lookup(silent));
	forget_environment(NULL);
	g_setenv("PGSERVICE", "shop", true);
	assert_true(connection_parameters_need_lookup(silent));
	forget_environment(NULL);
}

static void
the_contexts_values_stand_between_ours(void **state)
{
	g_autoptr(ConnectionParameters) parameters = parameters_of("keepalives_idle", "5");
	int idle_at = -1, encoding_at = -1, count = 0;

	(void)state;
	for (; parameters->keywords[count] != NULL; count++) {
		if (strcmp(parameters->values[count], "5") == 0)
			idle_at = count;
		if (strcmp(parameters->keywords[count], "client_encoding") == 0)
			encoding_at = count;
	}
	assert_null(parameters->values[count]);
	assert_true(idle_at > 0);
	assert_int_equal(encoding_at, count - 1);
	assert_string_equal(parameters->values[encoding_at], "UTF8");
	for (int i = idle_at + 1; i < count; i++)
		assert_string_not_equal(parameters->keywords[i], "keepalives_idle");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_looked_up_and_an_address_is_not),
		cmocka_unit_test(the_environment_is_asked_where_the_context_is_silent),
		cmocka_unit_test(the_contexts_values_stand_between_ours),
	};

	return cmocka_run_group_tests(tests, forget_environment, NULL);
}
