#include "console/connection_string.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <glib.h>
#include <cmocka.h>

static void
every_spelling_of_a_key_reaches_libpq(void **state)
{
	static const struct {
		const char *text, *conninfo;
	} cases[] = {
		{ NULL, "" },
		{ "", "" },
		{ "Host=db;Port=5432;Database=shop;Username=app", "host db port 5432 dbname shop user app" },
		{ "Server = db ; User Id = app ;", "host db user app" },
		{ "SSL Mode=VerifyFull", "sslmode verify-full" },
		{ "SslMode=VerifyCA;sslmode=Require", "sslmode verify-ca sslmode require" },
		{ "Root Certificate=/ca.pem;Passfile=/p", "sslrootcert /ca.pem passfile /p" },
		{ "Password='a;b=''c''';Host=db", "password a;b='c' host db" },
		{ "Pwd=\" x\"\"y \" ; uid=app", "password  x\"y  user app" },
		{ "Password=a'b\";Pooling=true;Nonsense;=x;Host", "password a'b\"" },
		{ "Password='open;Host=db", "password open;Host=db" },
		{ "Password=", "password " },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(GStrv) pairs = connection_string_read(cases[i].text);
		g_autofree char *joined = g_strjoinv(" ", pairs);

		if (strcmp(joined, cases[i].conninfo) != 0)
			fail_msg("'%s' gives '%s'", cases[i].text, joined);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_spelling_of_a_key_reaches_libpq),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
