#include "persistence/reader/filter_sql.h"

#include "persistence/reader/array_text.h"

static const char *const operator_sql[] = {
	[FILTER_EQUAL] = "=",
	[FILTER_NOT_EQUAL] = "IS DISTINCT FROM",
	[FILTER_LESS] = "<",
	[FILTER_LESS_EQUAL] = "<=",
	[FILTER_GREATER] = ">",
	[FILTER_GREATER_EQUAL] = ">=",
	[FILTER_CONTAINS] = "ILIKE",
	[FILTER_SEARCH] = "ILIKE",
};

static guint
add_param(GPtrArray *params, char *value)
{
	g_ptr_array_add(params, value);
	return params->len;
}

/* `%text%` with LIKE's own characters taken literally. */
static char *
contains_pattern(const char *text)
{
	GString *pattern = g_string_new("%");

	for (; *text != '\0'; text++) {
		if (*text == '%' || *text == '_' || *text == '\\')
			g_string_append_c(pattern, '\\');
		g_string_append_c(pattern, *text);
	}
	return g_string_free(g_string_append_c(pattern, '%'), FALSE);
}

static void
append_search(const ResourceDef *resource, const ListConfiguration *configuration, const char *text,
    GString *sql, GPtrArray *params)
{
	guint param = add_param(params, contains_pattern(text));
	const char *separator = "";

	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		if (!(field->flags & FIELD_SEARCHED))
			continue;
		g_string_append_printf(sql, "%s%s::text ILIKE $%u", separator,
		    list_expression(configuration, field->name), param);
		separator = " OR ";
	}
}

static bool
is_ordering(FilterOperator op)
{
	switch (op) {
	case FILTER_LESS:
	case FILTER_LESS_EQUAL:
	case FILTER_GREATER:
	case FILTER_GREATER_EQUAL: return true;
	case FILTER_EQUAL:
	case FILTER_NOT_EQUAL:
	case FILTER_CONTAINS:
	case FILTER_SEARCH: return false;
	}
	return false;
}

/* A step into json. Numbers are compared as json numbers, everything else as text. */
static char *
json_expression(const FilterTerm *term, const char *expression, GPtrArray *params, bool *ret_as_json)
{
	guint param = add_param(params, array_text((const char *const *)term->path));
	char *end = NULL;

	*ret_as_json = is_ordering(term->op) && term->values[0] != NULL &&
	    (g_ascii_strtod(term->values[0], &end), end != term->values[0] && *end == '\0');
	return g_strdup_printf("(%s %s $%u::text[])", expression, *ret_as_json ? "#>" : "#>>", param);
}

static void
append_values(const FilterTerm *term, const char *expression, bool as_json, GString *sql, GPtrArray *params)
{
	bool negated = term->op == FILTER_NOT_EQUAL;

	if (term->values[1] != NULL) {
		guint param = add_param(params, array_text((const char *const *)term->values));

		g_string_append_printf(
		    sql, negated ? "(%s = ANY($%u)) IS NOT TRUE" : "%s = ANY($%u)", expression, param);
	} else if (term->op == FILTER_CONTAINS) {
		g_string_append_printf(sql, "%s::text ILIKE $%u", expression,
		    add_param(params, contains_pattern(term->values[0])));
	} else {
		g_string_append_printf(sql, "%s %s $%u%s", expression, operator_sql[term->op],
		    add_param(params, g_strdup(term->values[0])), as_json ? "::jsonb" : "");
	}
}

static void
append_term(const FilterTerm *term, const char *expression, GString *sql, GPtrArray *params)
{
	g_autofree char *inner = NULL;
	bool as_json = false;

	if (term->path != NULL) {
		inner = json_expression(term, expression, params, &as_json);
		expression = inner;
	}
	if (term->is_null)
		g_string_append_printf(
		    sql, "%s IS %sNULL", expression, term->op == FILTER_NOT_EQUAL ? "NOT " : "");
	else
		append_values(term, expression, as_json, sql, params);
}

void
filter_append_sql(const Filter *filter, const ResourceDef *resource, const ListConfiguration *configuration,
    GString *sql, GPtrArray *params)
{
	for (guint i = 0; filter != NULL && i < filter->terms->len; i++) {
		const FilterTerm *term = filter->terms->pdata[i];

		g_string_append(sql, " AND (");
		if (term->op == FILTER_SEARCH)
			append_search(resource, configuration, term->values[0], sql, params);
		else
			append_term(term, list_expression(configuration, term->field->name), sql, params);
		g_string_append_c(sql, ')');
	}
}
