#include "arguments_bind.h"

#include "application/registry.h"
#include "base/error.h"
#include "base/uuid.h"
#include "names.h"

#include <string.h>

#define PLACE(type, def, values) ((type *)(void *)((char *)(values) + (def)->offset))
#define CONST_PLACE(type, def, values) ((type const *)(const void *)((const char *)(values) + (def)->offset))

char *
argument_label(const ArgDef *def)
{
	if (def->flags & ARG_POSITIONAL)
		return g_strdup_printf("'%s'", def->value != NULL ? def->value : def->name);
	return g_strdup_printf("'--%s'", def->name);
}

bool
argument_takes_no_value(const ArgDef *def)
{
	return def->type == ARG_FLAG || ((def->flags & ARG_STDIN) && def->value == NULL);
}

void
arguments_set_fallbacks(const ArgDef *table, void *values)
{
	for (const ArgDef *def = table; def != NULL && def->name != NULL; def++)
		if (def->type == ARG_INTEGER)
			*PLACE(int64_t, def, values) = def->fallback;
}

static bool
refuse(const ArgDef *def, const char *text, const char *rule, GError **error)
{
	g_autofree char *label = argument_label(def);
	bool hidden = (def->flags & ARG_SECRET) != 0;

	g_set_error(
	    error, SB_ERROR, SB_ERROR_VALIDATION, "%s for %s %s", hidden ? "the value" : text, label, rule);
	return false;
}

static bool
bind_text(const ArgDef *def, void *values, const char *text, GError **error)
{
	if (!g_utf8_validate(text, -1, NULL))
		return refuse(def, "the value", "is not valid UTF-8", error);
	if (!(def->flags & ARG_REPEATS)) {
		*PLACE(char *, def, values) = g_strdup(text);
		return true;
	}
	char ***list = PLACE(char **, def, values);
	guint count = *list == NULL ? 0 : g_strv_length(*list);

	*list = g_renew(char *, *list, count + 2);
	(*list)[count] = g_strdup(text);
	(*list)[count + 1] = NULL;
	return true;
}

static bool
bind_uuid(const ArgDef *def, void *values, const char *text, GError **error)
{
	Uuid id;

	if (!uuid_parse(text, &id) || uuid_is_nil(&id)) {
		g_autofree char *quoted = g_strdup_printf("'%s'", text);

		return refuse(def, quoted,
		    "is no id: it takes 36 characters like 01890a5d-ac96-774b-bcce-b302099a8057", error);
	}
	if (!(def->flags & ARG_REPEATS)) {
		*PLACE(Uuid, def, values) = id;
		return true;
	}
	GArray **list = PLACE(GArray *, def, values);

	if (*list == NULL)
		*list = g_array_new(FALSE, FALSE, sizeof(Uuid));
	g_array_append_val(*list, id);
	return true;
}

