#include "tui/tui.h"

#include "actions.h"
#include "screen_command.h"
#include "screens.h"

const CommandDef *const tui_commands[] = {
	&screen_command,
	&screens_check_command,
	&screens_print_command,
	NULL,
};

static void
append_everywhere(GString *text)
{
	const char *group = "";

	g_string_append(text, "## Everywhere\n");
	for (const ActionKey *key = action_keys; key->action != ACTION_NONE; key++) {
		g_autofree char *labels = NULL;

		if (key->help == NULL)
			continue;
		if (g_strcmp0(group, key->group) != 0)
			g_string_append_printf(
			    text, "\n### %s\n\n| keys | what they do |\n|---|---|\n", key->group);
		group = key->group;
		labels = action_key_labels(key);
		g_string_append_printf(text, "| `%s` | %s |\n", labels, key->help);
	}
	g_string_append(text,
	    "| `Enter` | open the row |\n\n"
	    "In the command line (`:`) and the filter (`/`): Tab completes, Up and Down go through the history, Ctrl-A, "
	    "Ctrl-E, Ctrl-W,\nCtrl-U and Ctrl-K edit as in a shell, Enter runs what stands there, Esc gives up.\n");
}

static void
append_list_keys(GString *text, const Screen *screen, const ScreenList *list)
{
	if (list->keys->len == 0)
		return;
	g_string_append_printf(text, "\n### %s%s%s\n\n| key | what it runs | when |\n|---|---|---|\n",
	    screen->title, screen->lists->len > 1 ? ": " : "", screen->lists->len > 1 ? list->title : "");
	for (guint i = 0; i < list->keys->len; i++) {
		const ScreenKey *key = &g_array_index(list->keys, ScreenKey, i);
		g_autofree char *label = keypress_label(key->press);
		g_autofree char *values =
		    key->when.values != NULL ? g_strjoinv(",", key->when.values) : g_strdup("");

		g_string_append_printf(text, "| `%s` | `%s%s` | %s%s%s |\n", label,
		    key->kind == SCREEN_KEY_PREFILL ? ":" : "",
		    key->template != NULL ? key->template : list->detail,
		    key->when.field != NULL ? key->when.field : "",
		    key->when.field == NULL ? ""
			: key->when.differs ? "!="
					    : "=",
		    values);
	}
}

char *
tui_keys_markdown(const Registry *registry)
{
	g_autoptr(GPtrArray) warnings = NULL;
	g_autoptr(ScreenSet) screens = screen_set_load(registry, &warnings);
	const GPtrArray *all = screen_set_all(screens);
	GString *text = g_string_new("# Keys\n\nPrinted by `signalbox --print-reference keys`.\n\n");

	append_everywhere(text);
	g_string_append(text, "\n## On screens\n\nWhat each key runs is the command line that it shows.\n");
	for (guint i = 0; i < all->len; i++) {
		const Screen *screen = all->pdata[i];

		for (guint list = 0; list < screen->lists->len; list++)
			append_list_keys(text, screen, screen->lists->pdata[list]);
	}
	return g_string_free(text, FALSE);
}
