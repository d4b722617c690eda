#include "base/timestamp.h"

#include <string.h>

/* Years 0001 to 9999: what RFC 3339 can write, and what a text can name. */
#define EARLIEST ((Timestamp)-62135596800 * DURATION_SECOND)
#define LATEST ((Timestamp)253402300800 * DURATION_SECOND - 1)

static const struct {
	const char *suffix;
	Duration length;
} units[] = {
	{ "d", DURATION_DAY },
	{ "h", DURATION_HOUR },
	{ "m", DURATION_MINUTE },
	{ "s", DURATION_SECOND },
	{ "ms", DURATION_MILLISECOND },
};

Timestamp
timestamp_now(void)
{
	return g_get_real_time();
}

/* Days since 1970-01-01 in the proleptic Gregorian calendar, which PostgreSQL counts in too. */
static int64_t
days_from_civil(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void
civil_from_days(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int shifted = (int)((5 * day_of_year + 2) / 153);

	*ret_day = (int)day_of_year - (153 * shifted + 2) / 5 + 1;
	*ret_month = shifted < 10 ? shifted + 3 : shifted - 9;
	*ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Exactly `count` digits of a value from `low` to `high`. */
static bool
read_number(const char **cursor, int count, int low, int high, int *ret_value)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (!g_ascii_isdigit((*cursor)[i]))
			return false;
		value = value * 10 + ((*cursor)[i] - '0');
	}
	if (value < low || value > high)
		return false;
	*cursor += count;
	*ret_value = value;
	return true;
}

static bool
read_char(const char **cursor, char expected)
{
	if (**cursor != expected)
		return false;
	(*cursor)++;
	return true;
}

static bool
read_date(const char **cursor, Timestamp *ret_midnight)
{
	int year, month, day;

	if (!read_number(cursor, 4, 1, 9999, &year) || !read_char(cursor, '-') ||
	    !read_number(cursor, 2, 1, 12, &month) || !read_char(cursor, '-') ||
	    !read_number(cursor, 2, 1, days_in_month(year, month), &day))
		return false;
	*ret_midnight = days_from_civil(year, month, day) * DURATION_DAY;
	return true;
}

/* One to six digits: more would be lost silently. */
static bool
read_fraction(const char **cursor, Duration *ret_fraction)
{
	Duration fraction = 0;
	Duration digit = DURATION_SECOND / 10;

	if (!g_ascii_isdigit(**cursor))
		return false;
	for (; g_ascii_isdigit(**cursor); (*cursor)++) {
		if (digit == 0)
			return false;
		fraction += (**cursor - '0') * digit;
		digit /= 10;
	}
	*ret_fraction = fraction;
	return true;
}

static bool
read_time_of_day(const char **cursor, Duration *ret_time)
{
	int hour, minute, second = 0;
	Duration fraction = 0;

	if (!read_number(cursor, 2, 0, 23, &hour) || !read_char(cursor, ':') ||
	    !read_number(cursor, 2, 0, 59, &minute))
		return false;
	if (read_char(cursor, ':')) {
		if (!read_number(cursor, 2, 0, 59, &second))
			return false;
		if (read_char(cursor, '.') && !read_fraction(cursor, &fraction))
			return false;
	}
	*ret_time = hour * DURATION_HOUR + minute * DURATION_MINUTE + second * DURATION_SECOND + fraction;
	return true;
}

/* Nothing, `Z`, `+02`, `+0230` or `+02:30`, up to the end of the text. */
static bool
read_offset(const char **cursor, Duration *ret_offset)
{
	int hours = 0, minutes = 0;
	bool west = **cursor == '-';

	if (west || **cursor == '+') {
		(*cursor)++;
		if (!read_number(cursor, 2, 0, 23, &hours))
			return false;
		bool colon = read_char(cursor, ':');
		if ((colon || **cursor != '\0') && !read_number(cursor, 2, 0, 59, &minutes))
			return false;
	} else if (**cursor == 'Z' || **cursor == 'z') {
		(*cursor)++;
	}
	*ret_offset = (hours * DURATION_HOUR + minutes * DURATION_MINUTE) * (west ? -1 : 1);
	return **cursor == '\0';
}

