#include "screen_values.h"

#include <string.h>

#define WIDTH_MIN 4
#define WIDTH_MAX 40
#define WIDTH_LIMIT 400

char **
screen_value_parts(const char *value)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new();
	const char *start = value;
	char quote = '\0';

	for (const char *c = value;; c++) {
		if (quote != '\0' && *c == quote) {
			quote = '\0';
		} else if (quote == '\0' && (*c == '\'' || *c == '"')) {
			quote = *c;
		} else if (*c == '\0' || (*c == ';' && quote == '\0')) {
			g_ptr_array_add(parts, g_strstrip(g_strndup(start, (gsize)(c - start))));
			start = c + 1;
		}
		if (*c == '\0')
			break;
	}
	g_ptr_array_add(parts, NULL);
	return (char **)g_ptr_array_steal(parts, NULL);
}

bool
screen_number_parse(
    const KeyFile *file, const KeyFileEntry *entry, int minimum, int maximum, int *ret_number, GError **error)
{
	guint64 number = 0;

	if (!g_ascii_string_to_unsigned(entry->value, 10, (guint64)minimum, (guint64)maximum, &number, NULL))
		return keyfile_fail(file, entry->line, error, "%s '%s' is no number from %d to %d",
		    entry->key, entry->value, minimum, maximum);
	*ret_number = (int)number;
	return true;
}

/* What follows the word, or NULL when the part does not begin with it. */
static const char *
after_word(const char *part, const char *word)
{
	size_t length = strlen(word);

	if (strncmp(part, word, length) != 0 || (part[length] != ' ' && part[length] != '\0'))
		return NULL;
	return part + length + strspn(part + length, " ");
}

static bool
parse_width(
    const KeyFile *file, const KeyFileEntry *entry, const char *text, ScreenColumn *column, GError **error)
{
	char *end = NULL;
	guint64 from = g_ascii_strtoull(text, &end, 10), to = from;

	if (end > text && *end == '-')
		to = g_ascii_strtoull(end + 1, &end, 10);
	if (end == text || *end != '\0' || from < 1 || to < from || to > WIDTH_LIMIT)
		return keyfile_fail(file, entry->line, error,
		    "width '%s' is neither a number of cells nor a range like 20-60", text);
	column->width_min = (int)from;
	column->width_max = (int)to;
	return true;
}

static bool
parse_rank(
    const KeyFile *file, const KeyFileEntry *entry, const char *text, ScreenColumn *column, GError **error)
{
	guint64 rank = 0;

	if (!g_ascii_string_to_unsigned(text, 10, 1, 9, &rank, NULL))
		return keyfile_fail(
		    file, entry->line, error, "rank '%s' is no number from 1 to 9; 1 is dropped last", text);
	column->rank = (int)rank;
	return true;
}

static void
colour_clear(gpointer data)
{
	ColumnColour *self = data;

	g_free(self->value);
	g_free(self->colour);
}

static bool
parse_colours(
    const KeyFile *file, const KeyFileEntry *entry, const char *text, ScreenColumn *column, GError **error)
{
	g_auto(GStrv) pairs = g_strsplit(text, ",", -1);

	for (char **pair = pairs; *pair != NULL; pair++) {
		char *colon = strrchr(*pair, ':');
		ColumnColour colour;

		if (colon == NULL)
			return keyfile_fail(file, entry->line, error,
			    "colour '%s' is not written VALUE:COLOUR", g_strstrip(*pair));
		*colon = '\0';
		colour.value = g_strdup(g_strstrip(*pair));
		colour.colour = g_strdup(g_strstrip(colon + 1));
		g_array_append_val(column->colours, colour);
	}
	return true;
}

static bool
parse_column_part(
    const KeyFile *file, const KeyFileEntry *entry, const char *part, ScreenColumn *column, GError **error)
{
	const char *rest;

	if ((rest = after_word(part, "rank")) != NULL)
		return parse_rank(file, entry, rest, column, error);
	if ((rest = after_word(part, "width")) != NULL)
		return parse_width(file, entry, rest, column, error);
	if ((rest = after_word(part, "colour")) != NULL)
		return parse_colours(file, entry, rest, column, error);
	if ((rest = after_word(part, "title")) != NULL && *rest != '\0') {
		g_free(column->title);
		column->title = g_strdup(rest);
		return true;
	}
	if (strcmp(part, "age") == 0)
		column->format = COLUMN_AGE;
	else if (strcmp(part, "number") == 0)
		column->format = COLUMN_NUMBER;
	else if (*part != '\0')
		return keyfile_fail(file, entry->line, error,
		    "'%s' says nothing about a column: there are rank N, width A-B, colour VALUE:COLOUR, title "
		    "TEXT, age and number",
		    part);
	return true;
}

bool
screen_column_parse(const KeyFile *file, const KeyFileEntry *entry, ScreenColumn *ret_column, GError **error)
{
	g_auto(GStrv) parts = screen_value_parts(entry->value);
	ScreenColumn column = { .name = entry->key,
		.rank = 1,
		.width_min = WIDTH_MIN,
		.width_max = WIDTH_MAX,
		.line = entry->line };

	column.colours = g_array_new(FALSE, FALSE, sizeof(ColumnColour));
	g_array_set_clear_func(column.colours, colour_clear);
	for (char **part = parts; *part != NULL; part++) {
		if (!parse_column_part(file, entry, *part, &column, error)) {
			g_array_unref(column.colours);
			g_free(column.title);
			return false;
		}
	}
	*ret_column = column;
	return true;
}

static bool
parse_when(const KeyFile *file, const KeyFileEntry *entry, const char *text, ScreenWhen *when, GError **error)
{
	const char *equals = strchr(text, '=');

	if (equals == NULL || equals == text || equals[1] == '\0')
		return keyfile_fail(file, entry->line, error,
		    "'%s' is no condition: write field=value, field!=value or field=a,b", text);
	when->differs = equals[-1] == '!';
	when->field = g_strndup(text, (gsize)(equals - text) - (when->differs ? 1 : 0));
	g_strstrip(when->field);
	when->values = g_strsplit(equals + 1, ",", -1);
	for (char **value = when->values; *value != NULL; value++)
		g_strstrip(*value);
	return true;
}

static ScreenKeyKind
kind_of(const char *line)
{
	if (*line == ':')
		return SCREEN_KEY_PREFILL;
	return strcmp(line, "detail") == 0 ? SCREEN_KEY_DETAIL : SCREEN_KEY_LINE;
}

bool
screen_key_parse(const KeyFile *file, const KeyFileEntry *entry, ScreenKey *ret_key, GError **error)
{
	g_auto(GStrv) parts = screen_value_parts(entry->value);
	g_autoptr(GError) unknown = NULL;
	ScreenKey key = { .kind = kind_of(parts[0]), .line = entry->line };
	guint count = g_strv_length(parts);

	if (!keypress_parse(entry->key, &key.press, &unknown))
		return keyfile_fail(file, entry->line, error, "%s", unknown->message);
	if (*parts[0] == '\0' || count > 3)
		return keyfile_fail(file, entry->line, error,
		    "a key is written KEY=command line ; label ; condition, the last two if wished");
	if (count > 2 && !parse_when(file, entry, parts[2], &key.when, error))
		return false;
	if (key.kind != SCREEN_KEY_DETAIL)
		key.template = g_strdup(parts[0] + (key.kind == SCREEN_KEY_PREFILL ? 1 : 0));
	if (count > 1 && *parts[1] != '\0')
		key.label = g_strdup(parts[1]);
	*ret_key = key;
	return true;
}
