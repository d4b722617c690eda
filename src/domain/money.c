#include "currency.h"
#include "plain_text.h"

#include "base/error.h"
#include "domain/values.h"

#include <string.h>

#define MAX_WHOLE_DIGITS 16

static int64_t
power_of_ten(int exponent)
{
	int64_t power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

/* A stored code that is not in the table still has to be shown. */
static int
minor_digits(const Money *self)
{
	int digits = currency_minor_digits(self->currency);

	return digits < 0 ? 2 : digits;
}

/* Amounts keep to what numeric(18,2) holds, computed ones too: a total that can't be saved is caught here. */
static bool
is_in_range(const Money *self)
{
	int digits = minor_digits(self);
	int64_t limit;

	if (MAX_WHOLE_DIGITS + digits > 18)
		return true;
	limit = power_of_ten(MAX_WHOLE_DIGITS + digits);
	return self->minor > -limit && self->minor < limit;
}

static bool
refuse(const char *text, const char *rule, GError **error)
{
	g_autofree char *quoted = text_quoted(text);

	g_set_error(
	    error, SB_ERROR, SB_ERROR_VALIDATION, "amount '%s' %s: write it like '12.50 EUR'", quoted, rule);
	return false;
}

/* The digits of both sides of the point as one number; `digits` are filled up with zeros. */
static bool
minor_parse(const char *whole, int whole_length, const char *fraction, int fraction_length, int digits,
    int64_t *ret_minor)
{
	int64_t minor = 0;

	for (int i = 0; i < whole_length + digits; i++) {
		int at = i - whole_length;
		int digit = at < 0 ? whole[i] - '0' : at < fraction_length ? fraction[at] - '0' : 0;

		if (__builtin_mul_overflow(minor, 10, &minor) || __builtin_add_overflow(minor, digit, &minor))
			return false;
	}
	*ret_minor = minor;
	return true;
}

bool
money_parse(const char *text, Money *ret_money, GError **error)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	bool negative = trimmed[0] == '-';
	const char *whole = trimmed + negative;
	int whole_length = (int)strspn(whole, "0123456789");
	bool has_point = whole[whole_length] == '.';
	const char *fraction = whole + whole_length + has_point;
	int fraction_length = has_point ? (int)strspn(fraction, "0123456789") : 0;
	const char *blank = fraction + fraction_length;
	const char *code = blank + strspn(blank, " ");
	int64_t minor;
	int digits;

	if (whole_length == 0 || (has_point && fraction_length == 0) || code == blank || *code == '\0')
		return refuse(text, "is not a number and a currency", error);
	digits = currency_minor_digits(code);
	if (digits < 0)
		return refuse(text, "has no currency of ISO 4217 after the number", error);
	if (whole_length > MAX_WHOLE_DIGITS)
		return refuse(text, "has more than 16 digits before the point", error);
	if (fraction_length > digits)
		return refuse(text, "has more digits after the point than its currency", error);
	if (!minor_parse(whole, whole_length, fraction, fraction_length, digits, &minor))
		return refuse(text, "is too large", error);

	ret_money->minor = negative ? -minor : minor;
	g_strlcpy(ret_money->currency, code, sizeof ret_money->currency);
	return true;
}

char *
money_format(const Money *self)
{
	int digits = minor_digits(self);
	uint64_t unit = (uint64_t)power_of_ten(digits);
	uint64_t minor = self->minor < 0 ? -(uint64_t)self->minor : (uint64_t)self->minor;
	const char *sign = self->minor < 0 ? "-" : "";

	if (digits == 0)
		return g_strdup_printf("%s%" G_GUINT64_FORMAT " %s", sign, minor, self->currency);
	return g_strdup_printf("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT " %s", sign, minor / unit,
	    digits, minor % unit, self->currency);
}

bool
money_add(const Money *self, const Money *other, Money *ret_sum, GError **error)
{
	g_autofree char *left = money_format(self);
	g_autofree char *right = money_format(other);
	Money sum = *self;

	if (!g_str_equal(self->currency, other->currency)) {
		g_set_error(error, SB_ERROR, SB_ERROR_CONFLICT,
		    "'%s' and '%s' can't be added: amounts must have the same currency", left, right);
		return false;
	}
	if (__builtin_add_overflow(self->minor, other->minor, &sum.minor) || !is_in_range(&sum)) {
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "'%s' and '%s' can't be added: the sum has more than %d digits before the point", left,
		    right, MAX_WHOLE_DIGITS);
		return false;
	}
	*ret_sum = sum;
	return true;
}

bool
money_multiply(const Money *self, int64_t factor, Money *ret_product, GError **error)
{
	Money product = *self;

	if (__builtin_mul_overflow(self->minor, factor, &product.minor) || !is_in_range(&product)) {
		g_autofree char *amount = money_format(self);

		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "'%s' times '%" G_GINT64_FORMAT
		    "' has more than %d digits before the point: take a smaller number",
		    amount, factor, MAX_WHOLE_DIGITS);
		return false;
	}
	*ret_product = product;
	return true;
}