static bool
parse_absolute(const char *text, Timestamp *ret_time)
{
	Timestamp midnight;
	Duration time_of_day = 0, offset = 0;

	if (!read_date(&text, &midnight))
		return false;
	if (*text != '\0') {
		if (!read_char(&text, 'T') && !read_char(&text, 't') && !read_char(&text, ' '))
			return false;
		if (!read_time_of_day(&text, &time_of_day) || !read_offset(&text, &offset))
			return false;
	}
	*ret_time = midnight + time_of_day - offset;
	return true;
}

static bool
parse_relative(const char *text, Timestamp now, Timestamp *ret_time)
{
	Duration distance;
	bool back = *text == '-';

	/* `-15` could be meant as anything: here the unit is not optional. */
	if ((!back && *text != '+') || !g_ascii_isalpha(text[strlen(text) - 1]) ||
	    !duration_parse(text + 1, &distance))
		return false;
	return back ? !__builtin_sub_overflow(now, distance, ret_time)
		    : !__builtin_add_overflow(now, distance, ret_time);
}

bool
timestamp_parse(const char *text, Timestamp now, Timestamp *ret_time)
{
	Timestamp parsed;

	if (!parse_absolute(text, &parsed) && !parse_relative(text, now, &parsed))
		return false;
	if (parsed < EARLIEST || parsed > LATEST)
		return false;
	*ret_time = parsed;
	return true;
}

char *
timestamp_format(Timestamp self)
{
	int64_t year;
	int month, day;
	Duration rest = self % DURATION_DAY;
	int64_t days = self / DURATION_DAY;
	char fraction[8] = "";

	if (rest < 0) {
		rest += DURATION_DAY;
		days--;
	}
	civil_from_days(days, &year, &month, &day);
	int micros = (int)(rest % DURATION_SECOND);
	if (micros % DURATION_MILLISECOND != 0)
		g_snprintf(fraction, sizeof fraction, ".%06d", micros);
	else if (micros != 0)
		g_snprintf(fraction, sizeof fraction, ".%03d", micros / 1000);
	/* ISO 8601 asks for a sign on the years that RFC 3339 cannot write; PostgreSQL can store them. */
	const char *sign = year < 0 ? "-" : year > 9999 ? "+" : "";
	return g_strdup_printf("%s%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02d%sZ", sign, ABS(year), month,
	    day, (int)(rest / DURATION_HOUR), (int)(rest / DURATION_MINUTE % 60),
	    (int)(rest / DURATION_SECOND % 60), fraction);
}

static bool
unit_length(const char *suffix, Duration *ret_length)
{
	if (*suffix == '\0')
		suffix = "s";
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strcmp(suffix, units[i].suffix) == 0) {
			*ret_length = units[i].length;
			return true;
		}
	}
	return false;
}

bool
duration_parse(const char *text, Duration *ret_duration)
{
	int64_t number = 0;
	Duration length, parsed;
	const char *cursor = text;

	for (; g_ascii_isdigit(*cursor); cursor++) {
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, *cursor - '0', &number))
			return false;
	}
	if (cursor == text || !unit_length(cursor, &length) ||
	    __builtin_mul_overflow(number, length, &parsed))
		return false;
	*ret_duration = parsed;
	return true;
}

char *
duration_format(Duration self)
{
	const char *sign = self < 0 ? "-" : "";
	uint64_t left = self < 0 ? -(uint64_t)self : (uint64_t)self;
	size_t i = 0;

	if (left == 0)
		return g_strdup("0s");
	if (left < (uint64_t)DURATION_MILLISECOND)
		return g_strdup("<1ms");
	while (left < (uint64_t)units[i].length)
		i++;
	uint64_t count = left / (uint64_t)units[i].length;
	/* Milliseconds stand alone: beside whole seconds they are noise. */
	bool has_smaller = i < 3;
	uint64_t smaller = has_smaller ? left % (uint64_t)units[i].length / (uint64_t)units[i + 1].length : 0;
	if (smaller == 0)
		return g_strdup_printf("%s%" G_GUINT64_FORMAT "%s", sign, count, units[i].suffix);
	return g_strdup_printf("%s%" G_GUINT64_FORMAT "%s %" G_GUINT64_FORMAT "%s", sign, count,
	    units[i].suffix, smaller, units[i + 1].suffix);
}
