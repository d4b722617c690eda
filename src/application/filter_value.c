#include "filter_value.h"

#include "application/registry.h"
#include "base/error.h"
#include "base/uuid.h"
#include "names.h"

#include <string.h>

#define BIT(op) (1u << (op))
#define EQUALITY (BIT(FILTER_EQUAL) | BIT(FILTER_NOT_EQUAL))
#define COMPARISON                                                                                           \
	(BIT(FILTER_LESS) | BIT(FILTER_LESS_EQUAL) | BIT(FILTER_GREATER) | BIT(FILTER_GREATER_EQUAL))

const char *
filter_operator_text(FilterOperator op)
{
	switch (op) {
	case FILTER_EQUAL: return "=";
	case FILTER_NOT_EQUAL: return "!=";
	case FILTER_LESS: return "<";
	case FILTER_LESS_EQUAL: return "<=";
	case FILTER_GREATER: return ">";
	case FILTER_GREATER_EQUAL: return ">=";
	case FILTER_CONTAINS: return "~";
	case FILTER_SEARCH: return "";
	}
	g_assert_not_reached();
}

static unsigned
operators_of(const FieldDef *field, bool has_path)
{
	switch (field->type) {
	case VALUE_TEXT:
		return field->choices != NULL ? EQUALITY : EQUALITY | COMPARISON | BIT(FILTER_CONTAINS);
	case VALUE_INTEGER:
	case VALUE_NUMERIC:
	case VALUE_TIME: return EQUALITY | COMPARISON;
	case VALUE_BOOLEAN:
	case VALUE_UUID:
	case VALUE_BYTES: return EQUALITY;
	/* As a whole a json value is only searched; what lies at a path is compared as text. */
	case VALUE_JSON: return has_path ? EQUALITY | BIT(FILTER_CONTAINS) : BIT(FILTER_CONTAINS);
	}
	g_assert_not_reached();
}

bool
filter_operator_check(const FieldDef *field, FilterOperator op, bool has_path, GError **error)
{
	unsigned allowed = operators_of(field, has_path);
	g_autoptr(GString) known = g_string_new(NULL);

	if (allowed & BIT(op))
		return true;
	for (int i = FILTER_EQUAL; i < FILTER_SEARCH; i++)
		if (allowed & BIT(i))
			g_string_append_printf(known, " %s", filter_operator_text((FilterOperator)i));
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' can't be compared by '%s'; it takes%s%s",
	    field->name, filter_operator_text(op), known->str,
	    field->type == VALUE_JSON && !has_path ? ", or a path like its.name=value" : "");
	return false;
}

static bool
refuse(const FieldDef *field, const char *text, const char *what, GError **error)
{
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' for '%s' is no %s", text, field->name, what);
	return false;
}

static bool
normalise_choice(const FieldDef *field, const char *text, char **ret_value, GError **error)
{
	for (size_t i = 0; field->choices[i] != NULL; i++) {
		if (g_ascii_strcasecmp(field->choices[i], text) == 0) {
			*ret_value = g_strdup(field->choices[i]);
			return true;
		}
	}
	g_autofree char *all = names_join(field->choices);
	const char *near = nearest_name(text, field->choices);

	if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "'%s' for '%s' is none of %s; did you mean '%s'?", text, field->name, all, near);
	else
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "'%s' for '%s' is none of %s", text, field->name, all);
	return false;
}

static bool
normalise_boolean(const FieldDef *field, const char *text, char **ret_value, GError **error)
{
	static const char *const yes[] = { "true", "t", "yes", "on", "1", NULL };
	static const char *const no[] = { "false", "f", "no", "off", "0", NULL };
	g_autofree char *lower = g_ascii_strdown(text, -1);

	if (!g_strv_contains(yes, lower) && !g_strv_contains(no, lower))
		return refuse(field, text, "true or false", error);
	*ret_value = g_strdup(g_strv_contains(yes, lower) ? "true" : "false");
	return true;
}

/* An optional sign, digits, at most one point. */
static bool
is_decimal(const char *text)
{
	text += *text == '-' || *text == '+';
	size_t whole = strspn(text, "0123456789");
	size_t fraction = 0;

	text += whole;
	if (*text == '.') {
		text++;
		fraction = strspn(text, "0123456789");
		text += fraction;
	}
	return *text == '\0' && whole + fraction > 0;
}

static bool
is_bytes(const char *text)
{
	if (!g_str_has_prefix(text, "\\x"))
		return false;
	size_t digits = strspn(text + 2, "0123456789abcdefABCDEF");

	return text[2 + digits] == '\0' && digits % 2 == 0;
}

static bool
normalise_uuid(const FieldDef *field, const char *text, char **ret_value, GError **error)
{
	Uuid id;

	if (!uuid_parse(text, &id))
		return refuse(field, text, "id of 36 characters", error);
	*ret_value = uuid_to_string(&id);
	return true;
}

static bool
normalise_time(const FieldDef *field, const char *text, Timestamp now, char **ret_value, GError **error)
{
	Timestamp time;

	if (!timestamp_parse(text, now, &time))
		return refuse(
		    field, text, "time like 2026-01-31, 2026-01-31T10:00Z, -15m, -2h or -7d", error);
	*ret_value = timestamp_format(time);
	return true;
}

bool
filter_value_normalise(const FieldDef *field, FilterOperator op, bool has_path, const char *text,
    Timestamp now, char **ret_value, GError **error)
{
	gint64 number;

	if (has_path || op == FILTER_CONTAINS) {
		*ret_value = g_strdup(text);
		return true;
	}
	switch (field->type) {
	case VALUE_TEXT:
		if (field->choices != NULL)
			return normalise_choice(field, text, ret_value, error);
		break;
	case VALUE_JSON: break;
	case VALUE_INTEGER:
		if (!g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &number, NULL))
			return refuse(field, text, "whole number", error);
		break;
	case VALUE_NUMERIC:
		if (!is_decimal(text))
			return refuse(field, text, "number", error);
		break;
	case VALUE_BOOLEAN: return normalise_boolean(field, text, ret_value, error);
	case VALUE_TIME: return normalise_time(field, text, now, ret_value, error);
	case VALUE_UUID: return normalise_uuid(field, text, ret_value, error);
	case VALUE_BYTES:
		if (!is_bytes(text))
			return refuse(field, text, "byte string like \\x00ff", error);
		break;
	}
	*ret_value = g_strdup(text);
	return true;
}

char **
filter_values_split(const char *text)
{
	g_autoptr(GPtrArray) values = g_ptr_array_new();
	GString *value = g_string_new(NULL);

	for (; *text != '\0'; text++) {
		if (*text == '\\' && (text[1] == ',' || text[1] == '\\')) {
			g_string_append_c(value, *++text);
		} else if (*text == ',') {
			g_ptr_array_add(values, g_string_free(value, FALSE));
			value = g_string_new(NULL);
		} else {
			g_string_append_c(value, *text);
		}
	}
	g_ptr_array_add(values, g_string_free(value, FALSE));
	g_ptr_array_add(values, NULL);
	return (char **)g_ptr_array_steal(values, NULL);
}

bool
filter_value_is_day(const char *text, Timestamp *ret_begin, Timestamp *ret_next)
{
	if (strlen(text) != strlen("2026-01-31") || !timestamp_parse(text, 0, ret_begin))
		return false;
	*ret_next = *ret_begin + DURATION_DAY;
	/* `-100000ms` is as long as a day is, but no whole one. */
	return text[4] == '-' && text[7] == '-';
}
