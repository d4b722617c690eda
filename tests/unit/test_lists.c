#include "application/resource.h"
#include "infrastructure/persistence/list_configuration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static const ResourceDef *const resources[] = {
	&users_resource,
	&posts_resource,
	&outbox_resource,
	&idempotency_resource,
	&audit_resource,
	&tables_resource,
};

static void
every_field_of_a_resource_has_its_sql(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(resources); i++) {
		const ListConfiguration *configuration = list_configuration_of(resources[i]);

		assert_non_null(configuration);
		for (const FieldDef *field = resources[i]->fields; field->name != NULL; field++)
			assert_non_null(list_expression(configuration, field->name));
	}
}

static void
every_configured_field_is_known_to_its_resource(void **state)
{
	(void)state;
	for (gsize i = 0; i < G_N_ELEMENTS(resources); i++) {
		const ListConfiguration *configuration = list_configuration_of(resources[i]);

		for (const ListField *field = configuration->fields; field->name != NULL; field++)
			assert_non_null(resource_field(resources[i], field->name));
	}
}

static void
every_configuration_is_of_a_resource(void **state)
{
	gsize count = 0;

	(void)state;
	while (list_configurations[count] != NULL)
		count++;
	assert_int_equal(count, G_N_ELEMENTS(resources));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_of_a_resource_has_its_sql),
		cmocka_unit_test(every_configured_field_is_known_to_its_resource),
		cmocka_unit_test(every_configuration_is_of_a_resource),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
