#include "plain_text.h"

#include "base/error.h"

#include <string.h>

#define QUOTED_MAX_LENGTH 60

char *
text_quoted(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *head = NULL;

	if (g_utf8_strlen(valid, -1) <= QUOTED_MAX_LENGTH)
		return g_steal_pointer(&valid);
	head = g_utf8_substring(valid, 0, QUOTED_MAX_LENGTH - 1);
	return g_strconcat(head, "…", NULL);
}

char *
text_lower(const char *text)
{
	g_autoptr(GString) lower = g_string_new(NULL);

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		g_string_append_unichar(lower, g_unichar_tolower(g_utf8_get_char(p)));
	return g_string_free(g_steal_pointer(&lower), FALSE);
}

static char *
text_trimmed(const char *text)
{
	const char *end;

	while (g_unichar_isspace(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	end = text + strlen(text);
	while (end > text) {
		const char *last = g_utf8_prev_char(end);

		if (!g_unichar_isspace(g_utf8_get_char(last)))
			break;
		end = last;
	}
	return g_strndup(text, (gsize)(end - text));
}

static bool
is_control(const char *p, bool multi_line)
{
	gunichar c = g_utf8_get_char(p);

	if (multi_line && (c == '\n' || c == '\t' || (c == '\r' && p[1] == '\n')))
		return false;
	/* The two separators end a line wherever text is laid out. */
	return g_unichar_iscntrl(c) || (!multi_line && (c == 0x2028 || c == 0x2029));
}

/* True when something of it can be seen: a lone zero-width space is as good as nothing. */
static bool
is_visible(const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_isgraph(c) && !g_unichar_ismark(c))
			return true;
	}
	return false;
}

static bool
check_encoding(const TextRule *self, const char *text, GError **error)
{
	const char *end = NULL;
	g_autofree char *quoted = NULL;

	if (g_utf8_validate(text, -1, &end))
		return true;
	quoted = text_quoted(text);
	g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
	    "%s '%s' is not valid UTF-8 (byte %" G_GSIZE_FORMAT "): convert it first", self->what, quoted,
	    (gsize)(end - text) + 1);
	return false;
}

static bool
check_characters(const TextRule *self, const char *text, GError **error)
{
	glong position = 1;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), position++) {
		g_autofree char *quoted = NULL;

		if (!is_control(p, self->multi_line))
			continue;
		quoted = text_quoted(text);
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "%s '%s' has the control character U+%04X at position %ld: remove it", self->what, quoted,
		    g_utf8_get_char(p), position);
		return false;
	}
	return true;
}

static bool
check_length(const TextRule *self, const char *text, GError **error)
{
	glong length = g_utf8_strlen(text, -1);
	bool is_missing = !self->may_be_empty && !is_visible(text);
	g_autofree char *quoted = NULL;

	if (!is_missing && (self->max_length == 0 || length <= self->max_length))
		return true;
	quoted = text_quoted(text);
	if (is_missing)
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "%s '%s' is empty: give at least one character", self->what, quoted);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "%s '%s' has %ld characters: at most %ld are allowed", self->what, quoted, length,
		    self->max_length);
	return false;
}

bool
text_rule_check(const TextRule *self, const char *text, GError **error)
{
	return check_encoding(self, text, error) && check_characters(self, text, error) &&
	    check_length(self, text, error);
}

bool
text_rule_apply(const TextRule *self, const char *text, char **ret_text, GError **error)
{
	g_autofree char *trimmed = NULL;

	if (!check_encoding(self, text, error))
		return false;
	trimmed = text_trimmed(text);
	if (!check_characters(self, trimmed, error) || !check_length(self, trimmed, error))
		return false;
	*ret_text = g_steal_pointer(&trimmed);
	return true;
}
