#include "prompt.h"

#include "base/text.h"

#include <string.h>

G_STATIC_ASSERT(sizeof(wchar_t) == sizeof(gunichar));

wchar_t *
prompt_widen(const char *text)
{
	return (wchar_t *)g_utf8_to_ucs4(text, -1, NULL, NULL, NULL);
}

char *
prompt_narrow(const wchar_t *text, size_t length)
{
	return g_ucs4_to_utf8((const gunichar *)text, (glong)length, NULL, NULL, NULL);
}

static const char *
colour_code(const char *colour)
{
	static const struct {
		const char *name;
		const char *code;
	} codes[] = {
		{ "red", "31" },
		{ "green", "32" },
		{ "yellow", "33" },
		{ "blue", "34" },
		{ "magenta", "35" },
		{ "cyan", "36" },
		{ "grey", "90" },
	};

	for (gsize i = 0; colour != NULL && i < G_N_ELEMENTS(codes); i++) {
		if (strcmp(codes[i].name, colour) == 0)
			return codes[i].code;
	}
	return "1";
}

static bool
shows_colour(void)
{
	const char *no_color = g_getenv("NO_COLOR");

	return (no_color == NULL || *no_color == '\0') && g_strcmp0(g_getenv("TERM"), "dumb") != 0;
}

wchar_t *
prompt_text(const Console *console, bool continues)
{
	const Context *context = console_context(console);
	bool read_only = context->read_only || console_settings(console)->read_only;
	g_autofree char *name = text_sanitised(context->name, TEXT_SINGLE_LINE);
	g_autofree char *plain = g_strdup_printf(
	    "%s%s%s", context->production ? "PRODUCTION " : "", name, read_only ? " (read-only)" : "");
	g_autofree char *prompt = NULL;

	if (continues)
		prompt = g_strdup("… ");
	else if (shows_colour())
		prompt = g_strdup_printf("\1\033[%sm\1%s\1\033[0m\1> ",
		    context->production && context->colour == NULL ? "31" : colour_code(context->colour),
		    plain);
	else
		prompt = g_strconcat(plain, "> ", NULL);
	return prompt_widen(prompt);
}
