#include "cluster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATABASE "states"

static Cluster *cluster;

static int
start(void **state)
{
	(void)state;
	cluster = cluster_start();
	cluster_database_with_schema(cluster, DATABASE);
	/* Whether the table takes a user with these values. */
	cluster_execute(cluster, DATABASE,
	    "CREATE FUNCTION takes(more text, given text) RETURNS bool LANGUAGE plpgsql AS $$"
	    " BEGIN EXECUTE format('INSERT INTO users (id, email, display_name%s) VALUES (gen_random_uuid(),"
	    "  gen_random_uuid()::text, ''Ann''%s)', more, given); RETURN true;"
	    " EXCEPTION WHEN check_violation THEN RETURN false; END $$");
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	g_clear_pointer(&cluster, cluster_stop);
	return 0;
}

/* As the domain reads them: what the table takes is never a corrupt row. */
static void
only_the_states_that_a_user_can_be_in_are_stored(void **state)
{
	static const struct {
		const char *columns, *values;
		bool taken;
	} cases[] = {
		{ "", "", true },
		{ ", state_type", ", 'Active'", true },
		{ ", state_type, deactivated_at", ", 'Active', now()", false },
		{ ", state_type, erased_at", ", 'Active', now()", false },
		{ ", deactivated_at", ", now()", false },
		{ ", state_type, deactivated_at", ", 'Deactivated', now()", true },
		{ ", state_type", ", 'Deactivated'", false },
		{ ", state_type, deactivated_at, erased_at", ", 'Deactivated', now(), now()", false },
		{ ", state_type, erased_at", ", 'Erased', now()", true },
		{ ", state_type, deactivated_at, erased_at", ", 'Erased', now(), now()", true },
		{ ", state_type", ", 'Erased'", false },
		{ ", state_type, deactivated_at", ", 'Erased', now()", false },
		{ ", state_type", ", 'Asleep'", false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *sql =
		    g_strdup_printf("SELECT takes($a$%s$a$, $a$%s$a$)", cases[i].columns, cases[i].values);
		g_autofree char *answer = cluster_query_text(cluster, DATABASE, sql);

		if ((strcmp(answer, "t") == 0) != cases[i].taken)
			fail_msg("%s %s: %s", cases[i].columns, cases[i].values, answer);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_states_that_a_user_can_be_in_are_stored),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
