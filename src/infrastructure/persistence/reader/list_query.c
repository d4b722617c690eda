#include "persistence/reader/list_query.h"

#include "base/error.h"
#include "persistence/reader/filter_sql.h"
#include "persistence/reader/identifier.h"

static const OrderTerm *
order_term(const ListQuery *self, guint index)
{
	return &g_array_index(self->order, OrderTerm, index);
}

static const char *
order_expression(const ListQuery *self, guint index)
{
	return list_expression(self->configuration, order_term(self, index)->field->name);
}

/* Ascending in SQL: the wish, turned round when reading backward. */
static bool
is_ascending(const ListQuery *self)
{
	return self->order->len == 0 || order_term(self, 0)->descending == self->backward;
}

static bool
resolve_fields(ListQuery *self, GError **error)
{
	const ResourceDef *resource = self->request->resource;
	const char *const *wanted = self->request->columns;

	for (const FieldDef *field = resource->fields; wanted == NULL && field->name != NULL; field++) {
		if (field->flags & FIELD_LISTED)
			g_array_append_val(self->fields, field);
	}
	for (; wanted != NULL && *wanted != NULL; wanted++) {
		const FieldDef *field = resource_field(resource, *wanted);

		if (field == NULL) {
			g_autofree char *known = resource_field_names(resource);

			g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s have no column '%s': there are %s",
			    resource->name, *wanted, known);
			return false;
		}
		g_array_append_val(self->fields, field);
	}
	return true;
}

static bool
is_ordered_by(const ListQuery *self, const FieldDef *field)
{
	for (guint i = 0; i < self->order->len; i++) {
		if (order_term(self, i)->field == field)
			return true;
	}
	return false;
}

static void
append_key_field(ListQuery *self, const FieldDef *field)
{
	OrderTerm term = { field, self->order->len > 0 && order_term(self, 0)->descending };

	self->total_order = true;
	if (!is_ordered_by(self, field))
		g_array_append_val(self->order, term);
}

/*
 * The key makes the order total; it runs in the direction of the rest, and its columns in the order of its
 * index, which serves no other.
 */
static void
append_key(ListQuery *self)
{
	const ResourceDef *resource = self->request->resource;
	const char *const *key = self->configuration->key;

	for (; key != NULL && *key != NULL; key++)
		append_key_field(self, resource_field(resource, *key));
	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		if (field->flags & FIELD_KEY)
			append_key_field(self, field);
	}
}

static bool
resolve_order(ListQuery *self, GError **error)
{
	const ListRequest *request = self->request;

	if (request->order != NULL)
		g_array_append_vals(self->order, request->order->data, request->order->len);
	else if (request->resource->default_order != NULL) {
		g_autoptr(GArray) fallback = NULL;

		if (!order_parse(request->resource, request->resource->default_order, &fallback, error))
			return false;
		g_array_append_vals(self->order, fallback->data, fallback->len);
	}
	for (guint i = 1; i < self->order->len; i++) {
		if (order_term(self, i)->field->flags & FIELD_NULLABLE) {
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
			    "'%s' may be empty and can only be the first column of an order",
			    order_term(self, i)->field->name);
			return false;
		}
	}
	append_key(self);
	self->nullable_order =
	    self->order->len > 0 && (order_term(self, 0)->field->flags & FIELD_NULLABLE) != 0;
	return true;
}

static char *
scope_of(const ListQuery *self)
{
	GString *scope = g_string_new(self->request->resource->name);

	for (guint i = 0; i < self->order->len; i++)
		g_string_append_printf(scope, " %s%s", order_term(self, i)->field->name,
		    order_term(self, i)->descending ? ":desc" : "");
	return g_string_free(scope, FALSE);
}

static bool
resolve_cursor(ListQuery *self, GError **error)
{
	const ListRequest *request = self->request;
	const char *text = request->after != NULL ? request->after : request->before;

	self->backward = request->before != NULL || request->from_end;
	self->scope = scope_of(self);
	if (!self->total_order && (text != NULL || self->backward)) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s has no key to page by: --limit shows its first rows, --all streams every one",
		    request->resource->name);
		return false;
	}
	return text == NULL || cursor_decode(text, self->scope, self->order->len, &self->from, error);
}

bool
list_query_new(const ListRequest *request, const ListConfiguration *configuration, bool whole_values,
    ListQuery **ret_query, GError **error)
{
	g_autoptr(ListQuery) self = g_new0(ListQuery, 1);

	self->request = request;
	self->configuration = configuration;
	self->whole_values = whole_values;
	self->fields = g_array_new(FALSE, FALSE, sizeof(const FieldDef *));
	self->order = g_array_new(FALSE, FALSE, sizeof(OrderTerm));
	if (!resolve_fields(self, error) || !resolve_order(self, error) || !resolve_cursor(self, error))
		return false;
	*ret_query = g_steal_pointer(&self);
	return true;
}

void
list_query_free(ListQuery *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->fields);
	g_array_unref(self->order);
	cursor_free(self->from);
	g_free(self->scope);
	g_free(self);
}

