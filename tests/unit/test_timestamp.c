#include "base/timestamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* Seconds; prime to a day and a year, so that it comes past every month and hour. */
#define STRIDE INT64_C(604793)

/* 2026-01-31T10:00:00Z */
#define NOON_OR_SO ((Timestamp)1769853600 * DURATION_SECOND)

static void
every_form_of_a_time_is_read(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "2026-01-31", "2026-01-31T00:00:00Z" },
		{ "2026-01-31T10:00Z", "2026-01-31T10:00:00Z" },
		{ "2026-01-31t10:00z", "2026-01-31T10:00:00Z" },
		{ "2026-01-31T10:00", "2026-01-31T10:00:00Z" },
		{ "2026-01-31 10:00:05", "2026-01-31T10:00:05Z" },
		{ "2026-01-31 10:00:05.123456+02", "2026-01-31T08:00:05.123456Z" },
		{ "2026-01-31 10:00:05.1+02:30", "2026-01-31T07:30:05.100Z" },
		{ "2026-01-31 10:00:05.000001-0530", "2026-01-31T15:30:05.000001Z" },
		{ "2026-01-31T23:30-01", "2026-02-01T00:30:00Z" },
		{ "2024-02-29", "2024-02-29T00:00:00Z" },
		{ "2000-02-29", "2000-02-29T00:00:00Z" },
		{ "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
		{ "0001-01-01", "0001-01-01T00:00:00Z" },
		{ "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z" },
		{ "-15m", "2026-01-31T09:45:00Z" },
		{ "-2h", "2026-01-31T08:00:00Z" },
		{ "-7d", "2026-01-24T10:00:00Z" },
		{ "+30s", "2026-01-31T10:00:30Z" },
		{ "+250ms", "2026-01-31T10:00:00.250Z" },
		{ "-0s", "2026-01-31T10:00:00Z" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Timestamp parsed;

		if (!timestamp_parse(cases[i].text, NOON_OR_SO, &parsed))
			fail_msg("'%s' was refused", cases[i].text);
		g_autofree char *formatted = timestamp_format(parsed);
		assert_string_equal(formatted, cases[i].expected);
	}
}

static void
what_is_no_time_is_refused_and_leaves_the_target_alone(void **state)
{
	static const char *const texts[] = {
		"",
		" ",
		"now",
		"2026",
		"2026-01",
		"2026-1-31",
		"2026-00-10",
		"2026-13-10",
		"2026-01-00",
		"2026-01-32",
		"2026-02-29",
		"1900-02-29",
		"2026-04-31",
		"0000-01-01",
		"26-01-31",
		"20260131",
		"2026-01-31 ",
		" 2026-01-31",
		"2026-01-31Z",
		"2026-01-31T",
		"2026-01-31T10",
		"2026-01-31T10:0",
		"2026-01-31T24:00Z",
		"2026-01-31T10:60Z",
		"2026-01-31T10:00:60Z",
		"2026-01-31T10:00:00.Z",
		"2026-01-31T10:00:00.1234567Z",
		"2026-01-31T10:00.5Z",
		"2026-01-31T10:00ZZ",
		"2026-01-31T10:00+",
		"2026-01-31T10:00+2",
		"2026-01-31T10:00+02:",
		"2026-01-31T10:00+02:60",
		"2026-01-31T10:00+24",
		"2026-01-31T10:00 +02",
		"2026-01-31_10:00",
		"0001-01-01T00:00+01",
		"9999-12-31T23:59-01",
		"-",
		"+",
		"-15",
		"15m",
		"-m",
		"-15 m",
		"-15M",
		"--15m",
		"-1.5h",
		"-15mm",
		"-900000d",
		"+99999999d",
		"+99999999999999999999d",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		Timestamp untouched = 42;

		if (timestamp_parse(texts[i], NOON_OR_SO, &untouched))
			fail_msg("'%s' was taken", texts[i]);
		assert_int_equal(untouched, 42);
	}
}

static void
a_relative_time_from_the_edge_of_the_clock_does_not_overflow(void **state)
{
	Timestamp parsed;

	(void)state;
	assert_false(timestamp_parse("+1d", INT64_MAX, &parsed));
	assert_false(timestamp_parse("-1d", INT64_MIN, &parsed));
}

