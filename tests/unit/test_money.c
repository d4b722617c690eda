#include "base/error.h"
#include "domain/values.h"

#include <glib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define ROUNDS 20000
#define SEED 20260131

/* Wide enough for any product of two int64. */
__extension__ typedef __int128 Wide;

static Money
money(int64_t minor, const char *currency)
{
	Money self = { .minor = minor };

	g_strlcpy(self.currency, currency, sizeof self.currency);
	return self;
}

static void
an_amount_is_read_in_its_currencys_minor_units(void **state)
{
	static const struct {
		const char *text;
		int64_t minor;
		const char *currency, *formatted;
	} rows[] = {
		{ "12.50 EUR", 1250, "EUR", "12.50 EUR" },
		{ " 12.5  EUR ", 1250, "EUR", "12.50 EUR" },
		{ "12 EUR", 1200, "EUR", "12.00 EUR" },
		{ "0.05 USD", 5, "USD", "0.05 USD" },
		{ "-0.05 USD", -5, "USD", "-0.05 USD" },
		{ "0 USD", 0, "USD", "0.00 USD" },
		{ "-0 USD", 0, "USD", "0.00 USD" },
		{ "1200 JPY", 1200, "JPY", "1200 JPY" },
		{ "1.234 KWD", 1234, "KWD", "1.234 KWD" },
		{ "9999999999999999.99 EUR", 999999999999999999, "EUR", "9999999999999999.99 EUR" },
		{ "9999999999999999 JPY", 9999999999999999, "JPY", "9999999999999999 JPY" },
		{ "9223372036854775.807 KWD", INT64_MAX, "KWD", "9223372036854775.807 KWD" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Money read;
		g_autofree char *formatted = NULL;
		g_autoptr(GError) error = NULL;

		if (!money_parse(rows[i].text, &read, &error))
			fail_msg("%s", error->message);
		formatted = money_format(&read);
		assert_int_equal(read.minor, rows[i].minor);
		assert_string_equal(read.currency, rows[i].currency);
		assert_string_equal(formatted, rows[i].formatted);
	}
}

static void
what_is_no_amount_is_refused(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "", "is not a number and a currency" },
		{ "EUR", "is not a number" },
		{ "12.50", "is not a number and a currency" },
		{ "12.50EUR", "is not a number and a currency" },
		{ "EUR 12.50", "is not a number" },
		{ "12,50 EUR", "is not a number" },
		{ "12. EUR", "is not a number" },
		{ ".50 EUR", "is not a number" },
		{ "+1 EUR", "is not a number" },
		{ "--1 EUR", "is not a number" },
		{ "1e3 EUR", "is not a number" },
		{ "0x10 EUR", "is not a number" },
		{ "1 000 EUR", "no currency of ISO 4217" },
		{ "12.50 eur", "no currency of ISO 4217" },
		{ "12.50 EURO", "no currency of ISO 4217" },
		{ "12.50 EU", "no currency of ISO 4217" },
		{ "12.50 ABC", "no currency of ISO 4217" },
		{ "12.50 D A", "no currency of ISO 4217" },
		{ "12.505 EUR", "more digits after the point" },
		{ "1.5 JPY", "more digits after the point" },
		{ "1.2345 KWD", "more digits after the point" },
		{ "10000000000000000 EUR", "more than 16 digits" },
		{ "9223372036854775.808 KWD", "is too large" },
		{ "\xff EUR", "is not a number" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Money read = money(7, "XXX");
		g_autoptr(GError) error = NULL;

		if (money_parse(rows[i].text, &read, &error))
			fail_msg("'%s' was taken", rows[i].text);
		assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
		assert_int_equal(read.minor, 7);
		assert_true(g_utf8_validate(error->message, -1, NULL));
		if (strstr(error->message, rows[i].says) == NULL)
			fail_msg("'%s' is not in '%s'", rows[i].says, error->message);
	}
}

static int64_t
any_int64(GRand *rand)
{
	uint64_t bits = (uint64_t)g_rand_int(rand) << 32 | g_rand_int(rand);

	/* All magnitudes alike, or nearly every number would have 19 digits. */
	return (int64_t)bits >> g_rand_int_range(rand, 0, 64);
}