/* Only values that can be long are cut: the others stay as the server writes them. */
static bool
can_be_long(ValueType type)
{
	switch (type) {
	case VALUE_TEXT:
	case VALUE_JSON:
	case VALUE_BYTES: return true;
	case VALUE_INTEGER:
	case VALUE_NUMERIC:
	case VALUE_BOOLEAN:
	case VALUE_TIME:
	case VALUE_UUID: return false;
	}
	return false;
}

static void
append_select_list(const ListQuery *self, GString *sql)
{
	for (guint i = 0; i < self->fields->len; i++) {
		const FieldDef *field = g_array_index(self->fields, const FieldDef *, i);
		const char *expression = list_expression(self->configuration, field->name);
		g_autofree char *alias = quote_identifier(field->name);

		g_string_append(sql, i > 0 ? ", " : "");
		if (!self->whole_values && can_be_long(field->type))
			g_string_append_printf(
			    sql, "left((%s)::text, %d)", expression, LIST_VALUE_LENGTH + 1);
		else
			g_string_append(sql, expression);
		g_string_append_printf(sql, " AS %s", alias);
	}
	/* Who streams everything goes on nowhere. */
	for (guint i = 0; !self->request->all && i < self->order->len; i++)
		g_string_append_printf(sql, "%s%s AS \"" CURSOR_COLUMN_PREFIX "%u\"",
		    self->fields->len + i > 0 ? ", " : "", order_expression(self, i), i);
}

/* `(a, b, key) > ($1, $2, $3)`, from the column after a null first one where the segment is that of nulls. */
static void
append_keyset(const ListQuery *self, ListSegment segment, GString *sql, GPtrArray *params)
{
	guint first = segment == SEGMENT_NULLS ? 1 : 0;
	g_autoptr(GString) left = g_string_new(NULL);
	g_autoptr(GString) right = g_string_new(NULL);

	for (guint i = first; i < self->order->len; i++) {
		g_ptr_array_add(params, g_strdup(self->from->values->pdata[i]));
		g_string_append_printf(left, "%s%s", left->len > 0 ? ", " : "", order_expression(self, i));
		g_string_append_printf(right, "%s$%u", right->len > 0 ? ", " : "", params->len);
	}
	if (left->len > 0)
		g_string_append_printf(
		    sql, " AND (%s) %s (%s)", left->str, is_ascending(self) ? ">" : "<", right->str);
}

static void
append_order(const ListQuery *self, ListSegment segment, GString *sql)
{
	const char *direction = is_ascending(self) ? "" : " DESC";

	for (guint i = segment == SEGMENT_NULLS ? 1 : 0, first = i; i < self->order->len; i++)
		g_string_append_printf(
		    sql, "%s%s%s", i == first ? " ORDER BY " : ", ", order_expression(self, i), direction);
}

char *
list_query_sql(
    const ListQuery *self, ListSegment segment, bool continues, int64_t limit, GPtrArray *ret_params)
{
	GString *sql = g_string_new("SELECT ");

	append_select_list(self, sql);
	g_string_append_printf(sql, " FROM %s WHERE true", self->configuration->from);
	if (self->nullable_order)
		g_string_append_printf(sql, " AND %s IS %sNULL", order_expression(self, 0),
		    segment == SEGMENT_VALUES ? "NOT " : "");
	filter_append_sql(
	    self->request->filter, self->request->resource, self->configuration, sql, ret_params);
	if (continues)
		append_keyset(self, segment, sql, ret_params);
	append_order(self, segment, sql);
	/* A literal: under a generic plan `LIMIT $n` is planned for a tenth of the table. */
	if (limit > 0)
		g_string_append_printf(sql, " LIMIT %" G_GINT64_FORMAT, limit);
	return g_string_free(sql, FALSE);
}

char *
list_query_count_sql(const ListQuery *self, GPtrArray *ret_params)
{
	GString *sql = g_string_new(NULL);

	g_string_append_printf(sql, "SELECT count(*) AS total FROM %s WHERE true", self->configuration->from);
	filter_append_sql(
	    self->request->filter, self->request->resource, self->configuration, sql, ret_params);
	return g_string_free(sql, FALSE);
}

ListSegment
list_query_first_segment(const ListQuery *self)
{
	if (!self->nullable_order)
		return SEGMENT_VALUES;
	if (self->from != NULL)
		return self->from->values->pdata[0] != NULL ? SEGMENT_VALUES : SEGMENT_NULLS;
	return self->backward ? SEGMENT_NULLS : SEGMENT_VALUES;
}

static bool
is_indexed(const ListConfiguration *configuration, const char *name)
{
	for (const ListField *field = configuration->fields; field->name != NULL; field++) {
		if (g_str_equal(field->name, name))
			return field->indexed;
	}
	return false;
}

bool
list_query_scans(const ListQuery *self)
{
	const Filter *filter = self->request->filter;

	if (filter == NULL || filter->terms->len == 0)
		return false;
	for (guint i = 0; i < filter->terms->len; i++) {
		const FilterTerm *term = filter->terms->pdata[i];

		if (term->op == FILTER_SEARCH ||
		    (term->op != FILTER_NOT_EQUAL && term->path == NULL &&
			is_indexed(self->configuration, term->field->name)))
			return false;
	}
	return true;
}
