#include "plain_text.h"
#include "transliteration.h"

#include "base/error.h"
#include "domain/values.h"

#include <string.h>

static bool
is_slug(const char *text)
{
	bool in_word = false;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '-' && !in_word)
			return false;
		if (*p != '-' && !g_ascii_islower(*p) && !g_ascii_isdigit(*p))
			return false;
		in_word = *p != '-';
	}
	return in_word;
}

/* Shortened to `length` bytes, without a '-' left over at the end. */
static void
slug_truncate(GString *slug, gsize length)
{
	if (slug->len > length)
		g_string_truncate(slug, length);
	while (slug->len > 0 && slug->str[slug->len - 1] == '-')
		g_string_truncate(slug, slug->len - 1);
}

bool
slug_check(const char *text, GError **error)
{
	g_autofree char *quoted = NULL;

	if (is_slug(text) && strlen(text) <= SLUG_MAX_LENGTH)
		return true;
	quoted = text_quoted(text);
	if (is_slug(text))
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "slug '%s' has %" G_GSIZE_FORMAT " characters: at most %d are allowed", quoted,
		    strlen(text), SLUG_MAX_LENGTH);
	else
		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "slug '%s' is not lower-case words and digits joined by single '-': write it like "
		    "'my-first-post'",
		    quoted);
	return false;
}

bool
slug_from_title(const char *title, char **ret_slug, GError **error)
{
	g_autoptr(GString) slug = g_string_new(NULL);
	g_autofree char *normal = NULL;
	g_autofree char *ascii = NULL;

	if (!title_normalise(title, &normal, error))
		return false;
	ascii = transliterate(normal);
	for (const char *p = ascii; *p != '\0'; p++) {
		if (g_ascii_isalnum(*p))
			g_string_append_c(slug, *p);
		else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
			g_string_append_c(slug, '-');
	}
	slug_truncate(slug, SLUG_MAX_LENGTH);
	if (slug->len == 0) {
		g_autofree char *quoted = text_quoted(normal);

		g_set_error(error, SB_ERROR, SB_ERROR_VALIDATION,
		    "title '%s' has no letter or digit that a slug could be made of: give one with --slug",
		    quoted);
		return false;
	}
	*ret_slug = g_string_free(g_steal_pointer(&slug), FALSE);
	return true;
}

char *
slug_with_number(const char *base, unsigned number)
{
	g_autoptr(GString) slug = g_string_new(base);
	g_autofree char *suffix = g_strdup_printf("-%u", number);

	slug_truncate(slug, SLUG_MAX_LENGTH - strlen(suffix));
	g_string_append(slug, suffix);
	return g_string_free(g_steal_pointer(&slug), FALSE);
}
