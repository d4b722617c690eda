#include "plain_text.h"

#include "base/error.h"
#include "domain/values.h"

#include <string.h>

static const TextRule email_rule = { .what = "email", .max_length = EMAIL_MAX_LENGTH };

static bool
is_label(const char *label)
{
	if (*label == '\0' || *label == '-' || g_str_has_suffix(label, "-"))
		return false;
	for (const char *p = label; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (c != '-' && !g_unichar_isalnum(c) && !g_unichar_ismark(c))
			return false;
	}
	return true;
}

static bool
is_domain(const char *domain)
{
	g_auto(GStrv) labels = g_strsplit(domain, ".", -1);

	for (char **label = labels; *label != NULL; label++) {
		if (!is_label(*label))
			return false;
	}
	return g_strv_length(labels) >= 2 || g_str_equal(domain, "localhost");
}

/* Blanks and format characters make two addresses look like one. */
static bool
is_seen_throughout(const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		if (!g_unichar_isgraph(g_utf8_get_char(p)))
			return false;
	}
	return true;
}

/* The rule that `trimmed` breaks, or NULL. */
static const char *
broken_rule(const char *trimmed, const char *at, const char *domain)
{
	if (at == NULL)
		return "has no '@'";
	if (strchr(at + 1, '@') != NULL)
		return "has more than one '@'";
	if (at == trimmed)
		return "has nothing before the '@'";
	if (!is_seen_throughout(trimmed))
		return "has a blank or an invisible character";
	if (!is_domain(domain))
		return "has no valid domain after the '@'";
	return NULL;
}

bool
email_normalise(const char *text, char **ret_email, GError **error)
{
	g_autofree char *trimmed = NULL;
	g_autofree char *domain = NULL;
	g_autofree char *quoted = NULL;
	const char *at, *rule;

	if (!text_rule_apply(&email_rule, text, &trimmed, error))
		return false;
	at = strchr(trimmed, '@');
	domain = text_lower(at == NULL ? "" : at + 1);
	rule = broken_rule(trimmed, at, domain);
	if (rule != NULL) {
		quoted = text_quoted(trimmed);
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "email '%s' %s: write it like 'name@example.org'", quoted, rule);
		return false;
	}
	*ret_email = g_strdup_printf("%.*s@%s", (int)(at - trimmed), trimmed, domain);
	return true;
}
