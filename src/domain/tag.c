#include "plain_text.h"

#include "domain/values.h"

static const TextRule tag_rule = { .what = "tag", .max_length = TAG_MAX_LENGTH };

static char *
fold_space(const char *text)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	bool in_space = false;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		bool is_space = g_unichar_isspace(g_utf8_get_char(p));

		if (is_space && !in_space)
			g_string_append_c(folded, '-');
		else if (!is_space)
			g_string_append_unichar(folded, g_utf8_get_char(p));
		in_space = is_space;
	}
	return g_string_free(g_steal_pointer(&folded), FALSE);
}

bool
tag_normalise(const char *text, char **ret_tag, GError **error)
{
	/* The length counts after folding; a tab between two words is as good as a space. */
	static const TextRule raw_rule = { .what = "tag", .multi_line = true };
	g_autofree char *trimmed = NULL;
	g_autofree char *lower = NULL;
	g_autofree char *composed = NULL;
	g_autofree char *folded = NULL;

	if (!text_rule_apply(&raw_rule, text, &trimmed, error))
		return false;
	lower = text_lower(trimmed);
	/* One spelling of 'é' only, or the unique name would let the other in beside it. */
	composed = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
	folded = fold_space(composed);
	return text_rule_apply(&tag_rule, folded, ret_tag, error);
}
