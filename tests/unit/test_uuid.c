#include "base/uuid.h"
#include "base/timestamp.h"

#include <glib.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define BURST 100000

static int64_t
milliseconds_of(const Uuid *uuid)
{
	int64_t value = 0;

	for (int i = 0; i < 6; i++)
		value = value << 8 | uuid->bytes[i];
	return value;
}

static void
a_new_uuid_is_of_version_7_and_the_rfc_variant(void **state)
{
	Uuid uuid = uuid_v7();

	(void)state;
	assert_int_equal(uuid.bytes[6] >> 4, 7);
	assert_int_equal(uuid.bytes[8] >> 6, 2);
}

/* First in the program, before a burst may have run ahead of the clock. */
static void
a_new_uuid_begins_with_the_time(void **state)
{
	int64_t before = timestamp_now() / DURATION_MILLISECOND;
	Uuid uuid = uuid_v7();
	int64_t after = timestamp_now() / DURATION_MILLISECOND;

	(void)state;
	assert_in_range(milliseconds_of(&uuid), before, after);
}

static void
every_uuid_is_greater_than_the_one_before(void **state)
{
	Uuid last = uuid_v7();

	(void)state;
	for (int i = 0; i < BURST; i++) {
		Uuid next = uuid_v7();

		assert_true(memcmp(next.bytes, last.bytes, sizeof next.bytes) > 0);
		assert_int_equal(next.bytes[6] >> 4, 7);
		last = next;
	}
}

static void
the_random_bits_differ_between_uuids(void **state)
{
	Uuid one = uuid_v7();
	Uuid two = uuid_v7();

	(void)state;
	assert_memory_not_equal(one.bytes + 8, two.bytes + 8, 8);
}

static void *
fill_burst(void *data)
{
	Uuid *uuids = data;

	for (int i = 0; i < BURST / 4; i++)
		uuids[i] = uuid_v7();
	return NULL;
}

static int
compare_uuids(const void *one, const void *two)
{
	return memcmp(one, two, sizeof(Uuid));
}

static void
threads_never_get_the_same_time_and_counter(void **state)
{
	g_autofree Uuid *uuids = g_new(Uuid, BURST);
	pthread_t threads[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, fill_burst, &uuids[(size_t)i * (BURST / 4)]), 0);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	qsort(uuids, BURST, sizeof *uuids, compare_uuids);
	for (int i = 1; i < BURST; i++)
		assert_memory_not_equal(uuids[i - 1].bytes, uuids[i].bytes, 8);
}

static void
a_parsed_text_is_formatted_in_lower_case(void **state)
{
	Uuid uuid;
	char text[UUID_TEXT_LENGTH + 1];

	(void)state;
	assert_true(uuid_parse("01890A5D-ac96-774b-BCCE-b302099a8057", &uuid));
	assert_int_equal(uuid.bytes[0], 0x01);
	assert_int_equal(uuid.bytes[15], 0x57);
	uuid_format(&uuid, text);
	assert_string_equal(text, "01890a5d-ac96-774b-bcce-b302099a8057");
}

static void
a_new_uuid_survives_text_and_back(void **state)
{
	Uuid uuid = uuid_v7(), back;
	g_autofree char *text = uuid_to_string(&uuid);

	(void)state;
	assert_int_equal(strlen(text), UUID_TEXT_LENGTH);
	assert_true(uuid_parse(text, &back));
	assert_true(uuid_equal(&uuid, &back));
}

static void
a_malformed_text_is_refused_and_leaves_the_target_alone(void **state)
{
	static const char *const malformed[] = {
		"",
		"0",
		"01890a5d",
		"01890a5d-",
		"01890a5d-ac96-774b-bcce-b302099a805",
		"01890a5d-ac96-774b-bcce-b302099a80577",
		"01890a5dac96774bbcceb302099a8057",
		"{01890a5d-ac96-774b-bcce-b302099a8057}",
		" 01890a5d-ac96-774b-bcce-b302099a8057",
		"01890a5d-ac96-774b-bcce-b302099a8057 ",
		"01890a5g-ac96-774b-bcce-b302099a8057",
		"01890a5d-ac96-774b-bcce_b302099a8057",
		"01890a5da-c96-774b-bcce-b302099a8057",
		"01890a5\xc3\xa9-ac96-774b-bcce-b302099a805",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(malformed); i++) {
		Uuid uuid = { { 1, 2, 3 } };
		Uuid before = uuid;

		assert_false(uuid_parse(malformed[i], &uuid));
		assert_true(uuid_equal(&uuid, &before));
	}
}

static void
only_the_zero_uuid_is_nil(void **state)
{
	Uuid nil, fresh = uuid_v7();

	(void)state;
	assert_true(uuid_parse("00000000-0000-0000-0000-000000000000", &nil));
	assert_true(uuid_is_nil(&nil));
	nil.bytes[15] = 1;
	assert_false(uuid_is_nil(&nil));
	assert_false(uuid_is_nil(&fresh));
	assert_false(uuid_equal(&nil, &fresh));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_uuid_begins_with_the_time),
		cmocka_unit_test(a_new_uuid_is_of_version_7_and_the_rfc_variant),
		cmocka_unit_test(every_uuid_is_greater_than_the_one_before),
		cmocka_unit_test(the_random_bits_differ_between_uuids),
		cmocka_unit_test(threads_never_get_the_same_time_and_counter),
		cmocka_unit_test(a_parsed_text_is_formatted_in_lower_case),
		cmocka_unit_test(a_new_uuid_survives_text_and_back),
		cmocka_unit_test(a_malformed_text_is_refused_and_leaves_the_target_alone),
		cmocka_unit_test(only_the_zero_uuid_is_nil),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