static void
formatting_and_reading_an_amount_gives_it_back(void **state)
{
	static const char *const currencies[] = { "EUR", "JPY", "KWD" };
	static const int64_t limits[] = { 1000000000000000000, 10000000000000000, INT64_MAX };
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		Money written = money(any_int64(rand) % limits[i % 3], currencies[i % 3]);
		g_autofree char *text = money_format(&written);
		Money read;

		assert_true(money_parse(text, &read, NULL));
		assert_int_equal(read.minor, written.minor);
		assert_string_equal(read.currency, written.currency);
	}
}

static bool
fits(Wide minor)
{
	return minor > -(Wide)1000000000000000000 && minor < (Wide)1000000000000000000;
}

static void
a_sum_is_exact_or_refused(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
	int refused = 0;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		Money left = money(any_int64(rand), "EUR");
		Money right = money(any_int64(rand), "EUR");
		Wide exact = (Wide)left.minor + right.minor;
		Money sum = money(7, "XXX");
		g_autoptr(GError) error = NULL;

		assert_int_equal(money_add(&left, &right, &sum, &error), fits(exact));
		if (fits(exact)) {
			assert_true(sum.minor == exact);
			assert_string_equal(sum.currency, "EUR");
		} else {
			assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
			assert_int_equal(sum.minor, 7);
			refused++;
		}
	}
	assert_in_range(refused, 1, ROUNDS / 2);
}

static void
a_product_is_exact_or_refused(void **state)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
	int refused = 0;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		Money price = money(any_int64(rand), "EUR");
		int64_t factor = any_int64(rand);
		Wide exact = (Wide)price.minor * factor;
		Money product = money(7, "XXX");
		g_autoptr(GError) error = NULL;

		assert_int_equal(money_multiply(&price, factor, &product, &error), fits(exact));
		if (fits(exact)) {
			assert_true(product.minor == exact);
		} else {
			assert_true(sb_error_is(error, SB_ERROR_VALIDATION));
			assert_int_equal(product.minor, 7);
			refused++;
		}
	}
	assert_in_range(refused, 1, ROUNDS - 1);
}

static void
three_digit_currencies_stop_at_what_int64_holds(void **state)
{
	Money most = money(INT64_MAX, "KWD");
	Money one = money(1, "KWD");
	Money result;
	g_autoptr(GError) sum = NULL;
	g_autoptr(GError) product = NULL;

	(void)state;
	assert_false(money_add(&most, &one, &result, &sum));
	assert_true(sb_error_is(sum, SB_ERROR_VALIDATION));
	assert_false(money_multiply(&most, 2, &result, &product));
	assert_true(sb_error_is(product, SB_ERROR_VALIDATION));
	assert_true(money_multiply(&most, 1, &result, NULL));
	assert_int_equal(result.minor, INT64_MAX);
}

static void
currencies_are_never_mixed(void **state)
{
	Money euros = money(100, "EUR");
	Money dollars = money(100, "USD");
	Money sum = money(7, "XXX");
	g_autoptr(GError) error = NULL;

	(void)state;
	assert_false(money_add(&euros, &dollars, &sum, &error));
	assert_true(sb_error_is(error, SB_ERROR_CONFLICT));
	assert_non_null(strstr(error->message, "'1.00 EUR' and '1.00 USD'"));
	assert_int_equal(sum.minor, 7);
}

static void
the_smallest_number_can_be_shown(void **state)
{
	Money least = money(INT64_MIN, "EUR");
	g_autofree char *text = money_format(&least);

	(void)state;
	assert_string_equal(text, "-92233720368547758.08 EUR");
}

static void
a_result_may_be_one_of_the_operands(void **state)
{
	Money total = money(150, "EUR");
	Money line = money(50, "EUR");

	(void)state;
	assert_true(money_add(&total, &line, &total, NULL));
	assert_true(money_multiply(&total, 3, &total, NULL));
	assert_int_equal(total.minor, 600);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_read_in_its_currencys_minor_units),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(formatting_and_reading_an_amount_gives_it_back),
		cmocka_unit_test(a_sum_is_exact_or_refused),
		cmocka_unit_test(a_product_is_exact_or_refused),
		cmocka_unit_test(three_digit_currencies_stop_at_what_int64_holds),
		cmocka_unit_test(currencies_are_never_mixed),
		cmocka_unit_test(the_smallest_number_can_be_shown),
		cmocka_unit_test(a_result_may_be_one_of_the_operands),
	};

	return cmocka_run_group_tests_name("money", tests, NULL, NULL);
}
