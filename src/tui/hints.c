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
	int x = 1;

	if (list != NULL)
		draw_keys(canvas, &x, list, rows);
	if (is_list && list->detail != NULL && screen_list_key(list, PRESS_ENTER) == NULL)
		draw_hint(canvas, &x, "Enter", "open");
	if (is_list) {
		draw_hint(canvas, &x, "Space", "mark");
		draw_hint(canvas, &x, "/", "filter");
	} else {
		draw_hint(canvas, &x, "Esc", "back");
	}
	draw_hint(canvas, &x, ":", "command");
	draw_hint(canvas, &x, "?", "help");
}

void
hints_draw_pairs(const Canvas *canvas, const char *const *pairs)
{
	int x = 1;

	for (; pairs[0] != NULL; pairs += 2)
		draw_hint(canvas, &x, pairs[0], pairs[1]);
}
