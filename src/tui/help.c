#include "help.h"

#include "actions.h"

#include "application/words.h"
#include "base/text.h"

#include <string.h>

#define KEY_CELLS 14
#define LABEL_CELLS 18

static void
add_heading(TextView *view, const char *text)
{
	text_view_line(view);
	text_view_line(view);
	text_view_add(view, STYLE_TITLE, text);
}

/* At least one blank follows a text that is wider than its column. */
static void
add_column(TextView *view, Style style, const char *text, int cells)
{
	g_autofree char *clean = text_sanitised(text, TEXT_SINGLE_LINE);
	g_autofree char *blanks = g_strnfill((gsize)MAX(cells - text_width(clean), 1), ' ');

	text_view_add(view, style, clean);
	text_view_add(view, STYLE_ROW, blanks);
}

static void
begin_key(TextView *view, const char *label)
{
	text_view_line(view);
	text_view_add(view, STYLE_ROW, "  ");
	add_column(view, STYLE_HINT_KEY, label, KEY_CELLS);
	text_view_hang(view);
}

static const char *
summary_of(const Registry *registry, const char *line)
{
	g_autoptr(GArray) words = NULL;
	g_autofree const char **texts = NULL;
	const CommandDef *def;
	size_t used;

	words_split(line, &words);
	texts = words_texts(words);
	return registry_find(registry, texts, &def, &used, NULL) ? def->summary : NULL;
}

static char *
when_text(const ScreenWhen *when)
{
	g_autofree char *values = NULL;

	if (when->field == NULL)
		return NULL;
	values = g_strjoinv(" or ", when->values);
	return g_strdup_printf("when %s is %s%s", when->field, when->differs ? "not " : "", values);
}

/* Below the key: what it stands for, as it could be typed. */
static void
add_line(TextView *view, const ScreenKey *key, const char *template)
{
	g_autofree char *when = when_text(&key->when);
	g_autofree char *blanks = g_strnfill(KEY_CELLS + 2, ' ');

	if (template == NULL && when == NULL)
		return;
	text_view_line(view);
	text_view_add(view, STYLE_ROW, blanks);
	text_view_hang(view);
	if (template != NULL)
		text_view_add(view, STYLE_GREY, template);
	if (when != NULL) {
		text_view_add(view, STYLE_ROW, template != NULL ? "  " : "");
		text_view_add(view, STYLE_HINT_TEXT, when);
	}
}

static const char *
explanation(const ScreenKey *key, const char *template, const Registry *registry)
{
	const char *summary = template != NULL ? summary_of(registry, template) : NULL;

	if (summary != NULL)
		return summary;
	return key->kind == SCREEN_KEY_DETAIL ? "Show the row" : "";
}

static void
add_screen_key(TextView *view, const ScreenKey *key, const ScreenList *list, const Registry *registry)
{
	const char *template = key->kind == SCREEN_KEY_DETAIL ? list->detail : key->template;
	g_autofree char *label = keypress_label(key->press);
	g_autofree char *typed =
	    key->kind == SCREEN_KEY_PREFILL ? g_strconcat(":", template, " …", NULL) : g_strdup(template);

	begin_key(view, label != NULL ? label : "");
	if (key->label != NULL)
		add_column(view, STYLE_ROW, key->label, LABEL_CELLS);
	text_view_add(view, STYLE_ROW, explanation(key, template, registry));
	add_line(view, key, typed);
}

/* What is seen, and the command line that fills it. */
static void
add_title(TextView *view, const Screen *screen, const ScreenList *list)
{
	bool panel = list != NULL && list->title != NULL && strcmp(list->title, screen->title) != 0;

	text_view_line(view);
	text_view_add(view, STYLE_TITLE, screen->title);
	if (panel) {
		text_view_add(view, STYLE_TITLE, ", ");
		text_view_add(view, STYLE_TITLE, list->title);
	}
	if (list != NULL && list->line != NULL) {
		text_view_add(view, STYLE_ROW, "  ");
		text_view_add(view, STYLE_GREY, list->line);
	}
}

static void
add_actions(TextView *view)
{
	const char *group = NULL;

	for (const ActionKey *key = action_keys; key->action != ACTION_NONE; key++) {
		if (key->help == NULL)
			continue;
		g_autofree char *labels = action_key_labels(key);

		if (group == NULL || strcmp(group, key->group) != 0)
			add_heading(view, key->group);
		group = key->group;
		begin_key(view, labels);
		text_view_add(view, STYLE_ROW, key->help);
	}
}

void
help_fill(TextView *view, const Screen *screen, const ScreenList *list, const Registry *registry)
{
	add_title(view, screen, list);
	for (guint i = 0; list != NULL && i < list->keys->len; i++)
		add_screen_key(view, &g_array_index(list->keys, ScreenKey, i), list, registry);
	add_actions(view);
}
