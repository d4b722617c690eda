#include "hints.h"

#include "base/text.h"

#define GAP 2

/* False when there was no room for it. */
static bool
draw_hint(const Canvas *canvas, int *x, const char *key, const char *text)
{
	int width = text_width(key) + 1 + text_width(text);

	if (*x + width >= canvas->width)
		return false;
	*x += canvas_text(canvas, 0, *x, canvas->width - *x, key, STYLE_HINT_KEY) + 1;
	*x += canvas_text(canvas, 0, *x, canvas->width - *x, text, STYLE_HINT_TEXT) + GAP;
	return true;
}

/* What is the same everywhere, the most needed last: it is the last to give way. */
static const char *const list_tail[][2] = { { "Space", "mark" }, { "/", "filter" }, { ":", "command" },
	{ "?", "help" } };
static const char *const other_tail[][2] = { { "Esc", "back" }, { ":", "command" }, { "?", "help" } };

static int
hint_width(const char *const hint[2])
{
	return text_width(hint[0]) + 1 + text_width(hint[1]) + GAP;
}

static void
draw_keys(const Canvas *canvas, int *x, const ScreenList *list, const TemplateRows *rows)
{
	for (guint i = 0; i < list->keys->len; i++) {
		const ScreenKey *key = &g_array_index(list->keys, ScreenKey, i);
		g_autofree char *label = keypress_label(key->press);

		if (key->label != NULL && screen_when_holds(&key->when, rows))
			draw_hint(canvas, x, label, key->label);
	}
}

void
hints_draw(const Canvas *canvas, const ScreenList *list, const TemplateRows *rows, bool is_list)
{
	const char *const(*tail)[2] = is_list ? list_tail : other_tail;
	size_t count = is_list ? G_N_ELEMENTS(list_tail) : G_N_ELEMENTS(other_tail), first = count;
	Canvas before = *canvas;
	int x = 1, left = canvas->width - 1;

	/* The last two of the tail have their room whatever the screen's keys need. */
	before.width -= hint_width(tail[count - 1]) + hint_width(tail[count - 2]);
	if (list != NULL)
		draw_keys(&before, &x, list, rows);
	if (is_list && list != NULL && list->detail != NULL && screen_list_key(list, PRESS_ENTER) == NULL)
		draw_hint(&before, &x, "Enter", "open");
	for (left -= x; first > 0 && left >= hint_width(tail[first - 1]) - GAP; first--)
		left -= hint_width(tail[first - 1]);
	for (; first < count; first++)
		draw_hint(canvas, &x, tail[first][0], tail[first][1]);
}

void
hints_draw_pairs(const Canvas *canvas, const char *const *pairs)
{
	int x = 1;

	for (; pairs[0] != NULL; pairs += 2)
		draw_hint(canvas, &x, pairs[0], pairs[1]);
}
