#include "columns.h"

#include "base/text.h"

#include <string.h>

/* For columns that a file says nothing about. */
#define UNKNOWN_WIDTH_MIN 4
#define UNKNOWN_WIDTH_READABLE 12 /* rather than narrower ones, fewer columns are shown */
#define UNKNOWN_WIDTH_MAX 40

char *
column_title(const char *name, const ScreenColumn *def)
{
	g_autofree char *spaced = g_strdelimit(g_strdup(name), "_", ' ');
	g_autofree char *clean = NULL;

	if (def != NULL && def->title != NULL)
		return text_sanitised(def->title, TEXT_SINGLE_LINE);
	clean = text_sanitised(spaced, TEXT_SINGLE_LINE);
	return g_utf8_strup(clean, -1);
}

static void
laid_clear(gpointer data)
{
	LaidColumn *self = data;

	g_free(self->title);
}

/* Columns of this rank and above are there only where no other is cut for them. */
#define LUXURY_RANK 4

static int
rank_of(const LaidColumn *self, guint index)
{
	return self->def != NULL ? self->def->rank : (int)index + 2;
}

static int
width_min(const LaidColumn *self)
{
	int width = self->def != NULL ? self->def->width_min : UNKNOWN_WIDTH_READABLE;

	return MAX(width, MIN(text_width(self->title), UNKNOWN_WIDTH_MIN));
}

static int
width_wished(const LaidColumn *self, const int *widths)
{
	int title = text_width(self->title), content = widths != NULL ? widths[self->column] : 0;
	int low = self->def != NULL ? self->def->width_min : UNKNOWN_WIDTH_MIN;
	int high = self->def != NULL ? self->def->width_max : UNKNOWN_WIDTH_MAX;

	return MAX(CLAMP(MAX(title, content), low, high), MIN(title, high));
}

static void
add_column(GArray *laid, const ScreenList *list, const RowColumns *columns, int column)
{
	LaidColumn self = { .column = column };

	self.def = screen_list_column(list, columns->names[column]);
	self.title = column_title(columns->names[column], self.def);
	self.right = columns->types[column] == VALUE_INTEGER || columns->types[column] == VALUE_NUMERIC;
	if (self.def != NULL && self.def->format == COLUMN_AGE)
		self.right = false;
	g_array_append_val(laid, self);
}

static GArray *
choose(const ScreenList *list, const RowColumns *columns, guint first)
{
	GArray *laid = g_array_new(FALSE, TRUE, sizeof(LaidColumn));

	g_array_set_clear_func(laid, laid_clear);
	if (list->columns->len == 0) {
		for (size_t i = first; i < columns->count; i++)
			add_column(laid, list, columns, (int)i);
		return laid;
	}
	for (guint i = first; i < list->columns->len; i++) {
		int column = row_columns_find(columns, g_array_index(list->columns, ScreenColumn, i).name);

		if (column >= 0)
			add_column(laid, list, columns, column);
	}
	return laid;
}

static int
total_width(const GArray *laid)
{
	int total = laid->len > 0 ? (int)(laid->len - 1) * COLUMN_GAP : 0;

	for (guint i = 0; i < laid->len; i++)
		total += g_array_index(laid, LaidColumn, i).width;
	return total;
}

/* Takes a cell from the column that has most to give; false when none has. */
static bool
shrink(GArray *laid)
{
	LaidColumn *widest = NULL;

	for (guint i = 0; i < laid->len; i++) {
		LaidColumn *column = &g_array_index(laid, LaidColumn, i);

		if (column->width > width_min(column) && (widest == NULL || column->width >= widest->width))
			widest = column;
	}
	if (widest != NULL)
		widest->width--;
	return widest != NULL;
}

static void
drop_one(GArray *laid)
{
	guint worst = 0;
	int rank = -1;

	for (guint i = 0; i < laid->len; i++) {
		int own = rank_of(&g_array_index(laid, LaidColumn, i), i);

		if (own >= rank) {
			rank = own;
			worst = i;
		}
	}
	g_array_remove_index(laid, worst);
}