static void
a_time_is_written_with_the_digits_it_needs(void **state)
{
	static const struct {
		Timestamp time;
		const char *text;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z" },
		{ 1, "1970-01-01T00:00:00.000001Z" },
		{ -1, "1969-12-31T23:59:59.999999Z" },
		{ 1000, "1970-01-01T00:00:00.001Z" },
		{ 500000, "1970-01-01T00:00:00.500Z" },
		{ 951782400 * DURATION_SECOND, "2000-02-29T00:00:00Z" },
		{ NOON_OR_SO, "2026-01-31T10:00:00Z" },
		{ (Timestamp)253402300800 * DURATION_SECOND, "+10000-01-01T00:00:00Z" },
		{ (Timestamp)-62135596800 * DURATION_SECOND - 1, "0000-12-31T23:59:59.999999Z" },
		{ (Timestamp)-62198755200 * DURATION_SECOND, "-0001-01-01T00:00:00Z" },
		{ INT64_MAX, "+294247-01-10T04:00:54.775807Z" },
		{ INT64_MIN, "-290308-12-21T19:59:05.224192Z" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = timestamp_format(cases[i].time);

		assert_string_equal(text, cases[i].text);
	}
}

/* GLib's calendar is the second opinion. */
static void
dates_agree_with_an_independent_calendar(void **state)
{
	(void)state;
	for (int64_t seconds = -5000000000; seconds < 8000000000; seconds += STRIDE) {
		g_autoptr(GDateTime) other = g_date_time_new_from_unix_utc(seconds);
		g_autofree char *expected = g_date_time_format(other, "%Y-%m-%dT%H:%M:%SZ");
		g_autofree char *text = timestamp_format(seconds * DURATION_SECOND);
		Timestamp back;

		assert_string_equal(text, expected);
		assert_true(timestamp_parse(text, 0, &back));
		assert_int_equal(back, seconds * DURATION_SECOND);
	}
}

static void
now_is_the_wall_clock_in_microseconds(void **state)
{
	gint64 before = g_get_real_time();
	Timestamp now = timestamp_now();

	(void)state;
	assert_true(now >= before && now <= g_get_real_time());
}

static void
durations_are_read_in_their_units(void **state)
{
	static const struct {
		const char *text;
		Duration duration;
	} cases[] = {
		{ "200ms", 200 * DURATION_MILLISECOND },
		{ "5s", 5 * DURATION_SECOND },
		{ "15m", 15 * DURATION_MINUTE },
		{ "2h", 2 * DURATION_HOUR },
		{ "7d", 7 * DURATION_DAY },
		{ "3", 3 * DURATION_SECOND },
		{ "0", 0 },
		{ "007s", 7 * DURATION_SECOND },
		{ "106751991d", 106751991 * DURATION_DAY },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Duration duration;

		assert_true(duration_parse(cases[i].text, &duration));
		assert_int_equal(duration, cases[i].duration);
	}
}

static void
what_is_no_duration_is_refused_and_leaves_the_target_alone(void **state)
{
	static const char *const texts[] = {
		"",
		"s",
		"-5s",
		"+5s",
		"5 s",
		" 5s",
		"5s ",
		"5x",
		"5S",
		"1.5h",
		"1h30m",
		"ms",
		"5min",
		"106751992d",
		"9223372036854775807",
		"9223372036854775808ms",
		"99999999999999999999999s",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		Duration untouched = 42;

		if (duration_parse(texts[i], &untouched))
			fail_msg("'%s' was taken", texts[i]);
		assert_int_equal(untouched, 42);
	}
}

static void
a_duration_is_written_in_at_most_two_units(void **state)
{
	static const struct {
		Duration duration;
		const char *text;
	} cases[] = {
		{ 0, "0s" },
		{ 999, "<1ms" },
		{ -999, "<1ms" },
		{ 200 * DURATION_MILLISECOND, "200ms" },
		{ 3 * DURATION_SECOND, "3s" },
		{ 3 * DURATION_SECOND + 999 * DURATION_MILLISECOND, "3s" },
		{ 12 * DURATION_MINUTE, "12m" },
		{ 90 * DURATION_SECOND, "1m 30s" },
		{ 2 * DURATION_HOUR + 5 * DURATION_MINUTE, "2h 5m" },
		{ 2 * DURATION_HOUR + 5 * DURATION_MINUTE + 59 * DURATION_SECOND, "2h 5m" },
		{ DURATION_HOUR + 30 * DURATION_SECOND, "1h" },
		{ 9 * DURATION_DAY + 3 * DURATION_HOUR, "9d 3h" },
		{ -90 * DURATION_SECOND, "-1m 30s" },
		{ INT64_MIN, "-106751991d 4h" },
		{ INT64_MAX, "106751991d 4h" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = duration_format(cases[i].duration);

		assert_string_equal(text, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_of_a_time_is_read),
		cmocka_unit_test(what_is_no_time_is_refused_and_leaves_the_target_alone),
		cmocka_unit_test(a_relative_time_from_the_edge_of_the_clock_does_not_overflow),
		cmocka_unit_test(a_time_is_written_with_the_digits_it_needs),
		cmocka_unit_test(dates_agree_with_an_independent_calendar),
		cmocka_unit_test(now_is_the_wall_clock_in_microseconds),
		cmocka_unit_test(durations_are_read_in_their_units),
		cmocka_unit_test(what_is_no_duration_is_refused_and_leaves_the_target_alone),
		cmocka_unit_test(a_duration_is_written_in_at_most_two_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
