#include "behaviours/fields.h"

#include "application/completion.h"
#include "application/filter.h"
#include "arguments_bind.h"
#include "base/error.h"
#include "names.h"

#include <string.h>

static bool
check_column(const ResourceDef *resource, const char *name, GError **error)
{
	const FieldDef *field = resource_field(resource, name);
	g_autofree char *known = NULL;

	if (field != NULL && field->data_class != CLASS_RESTRICTED)
		return true;
	g_autoptr(GArray) names = names_new();

	for (field = resource->fields; field->name != NULL; field++)
		names_add(names, field->name);
	known = resource_field_names(resource);
	const char *near = nearest_name(name, names_list(names));

	if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s have no column '%s'; did you mean '%s'? Known are %s", resource->name, name, near,
		    known);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s have no column '%s'; known are %s",
		    resource->name, name, known);
	return false;
}

bool
columns_parse(const ResourceDef *resource, const char *text, char ***ret_columns, GError **error)
{
	g_auto(GStrv) columns = g_strsplit(text, ",", -1);

	if (columns[0] == NULL) {
		g_set_error_literal(error, SB_ERROR, SB_ERROR_USAGE, "no columns are named: they are a,b,c");
		return false;
	}
	for (size_t i = 0; columns[i] != NULL; i++)
		if (!check_column(resource, g_strstrip(columns[i]), error))
			return false;
	*ret_columns = g_steal_pointer(&columns);
	return true;
}

static bool
check_filter(const ResourceDef *resource, const char *const *words, GError **error)
{
	g_auto(GStrv) terms = filter_words(resource, words);
	g_autoptr(Filter) filter = NULL;

	return filter_parse(resource, (const char *const *)terms, timestamp_now(), &filter, error);
}

static bool
check_order(const ResourceDef *resource, const char *const *words, GError **error)
{
	g_autoptr(GArray) order = NULL;

	return order_parse(resource, words[0], &order, error);
}

static bool
check_columns(const ResourceDef *resource, const char *const *words, GError **error)
{
	g_auto(GStrv) columns = NULL;

	return columns_parse(resource, words[0], &columns, error);
}

static bool
has_alternate_key(const ResourceDef *resource)
{
	for (const FieldDef *field = resource->fields; field->name != NULL; field++)
		if (field->flags & FIELD_ALTERNATE_KEY)
			return true;
	return false;
}

/* A key that is an id and nothing else can be seen to be malformed. */
static bool
check_keys(const ResourceDef *resource, const char *const *words, GError **error)
{
	const FieldDef *key = resource_key(resource);
	Uuid id;

	if (key == NULL || key->type != VALUE_UUID || has_alternate_key(resource))
		return true;
	for (size_t i = 0; words[i] != NULL; i++) {
		if (uuid_parse(words[i], &id))
			continue;
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "'%s' is no id of a %s: it takes 36 characters like 01890a5d-ac96-774b-bcce-b302099a8057",
		    words[i], resource->singular);
		return false;
	}
	return true;
}

bool
fields_check(const CommandRun *run, GError **error)
{
	static const struct {
		Completer complete;
		bool (*check)(const ResourceDef *resource, const char *const *words, GError **error);
	} checks[] = {
		{ complete_filter, check_filter },
		{ complete_order, check_order },
		{ complete_columns, check_columns },
		{ complete_key, check_keys },
	};
	const void *values = run->arguments->values;

	if (run->def->resource == NULL)
		return true;
	for (const ArgDef *arg = run->def->args; arg != NULL && arg->name != NULL; arg++) {
		if (arg->type != ARG_TEXT || !argument_is_given(arg, values))
			continue;
		g_auto(GStrv) words = argument_texts(arg, values);

		for (size_t i = 0; i < G_N_ELEMENTS(checks); i++)
			if (arg->complete == checks[i].complete &&
			    !checks[i].check(run->def->resource, (const char *const *)words, error))
				return false;
	}
	return true;
}