static void
wish(GArray *laid, const int *widths)
{
	for (guint i = 0; i < laid->len; i++) {
		LaidColumn *column = &g_array_index(laid, LaidColumn, i);

		column->width = width_wished(column, widths);
	}
}

static int
total_minimum(const GArray *laid)
{
	int total = laid->len > 0 ? (int)(laid->len - 1) * COLUMN_GAP : 0;

	for (guint i = 0; i < laid->len; i++) {
		const LaidColumn *column = &g_array_index(laid, LaidColumn, i);

		total += MIN(column->width, width_min(column));
	}
	return total;
}

static bool
has_luxury(const GArray *laid)
{
	for (guint i = 0; i < laid->len; i++) {
		const LaidColumn *column = &g_array_index(laid, LaidColumn, i);

		if (column->def != NULL && column->def->rank >= LUXURY_RANK)
			return true;
	}
	return false;
}

GArray *
columns_lay_out(const ScreenList *list, const RowColumns *columns, const int *widths, guint first, int cells)
{
	GArray *laid = choose(list, columns, first);
	int x = 0;

	wish(laid, widths);
	while (total_width(laid) > cells && has_luxury(laid))
		drop_one(laid);
	while (laid->len > 1 && total_minimum(laid) > cells)
		drop_one(laid);
	while (total_width(laid) > cells && shrink(laid))
		;
	for (guint i = 0; i < laid->len; i++) {
		LaidColumn *column = &g_array_index(laid, LaidColumn, i);

		column->width = MIN(column->width, MAX(cells - x, 0));
		column->x = x;
		x += column->width + COLUMN_GAP;
	}
	return laid;
}

char *
grouped_number(const char *digits)
{
	size_t sign = *digits == '-' ? 1 : 0;
	size_t length = strspn(digits + sign, "0123456789");
	GString *text = g_string_new_len(digits, (gssize)sign);

	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			g_string_append_c(text, ',');
		g_string_append_c(text, digits[sign + i]);
	}
	g_string_append(text, digits + sign + length);
	return g_string_free(text, FALSE);
}

char *
age_text(Timestamp then, Timestamp now)
{
	static const struct {
		Duration length;
		const char *unit;
	} units[] = { { 365 * DURATION_DAY, "y" }, { DURATION_DAY, "d" }, { DURATION_HOUR, "h" },
		{ DURATION_MINUTE, "m" }, { DURATION_SECOND, "s" } };
	Duration age = now > then ? now - then : then - now;

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		int64_t count = age / units[i].length;

		if (count > 0)
			return g_strdup_printf("%s%" G_GINT64_FORMAT "%s%s", now >= then ? "" : "in ", count,
			    units[i].unit, now >= then ? " ago" : "");
	}
	return g_strdup("now");
}

/* `2026-01-31T10:00:05.123Z` as `2026-01-31 10:00:05`: a list is no place for fractions. */
static char *
short_time(const char *text)
{
	char *shown = g_strndup(text, strcspn(text, ".Z+"));

	return g_strdelimit(shown, "T", ' ');
}

char *
cell_text(const Cell *cell, ValueType type, const ScreenColumn *def, Timestamp now, const char *null_text)
{
	ColumnFormat format = def != NULL ? def->format : COLUMN_PLAIN;
	Timestamp time;
	GString *text;

	if (cell->null)
		return g_strdup(null_text);
	if (format == COLUMN_AGE && timestamp_parse(cell->text, now, &time))
		return age_text(time, now);
	text = g_string_new(NULL);
	text_sanitise(text, cell->text, (gssize)cell->size, TEXT_SINGLE_LINE);
	if (format == COLUMN_NUMBER || (type == VALUE_TIME && text->len > strlen("2026-01-31"))) {
		char *shown = format == COLUMN_NUMBER ? grouped_number(text->str) : short_time(text->str);

		g_string_free(text, TRUE);
		return shown;
	}
	if (cell->cut)
		g_string_append(text, "…");
	return g_string_free(text, FALSE);
}
