#include "application/completion.h"

#include "completion_query.h"
#include "filter_value.h"

#include <string.h>

/* `a,b:de` is completed in its last part: what stands before it stays. */
static char *
head_of_list(const char *prefix)
{
	const char *comma = strrchr(prefix, ',');

	return comma != NULL ? g_strndup(prefix, (gsize)(comma + 1 - prefix)) : g_strdup("");
}

void
complete_columns(Completion *completion, const char *prefix)
{
	g_autofree char *head = head_of_list(prefix);
	const ResourceDef *resource = completion_resource(completion);

	for (const FieldDef *field = resource != NULL ? resource->fields : NULL;
	     field != NULL && field->name != NULL; field++) {
		g_autofree char *text = g_strconcat(head, field->name, NULL);

		completion_add(completion, text, field->help);
	}
}

void
complete_order(Completion *completion, const char *prefix)
{
	g_autofree char *head = head_of_list(prefix);
	const ResourceDef *resource = completion_resource(completion);

	for (const FieldDef *field = resource != NULL ? resource->fields : NULL;
	     field != NULL && field->name != NULL; field++) {
		if (!(field->flags & FIELD_ORDERED))
			continue;
		g_autofree char *up = g_strconcat(head, field->name, NULL);
		g_autofree char *down = g_strconcat(head, field->name, ":desc", NULL);

		completion_add(completion, up, field->help);
		completion_add(completion, down, NULL);
	}
}

static bool
is_filtered(const FieldDef *field)
{
	return !(field->flags & FIELD_NOT_FILTERED) && field->data_class != CLASS_RESTRICTED;
}

/* The operators of a field whose name is there already. */
static void
add_operators(Completion *completion, const FieldDef *field)
{
	static const FilterOperator operators[] = { FILTER_EQUAL, FILTER_NOT_EQUAL, FILTER_CONTAINS,
		FILTER_LESS, FILTER_LESS_EQUAL, FILTER_GREATER, FILTER_GREATER_EQUAL };

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		if (!filter_operator_check(field, operators[i], false, NULL))
			continue;
		g_autofree char *text = g_strconcat(field->name, filter_operator_text(operators[i]), NULL);

		completion_add_partial(completion, text, NULL);
	}
	if (field->type == VALUE_JSON) {
		g_autofree char *text = g_strconcat(field->name, ".", NULL);

		completion_add_partial(completion, text, "what lies below it");
	}
}

static void
add_values(Completion *completion, const ResourceDef *resource, const FieldDef *field, const char *head,
    const char *begun)
{
	static const char *const booleans[] = { "true", "false", NULL };
	static const char *const times[] = { "-15m", "-1h", "-1d", "-7d", NULL };
	const char *const *values = field->choices;
	g_autoptr(GPtrArray) stored = NULL;

	if (field->type == VALUE_BOOLEAN)
		values = booleans;
	else if (field->type == VALUE_TIME)
		values = times;
	else if (values == NULL) {
		stored = completion_values(completion, resource, field->name, begun);
		values = (const char *const *)stored->pdata;
	}
	for (size_t i = 0; values[i] != NULL; i++) {
		g_autofree char *text = g_strconcat(head, values[i], NULL);

		completion_add(completion, text, NULL);
	}
	if (field->flags & FIELD_NULLABLE) {
		g_autofree char *text = g_strconcat(head, "null", NULL);

		completion_add(completion, text, "not set");
	}
}

/* `state=Dead,P`: values behind the operator, the last one of several. */
static void
complete_field_value(
    Completion *completion, const ResourceDef *resource, const FieldDef *field, const char *prefix)
{
	const char *value = prefix + strlen(field->name);

	value += strspn(value, "!<>=~");
	const char *comma = strrchr(value, ',');

	if (comma != NULL)
		value = comma + 1;
	g_autofree char *head = g_strndup(prefix, (gsize)(value - prefix));

	add_values(completion, resource, field, head, value);
}

void
complete_filter(Completion *completion, const char *prefix)
{
	const ResourceDef *resource = completion_resource(completion);

	if (resource == NULL)
		return;
	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		size_t length = strlen(field->name);

		if (!is_filtered(field))
			continue;
		if (g_str_has_prefix(prefix, field->name) && strchr("=~<>", prefix[length]) != NULL &&
		    prefix[length] != '\0') {
			complete_field_value(completion, resource, field, prefix);
		} else if (g_str_has_prefix(prefix, field->name) && prefix[length] == '!') {
			if (prefix[length + 1] == '=')
				complete_field_value(completion, resource, field, prefix);
			else
				add_operators(completion, field);
		} else if (strcmp(prefix, field->name) == 0) {
			add_operators(completion, field);
		} else {
			g_autofree char *text = g_strconcat(field->name, "=", NULL);

			completion_add_partial(completion, text, field->help);
		}
	}
}

void
complete_file(Completion *completion, const char *prefix)
{
	const char *slash = strrchr(prefix, '/');
	g_autofree char *shown =
	    slash != NULL ? g_strndup(prefix, (gsize)(slash + 1 - prefix)) : g_strdup("");
	g_autoptr(GDir) folder = g_dir_open(*shown != '\0' ? shown : ".", 0, NULL);
	const char *name;

	while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
		g_autofree char *path = g_strconcat(shown, name, NULL);

		if (*name == '.' && (slash == NULL ? *prefix : slash[1]) != '.')
			continue;
		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			g_autofree char *below = g_strconcat(path, "/", NULL);

			completion_add_partial(completion, below, NULL);
		} else {
			completion_add(completion, path, NULL);
		}
	}
}
