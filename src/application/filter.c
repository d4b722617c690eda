#include "application/filter.h"

#include "application/arguments.h"
#include "application/registry.h"
#include "application/words.h"
#include "base/error.h"
#include "filter_value.h"
#include "names.h"

#include <string.h>

#define OPERATOR_START "!<>=~"

/* Where the parts of `payload.order.id>=42` begin. */
typedef struct TermText {
	const FieldDef *field;
	const char *path; /* "order.id>=42", or NULL */
	FilterOperator op;
	const char *op_start;
	const char *value;
} TermText;

static void
filter_term_free(void *data)
{
	FilterTerm *self = data;

	g_strfreev(self->path);
	g_strfreev(self->values);
	g_free(self);
}

void
filter_free(Filter *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->terms);
	g_free(self->text);
	g_free(self);
}

/* Its length, or 0 when no operator stands there. */
static size_t
operator_at(const char *text, FilterOperator *ret_op)
{
	/* Longer ones first: `<=` is not `<` with a value that begins with `=`. */
	static const FilterOperator operators[] = { FILTER_NOT_EQUAL, FILTER_LESS_EQUAL, FILTER_GREATER_EQUAL,
		FILTER_EQUAL, FILTER_LESS, FILTER_GREATER, FILTER_CONTAINS };

	for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
		const char *op = filter_operator_text(operators[i]);

		if (g_str_has_prefix(text, op)) {
			*ret_op = operators[i];
			return strlen(op);
		}
	}
	return 0;
}

/* Names of browsed tables hold any character, so the fields are tried, the longest name first. */
static bool
split_known(const ResourceDef *resource, const char *word, TermText *ret_term)
{
	size_t longest = 0;

	for (const FieldDef *field = resource->fields; field->name != NULL; field++) {
		size_t length = strlen(field->name);
		TermText term = { .field = field, .op_start = word + length };

		if (length <= longest || !g_str_has_prefix(word, field->name))
			continue;
		if (word[length] == '.') {
			term.path = word + length + 1;
			term.op_start = term.path + strcspn(term.path, OPERATOR_START);
		}
		size_t op_length = operator_at(term.op_start, &term.op);

		if (op_length == 0)
			continue;
		term.value = term.op_start + op_length;
		*ret_term = term;
		longest = length;
	}
	return longest > 0;
}

/* `author=7` is meant as a term, `a man = an island` is not. */
static char *
name_of_unknown(const char *word)
{
	size_t length = strcspn(word, OPERATOR_START);
	FilterOperator op;

	if (length == 0 || operator_at(word + length, &op) == 0 || g_ascii_isdigit(word[0]))
		return NULL;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(word[i]) && word[i] != '_' && word[i] != '.')
			return NULL;
	return g_strndup(word, length);
}

static bool
unknown_field(const ResourceDef *resource, const char *name, GError **error)
{
	g_autofree char *known = resource_field_names(resource);
	g_autoptr(GArray) names = names_new();

	for (const FieldDef *field = resource->fields; field->name != NULL; field++)
		names_add(names, field->name);
	const char *near = nearest_name(name, names_list(names));

	if (near != NULL)
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s have no field '%s'; did you mean '%s'? Known are %s", resource->name, name, near,
		    known);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s have no field '%s'; known are %s",
		    resource->name, name, known);
	return false;
}

static void
add_term(Filter *self, const TermText *text, FilterOperator op, char **values, bool is_null)
{
	FilterTerm *term = g_new0(FilterTerm, 1);

	term->field = text->field;
	term->op = op;
	if (text->path != NULL) {
		g_autofree char *path = g_strndup(text->path, (gsize)(text->op_start - text->path));

		term->path = g_strsplit(path, ".", -1);
	}
	term->values = values;
	term->is_null = is_null;
	g_ptr_array_add(self->terms, term);
}

static void
add_time_term(Filter *self, const TermText *text, FilterOperator op, Timestamp time)
{
	char **values = g_new0(char *, 2);

	values[0] = timestamp_format(time);
	add_term(self, text, op, values, false);
}

/* A day is compared as a whole: `=` is any time on it, `>` is after its end. */
static bool
add_day(Filter *self, const TermText *text, Timestamp begin, Timestamp next, GError **error)
{
	switch (text->op) {
	case FILTER_EQUAL:
		add_time_term(self, text, FILTER_GREATER_EQUAL, begin);
		add_time_term(self, text, FILTER_LESS, next);
		return true;
	case FILTER_LESS: add_time_term(self, text, FILTER_LESS, begin); return true;
	case FILTER_LESS_EQUAL: add_time_term(self, text, FILTER_LESS, next); return true;
	case FILTER_GREATER: add_time_term(self, text, FILTER_GREATER_EQUAL, next); return true;
	case FILTER_GREATER_EQUAL: add_time_term(self, text, FILTER_GREATER_EQUAL, begin); return true;
	case FILTER_NOT_EQUAL:
	case FILTER_CONTAINS:
	case FILTER_SEARCH: break;
	}
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
	    "'%s' can't be other than the whole day '%s'; write %s<%s or %s>%s", text->field->name,
	    text->value, text->field->name, text->value, text->field->name, text->value);
	return false;
}

