#include "detail.h"

#include "columns.h"
#include "json_layout.h"
#include "sql_colours.h"

#include "base/text.h"

#include <string.h>

#define NAME_CELLS_MAX 24
#define GAP 2

/* What needs lines of its own stands below its name: all of a narrow window's width is left for it. */
#define INDENT 2

typedef struct Field {
	const char *name;
	const Cell *cell;
	ValueType type;
} Field;

static char *
clean_text(const Cell *cell)
{
	GString *clean = g_string_new(NULL);

	text_sanitise(clean, cell->text, (gssize)cell->size, TEXT_MULTI_LINE);
	return g_string_free(clean, FALSE);
}

static void
add_name(TextView *view, const char *name, int cells)
{
	g_autofree char *clean = text_sanitised(name, TEXT_SINGLE_LINE);
	g_autoptr(GString) padded = g_string_new(clean);

	for (int used = text_width(clean); used < cells + GAP; used++)
		g_string_append_c(padded, ' ');
	/* A name that takes all of the column still has its gap. */
	if (text_width(clean) >= cells + GAP)
		g_string_append(padded, "  ");
	text_view_line(view);
	text_view_add(view, STYLE_TITLE, padded->str);
	text_view_hang(view);
}

static void
begin_line(TextView *view)
{
	g_autofree char *blanks = g_strnfill(INDENT, ' ');

	text_view_line(view);
	text_view_add(view, STYLE_ROW, blanks);
	text_view_hang(view);
}

static void
add_lines(TextView *view, const char *text)
{
	const char *rest = text;

	do {
		size_t length = strcspn(rest, "\n");
		g_autofree char *line = g_strndup(rest, length);

		begin_line(view);
		text_view_add(view, STYLE_ROW, line);
		rest += length + (rest[length] == '\n');
	} while (*rest != '\0');
}

static void
add_json(TextView *view, const char *text)
{
	bool holds_something =
	    (*text == '{' || *text == '[') && strchr("]}", text[1 + strspn(text + 1, " \n")]) == NULL;

	if (holds_something)
		begin_line(view);
	json_lay_out(view, text, INDENT);
}

static void
add_time(TextView *view, const char *text, Timestamp now)
{
	Timestamp time;

	/* `infinity` is a time, too, but at no distance. */
	if (!timestamp_parse(text, now, &time)) {
		text_view_add(view, STYLE_ROW, text);
		return;
	}
	g_autofree char *formatted = timestamp_format(time);
	g_autofree char *age = age_text(time, now);

	text_view_add(view, STYLE_ROW, formatted);
	text_view_add(view, STYLE_ROW, "  ");
	text_view_add(view, STYLE_HINT_TEXT, age);
}

static void
add_value(TextView *view, const Field *field, const char *text, Timestamp now)
{
	if (field->type == VALUE_TIME)
		add_time(view, text, now);
	else if (field->type == VALUE_JSON)
		add_json(view, text);
	else if (strcmp(field->name, "sql") == 0)
		sql_add_coloured(view, text, INDENT);
	else if (strchr(text, '\n') != NULL)
		add_lines(view, text);
	else
		text_view_add(view, STYLE_ROW, text);
}

static void
add_field(TextView *view, const Field *field, int name_cells, Timestamp now)
{
	g_autofree char *text = clean_text(field->cell);

	add_name(view, field->name, name_cells);
	if (field->cell->null)
		text_view_add(view, STYLE_NULL, "–");
	else
		add_value(view, field, text, now);
	if (field->cell->cut)
		text_view_add(view, STYLE_WARNING, "… (cut)");
}

static int
widest_name(const RowColumns *columns)
{
	int cells = 0;

	for (size_t i = 0; i < columns->count; i++) {
		g_autofree char *clean = text_sanitised(columns->names[i], TEXT_SINGLE_LINE);

		cells = MAX(cells, text_width(clean));
	}
	return MIN(cells, NAME_CELLS_MAX);
}

void
detail_fill(TextView *view, const RowColumns *columns, const Row *row, Timestamp now)
{
	int name_cells = widest_name(columns);

	for (size_t i = 0; i < MIN(columns->count, row->count); i++) {
		Field field = { columns->names[i], &row->cells[i], columns->types[i] };

		add_field(view, &field, name_cells, now);
	}
}
