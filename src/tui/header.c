#include "header.h"

#include "columns.h"

#include "base/text.h"

/* A shorter wait is not worth a look. */
#define ELAPSED_SHOWN (150 * DURATION_MILLISECOND)
#define SPINNER_STEP (100 * DURATION_MILLISECOND)
#define STALE_FACTOR 3
#define WHERE_CELLS_MIN 8

static Style
style_of(const Header *self)
{
	Style style = STYLE_HEADER;

	if (self->context->production)
		return STYLE_HEADER_PRODUCTION;
	if (self->context->colour != NULL)
		theme_style_of_colour(self->context->colour, true, &style);
	return style;
}

/* What must be seen on the narrowest terminal: which context it is, and that it takes no changes. */
static char *
name_text(const Header *self)
{
	return g_strconcat(self->context->production ? "PRODUCTION  " : "", self->context->name, NULL);
}

static const char *
mode_text(const Header *self)
{
	if (self->server->host == NULL)
		return self->read_only ? "READ-ONLY" : "";
	return self->read_only || self->server->read_only ? "READ-ONLY" : "read-write";
}

static char *
where_text(const Header *self)
{
	if (self->server->host == NULL)
		return g_strdup("connecting …");
	return g_strdup_printf("%s@%s/%s%s", self->server->user, self->server->host, self->server->database,
	    self->server->superuser ? " superuser" : "");
}

/* The server's name gives way first. */
static void
draw_left(const Header *self, const Canvas *canvas, int cells, Style style)
{
	g_autofree char *name = name_text(self);
	g_autofree char *where = where_text(self);
	const char *mode = mode_text(self);
	int x = 1 + canvas_text(canvas, 0, 1, cells, name, style) + 2;
	int room = cells + 1 - x - text_width(mode) - 2;

	if (room >= WHERE_CELLS_MIN)
		x += canvas_text(canvas, 0, x, room, where, style) + 2;
	canvas_text(canvas, 0, x, cells + 1 - x, mode, style);
}

static void
append_freshness(const Header *self, GString *text)
{
	gint64 age = self->now - self->read_at;

	if (self->trouble != NULL) {
		g_autofree char *shown = duration_format(age - age % DURATION_SECOND);

		g_string_append_printf(text, "   %s", self->trouble);
		if (self->read_at != 0)
			g_string_append_printf(text, ", read %s ago", shown);
		return;
	}
	if (self->read_at == 0)
		return;
	if (self->refresh == 0 ? age >= DURATION_MINUTE
			       : age > STALE_FACTOR * self->refresh + DURATION_SECOND) {
		g_autofree char *shown = duration_format(age);

		g_string_append_printf(text, "   read %s ago", shown);
	} else if (self->refresh > 0) {
		g_autofree char *shown = duration_format(self->refresh);

		g_string_append_printf(text, "   live %s", shown);
	}
}

static char *
figures_text(const Header *self, const Theme *theme)
{
	GString *text = g_string_new(NULL);

	if (self->total >= 0) {
		g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, self->total);
		g_autofree char *grouped = grouped_number(digits);

		g_string_append_printf(text, "%s%s %s", self->total_is_estimate ? "~" : "", grouped,
		    self->total == 1 ? "row" : "rows");
	}
	append_freshness(self, text);
	if (self->elapsed > ELAPSED_SHOWN)
		g_string_append_printf(text, "   %s%s %.1fs", self->cancelling ? "cancel sent " : "",
		    theme_spinner(theme, (unsigned)(self->elapsed / SPINNER_STEP)),
		    (double)self->elapsed / DURATION_SECOND);
	return g_string_free(text, FALSE);
}

void
header_draw(const Header *self, const Canvas *canvas)
{
	Style style = style_of(self);
	g_autofree char *figures = figures_text(self, canvas->theme);
	int right = text_width(figures);

	canvas_fill(canvas, 0, 0, style);
	draw_left(self, canvas, canvas->width - right - 4, style);
	canvas_text(canvas, 0, MAX(canvas->width - right - 1, 1), right, figures, style);
}

/* " Title " for each, "[Title]" for the one that is open. */
void
tabs_draw(const Canvas *canvas, const GPtrArray *tabs, const Screen *current, const char *trail)
{
	int x = 0;

	canvas_fill(canvas, 0, 0, STYLE_TAB);
	for (guint i = 0; i < tabs->len; i++) {
		const Screen *tab = tabs->pdata[i];
		bool open = tab == current;
		g_autofree char *text = g_strconcat(open ? "[" : " ", tab->title, open ? "]" : " ", NULL);

		x += canvas_text(canvas, 0, x, canvas->width - x, text, open ? STYLE_TAB_CURRENT : STYLE_TAB);
	}
	if (trail != NULL && x + 3 < canvas->width)
		canvas_text(canvas, 0, x + 1, canvas->width - x - 2, trail, STYLE_TAB_CURRENT);
}

const Screen *
tabs_at(const GPtrArray *tabs, int x)
{
	int start = 0;

	for (guint i = 0; i < tabs->len; i++) {
		const Screen *tab = tabs->pdata[i];
		g_autofree char *title = text_sanitised(tab->title, TEXT_SINGLE_LINE);
		int end = start + text_width(title) + 2;

		if (x >= start && x < end)
			return tab;
		start = end;
	}
	return NULL;
}