static bool
is_equality(FilterOperator op)
{
	return op == FILTER_EQUAL || op == FILTER_NOT_EQUAL;
}

static bool
add_values(Filter *self, const TermText *text, Timestamp now, GError **error)
{
	bool has_path = text->path != NULL;
	g_auto(GStrv) raw = NULL;

	if (is_equality(text->op)) {
		raw = filter_values_split(text->value);
	} else {
		raw = g_new0(char *, 2);
		raw[0] = g_strdup(text->value);
	}
	g_auto(GStrv) values = g_new0(char *, g_strv_length(raw) + 1);

	for (size_t i = 0; raw[i] != NULL; i++) {
		if (raw[1] != NULL && strcmp(raw[i], "null") == 0) {
			g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
			    "'null' for '%s' stands alone: it can't be one of several values",
			    text->field->name);
			return false;
		}
		if (!filter_value_normalise(text->field, text->op, has_path, raw[i], now, &values[i], error))
			return false;
	}
	add_term(self, text, text->op, g_steal_pointer(&values), false);
	return true;
}

static bool
check_field(const TermText *text, GError **error)
{
	const FieldDef *field = text->field;

	if ((field->flags & FIELD_NOT_FILTERED) || field->data_class == CLASS_RESTRICTED) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s' can't be filtered by", field->name);
		return false;
	}
	if (text->path == NULL)
		return true;
	g_autofree char *path = g_strndup(text->path, (gsize)(text->op_start - text->path));

	if (field->type != VALUE_JSON) {
		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "'%s' is no json, so it has no '%s'", field->name, path);
		return false;
	}
	if (*path == '\0' || path[0] == '.' || strstr(path, "..") != NULL || g_str_has_suffix(path, ".")) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "'%s.%s' is no path: a name is missing",
		    field->name, path);
		return false;
	}
	return true;
}

static bool
add_field_term(Filter *self, const TermText *text, Timestamp now, GError **error)
{
	Timestamp begin, next;

	if (!check_field(text, error))
		return false;
	if (is_equality(text->op) && strcmp(text->value, "null") == 0) {
		add_term(self, text, text->op, g_new0(char *, 1), true);
		return true;
	}
	if (!filter_operator_check(text->field, text->op, text->path != NULL, error))
		return false;
	if (text->field->type == VALUE_TIME && filter_value_is_day(text->value, &begin, &next))
		return add_day(self, text, begin, next, error);
	return add_values(self, text, now, error);
}

static bool
add_search(Filter *self, const ResourceDef *resource, const char *word, GError **error)
{
	static const TermText nowhere = { 0 };
	bool searched = false;

	for (const FieldDef *field = resource->fields; field->name != NULL; field++)
		searched |= (field->flags & FIELD_SEARCHED) != 0;
	if (!searched) {
		g_autofree char *known = resource_field_names(resource);

		g_set_error(error, SB_ERROR, SB_ERROR_USAGE,
		    "%s have no columns that a bare word like '%s' searches; write field~text, known are %s",
		    resource->name, word, known);
		return false;
	}
	char **values = g_new0(char *, 2);

	values[0] = g_strdup(word);
	add_term(self, &nowhere, FILTER_SEARCH, values, false);
	return true;
}

static bool
add_word(Filter *self, const ResourceDef *resource, const char *word, Timestamp now, GError **error)
{
	TermText text;

	if (*word == '\0' || !g_utf8_validate(word, -1, NULL)) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "a filter's term is %s",
		    *word == '\0' ? "empty" : "no valid UTF-8");
		return false;
	}
	if (split_known(resource, word, &text))
		return add_field_term(self, &text, now, error);
	g_autofree char *unknown = name_of_unknown(word);

	return unknown != NULL ? unknown_field(resource, unknown, error)
			       : add_search(self, resource, word, error);
}

bool
filter_parse(
    const ResourceDef *resource, const char *const *words, Timestamp now, Filter **ret_filter, GError **error)
{
	g_autoptr(Filter) self = g_new0(Filter, 1);
	GString *text = g_string_new(NULL);

	self->terms = g_ptr_array_new_with_free_func(filter_term_free);
	for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
		g_autofree char *quoted = argument_quote(words[i]);

		g_string_append_printf(text, "%s%s", i > 0 ? " " : "", quoted);
	}
	self->text = g_string_free(text, FALSE);
	for (size_t i = 0; words != NULL && words[i] != NULL; i++)
		if (!add_word(self, resource, words[i], now, error))
			return false;
	*ret_filter = g_steal_pointer(&self);
	return true;
}

char **
filter_words(const ResourceDef *resource, const char *const *words)
{
	g_autoptr(GArray) parts = NULL;
	TermText text;
	bool several = words[0] != NULL && words[1] == NULL &&
	    words_split(words[0], &parts) == WORDS_COMPLETE && parts->len > 1;

	for (guint i = 0; several && i < parts->len; i++)
		several = split_known(resource, g_array_index(parts, Word, i).text, &text);
	if (!several)
		return names_copy(words);
	g_autofree const char **texts = words_texts(parts);

	return names_copy(texts);
}
