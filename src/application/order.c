#include "application/filter.h"

#include "application/registry.h"
#include "base/error.h"
#include "names.h"

#include <string.h>

/* "created_at, id": what --order may name. Newly allocated. */
static char *
ordered_names(const ResourceDef *resource, GArray *ret_names)
{
	GString *text = g_string_new(NULL);

	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		if (!(field->flags & FIELD_ORDERED))
			continue;
		g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", field->name);
		names_add(ret_names, field->name);
	}
	return g_string_free(text, FALSE);
}

static bool
refuse_field(const ResourceDef *resource, const char *name, GError **error)
{
	g_autoptr(GArray) names = names_new();
	g_autofree char *ordered = ordered_names(resource, names);
	const char *near = nearest_name(name, names_list(names));

	if (resource_field(resource, name) != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s can't be ordered by '%s': no index serves it; one does for %s", resource->name, name,
		    ordered);
	else if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s have no field '%s' to order by; did you mean '%s'? There are %s", resource->name,
		    name, near, ordered);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s have no field '%s' to order by; there are %s", resource->name, name, ordered);
	return false;
}

static bool
parse_direction(const char *text, bool *ret_descending, GError **error)
{
	if (text == NULL || strcmp(text, "asc") == 0) {
		*ret_descending = false;
		return true;
	}
	if (strcmp(text, "desc") == 0) {
		*ret_descending = true;
		return true;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' is no direction: it is asc or desc", text);
	return false;
}

static bool
add_term(GArray *order, const ResourceDef *resource, const char *text, GError **error)
{
	const char *colon = strrchr(text, ':');
	g_autofree char *name = colon != NULL ? g_strndup(text, (gsize)(colon - text)) : g_strdup(text);
	OrderTerm term = { .field = resource_field(resource, name) };

	if (term.field == NULL || !(term.field->flags & FIELD_ORDERED))
		return refuse_field(resource, name, error);
	if (!parse_direction(colon != NULL ? colon + 1 : NULL, &term.descending, error))
		return false;
	for (guint i = 0; i < order->len; i++) {
		const OrderTerm *other = &g_array_index(order, OrderTerm, i);

		if (other->field == term.field) {
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' stands twice in the order", name);
			return false;
		}
		if (other->descending != term.descending) {
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
			    "'%s' and '%s' can't be ordered in different directions: no index serves that",
			    other->field->name, name);
			return false;
		}
	}
	g_array_append_val(order, term);
	return true;
}

bool
order_parse(const ResourceDef *resource, const char *text, GArray **ret_order, GError **error)
{
	g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(OrderTerm));
	g_auto(GStrv) parts = g_strsplit(text, ",", -1);

	for (size_t i = 0; parts[i] != NULL; i++)
		if (!add_term(order, resource, g_strstrip(parts[i]), error))
			return false;
	if (order->len == 0) {
		g_set_error_literal(
		    error, SB_ERROR, SB_ERROR_USAGE, "the order is empty: it is field[:desc],…");
		return false;
	}
	*ret_order = g_steal_pointer(&order);
	return true;
}