static bool
bind_integer(const ArgDef *def, void *values, const char *text, GError **error)
{
	bool bounded = def->maximum > def->minimum;
	gint64 low = bounded ? def->minimum : G_MININT64;
	gint64 high = bounded ? def->maximum : G_MAXINT64;

	if (g_ascii_string_to_signed(text, 10, low, high, PLACE(gint64, def, values), NULL))
		return true;
	g_autofree char *quoted = g_strdup_printf("'%s'", text);

	if (!bounded)
		return refuse(def, quoted, "is no whole number", error);
	g_autofree char *rule =
	    g_strdup_printf("is no whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, low, high);
	return refuse(def, quoted, rule, error);
}

static bool
bind_choice(const ArgDef *def, void *values, const char *text, GError **error)
{
	for (size_t i = 0; def->choices[i] != NULL; i++) {
		if (g_ascii_strcasecmp(def->choices[i], text) == 0) {
			*PLACE(const char *, def, values) = def->choices[i];
			return true;
		}
	}
	const char *near = nearest_name(text, def->choices);
	g_autofree char *quoted = g_strdup_printf("'%s'", text);
	g_autofree char *all = names_join(def->choices);
	g_autofree char *rule = near != NULL ? g_strdup_printf("is none of %s; did you mean '%s'?", all, near)
					     : g_strdup_printf("is none of %s", all);
	return refuse(def, quoted, rule, error);
}

static bool
bind_duration(const ArgDef *def, void *values, const char *text, GError **error)
{
	Duration *place = PLACE(Duration, def, values);

	if (duration_parse(text, place) && *place > 0)
		return true;
	*place = 0;
	g_autofree char *quoted = g_strdup_printf("'%s'", text);
	return refuse(def, quoted, "is no time span like 200ms, 5s, 15m, 2h or 7d", error);
}

bool
argument_bind(const ArgDef *def, void *values, const char *text, GError **error)
{
	switch (def->type) {
	case ARG_TEXT: return bind_text(def, values, text, error);
	case ARG_UUID: return bind_uuid(def, values, text, error);
	case ARG_INTEGER: return bind_integer(def, values, text, error);
	case ARG_FLAG: *PLACE(bool, def, values) = true; return true;
	case ARG_CHOICE: return bind_choice(def, values, text, error);
	case ARG_DURATION: return bind_duration(def, values, text, error);
	}
	g_assert_not_reached();
}

guint
argument_count(const ArgDef *def, const void *values)
{
	bool repeats = (def->flags & ARG_REPEATS) != 0;

	switch (def->type) {
	case ARG_TEXT:
		if (repeats) {
			char **list = *CONST_PLACE(char **, def, values);

			return list == NULL ? 0 : g_strv_length(list);
		}
		return *CONST_PLACE(char *, def, values) != NULL;
	case ARG_UUID:
		if (repeats) {
			const GArray *list = *CONST_PLACE(GArray *, def, values);

			return list == NULL ? 0 : list->len;
		}
		return !uuid_is_nil(CONST_PLACE(Uuid, def, values));
	case ARG_INTEGER: return *CONST_PLACE(int64_t, def, values) != def->fallback;
	case ARG_FLAG: return *CONST_PLACE(bool, def, values);
	case ARG_CHOICE: return *CONST_PLACE(char *, def, values) != NULL;
	case ARG_DURATION: return *CONST_PLACE(Duration, def, values) != 0;
	}
	g_assert_not_reached();
}

bool
argument_is_given(const ArgDef *def, const void *values)
{
	return argument_count(def, values) > 0;
}

/* In the largest unit that loses nothing: duration_parse reads whole milliseconds and more. */
static char *
duration_text(Duration duration)
{
	static const struct {
		Duration length;
		const char *suffix;
	} units[] = { { DURATION_DAY, "d" }, { DURATION_HOUR, "h" }, { DURATION_MINUTE, "m" },
		{ DURATION_SECOND, "s" }, { DURATION_MILLISECOND, "ms" } };
	size_t i = 0;

	while (i + 1 < G_N_ELEMENTS(units) && duration % units[i].length != 0)
		i++;
	return g_strdup_printf("%" G_GINT64_FORMAT "%s", duration / units[i].length, units[i].suffix);
}

char *
argument_text(const ArgDef *def, const void *values, guint i)
{
	bool repeats = (def->flags & ARG_REPEATS) != 0;

	switch (def->type) {
	case ARG_TEXT:
		return g_strdup(
		    repeats ? (*CONST_PLACE(char **, def, values))[i] : *CONST_PLACE(char *, def, values));
	case ARG_UUID:
		return uuid_to_string(repeats ? &g_array_index(*CONST_PLACE(GArray *, def, values), Uuid, i)
					      : CONST_PLACE(Uuid, def, values));
	case ARG_INTEGER:
		return g_strdup_printf("%" G_GINT64_FORMAT, (gint64)*CONST_PLACE(int64_t, def, values));
	case ARG_FLAG: return g_strdup("");
	case ARG_CHOICE: return g_strdup(*CONST_PLACE(char *, def, values));
	case ARG_DURATION: return duration_text(*CONST_PLACE(Duration, def, values));
	}
	g_assert_not_reached();
}

char **
argument_texts(const ArgDef *def, const void *values)
{
	guint count = argument_count(def, values);
	char **texts = g_new0(char *, count + 1);

	for (guint i = 0; i < count; i++)
		texts[i] = argument_text(def, values, i);
	return texts;
}

void
secret_free(char *text)
{
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	g_free(text);
}

static void
clear_text(const ArgDef *def, void *values)
{
	GDestroyNotify release = (def->flags & ARG_SECRET) ? (GDestroyNotify)secret_free : g_free;

	if (!(def->flags & ARG_REPEATS)) {
		release(g_steal_pointer(PLACE(char *, def, values)));
		return;
	}
	char **list = g_steal_pointer(PLACE(char **, def, values));

	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		release(list[i]);
	g_free(list);
}

void
arguments_clear(const ArgDef *table, void *values)
{
	for (const ArgDef *def = table; def != NULL && def->name != NULL; def++) {
		if (def->type == ARG_TEXT)
			clear_text(def, values);
		else if (def->type == ARG_UUID && (def->flags & ARG_REPEATS))
			g_clear_pointer(PLACE(GArray *, def, values), g_array_unref);
	}
}
