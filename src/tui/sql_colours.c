#include "sql_colours.h"

#include <stdlib.h>
#include <string.h>

/* In ascending order. */
static const char *const keywords[] = {
	"add",
	"all",
	"alter",
	"analyze",
	"and",
	"any",
	"as",
	"asc",
	"begin",
	"between",
	"by",
	"cascade",
	"case",
	"check",
	"collate",
	"column",
	"comment",
	"commit",
	"concurrently",
	"conflict",
	"constraint",
	"create",
	"cross",
	"current",
	"database",
	"declare",
	"default",
	"deferrable",
	"deferred",
	"delete",
	"desc",
	"distinct",
	"do",
	"domain",
	"drop",
	"else",
	"elsif",
	"enable",
	"end",
	"exception",
	"exclude",
	"execute",
	"exists",
	"explain",
	"extension",
	"false",
	"for",
	"force",
	"foreign",
	"from",
	"full",
	"function",
	"generated",
	"grant",
	"group",
	"having",
	"identity",
	"if",
	"ilike",
	"in",
	"include",
	"index",
	"inherits",
	"initially",
	"inner",
	"insert",
	"instead",
	"into",
	"is",
	"join",
	"key",
	"language",
	"lateral",
	"left",
	"like",
	"limit",
	"local",
	"lock",
	"materialized",
	"natural",
	"not",
	"nothing",
	"null",
	"nulls",
	"of",
	"offset",
	"on",
	"only",
	"or",
	"order",
	"outer",
	"over",
	"owner",
	"partition",
	"perform",
	"policy",
	"primary",
	"privileges",
	"procedure",
	"raise",
	"references",
	"reindex",
	"rename",
	"replace",
	"restrict",
	"return",
	"returning",
	"returns",
	"revoke",
	"right",
	"role",
	"rollback",
	"row",
	"rows",
	"savepoint",
	"schema",
	"security",
	"select",
	"sequence",
	"set",
	"show",
	"some",
	"start",
	"strict",
	"table",
	"temporary",
	"then",
	"to",
	"transaction",
	"trigger",
	"true",
	"truncate",
	"type",
	"union",
	"unique",
	"unlogged",
	"update",
	"using",
	"vacuum",
	"valid",
	"validate",
	"values",
	"view",
	"volatile",
	"when",
	"where",
	"window",
	"with",
	"without",
};

typedef struct Colouring {
	TextView *view;
	int indent;
} Colouring;

static void
begin_line(Colouring *self)
{
	g_autofree char *blanks = g_strnfill((gsize)self->indent, ' ');

	text_view_line(self->view);
	text_view_add(self->view, STYLE_ROW, blanks);
	text_view_hang(self->view);
}

/* A comment or a string may reach over lines. */
static void
put(Colouring *self, Style style, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		g_autofree char *part = g_strndup(text, (gsize)((newline != NULL ? newline : end) - text));

		text_view_add(self->view, style, part);
		text += strlen(part);
		if (newline != NULL) {
			text++;
			begin_line(self);
		}
	}
}

static bool
is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_' || (c & 0x80) != 0;
}

static size_t
word_length(const char *text)
{
	size_t length = 0;

	while (is_word(text[length]) || (length > 0 && text[length] == '$'))
		length++;
	return length;
}

static int
compare(const void *word, const void *keyword)
{
	return strcmp(word, *(const char *const *)keyword);
}

static Style
word_style(const char *text, size_t length)
{
	g_autofree char *word = g_ascii_strdown(text, (gssize)length);

	if (g_ascii_isdigit(*text))
		return STYLE_YELLOW;
	return bsearch(word, keywords, G_N_ELEMENTS(keywords), sizeof keywords[0], compare) != NULL
	    ? STYLE_BLUE
	    : STYLE_ROW;
}

/* Up to the quote that closes it; a doubled one is read as two strings, which look the same. */
static size_t
quoted_length(const char *text, bool backslashes)
{
	size_t length = 1;

	while (text[length] != '\0' && text[length] != *text)
		length += backslashes && text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
	return length + (text[length] == *text);
}

/* `$tag$ … $tag$`; 0: the dollar begins none. */
static size_t
dollar_length(const char *text)
{
	size_t tag = 1;
	const char *end;

	while (is_word(text[tag]))
		tag++;
	if (text[tag] != '$' || g_ascii_isdigit(text[1]))
		return 0;
	g_autofree char *mark = g_strndup(text, tag + 1);

	end = strstr(text + tag + 1, mark);
	return end != NULL ? (size_t)(end - text) + tag + 1 : strlen(text);
}

/* They nest. */
static size_t
comment_length(const char *text)
{
	size_t length = 0;
	int depth = 0;

	if (text[1] == '-')
		return strcspn(text, "\n");
	do {
		if (strncmp(text + length, "/*", 2) == 0)
			depth++;
		else if (strncmp(text + length, "*/", 2) == 0)
			depth--;
		else {
			length++;
			continue;
		}
		length += 2;
	} while (depth > 0 && text[length] != '\0');
	return length;
}

static size_t
token(const char *text, Style *ret_style)
{
	bool escapes = (*text == 'e' || *text == 'E') && text[1] == '\'';
	size_t length;

	*ret_style = STYLE_GREY;
	if (strncmp(text, "--", 2) == 0 || strncmp(text, "/*", 2) == 0)
		return comment_length(text);
	*ret_style = STYLE_GREEN;
	if (*text == '\'' || escapes)
		return escapes + quoted_length(text + escapes, escapes);
	if (*text == '$' && (length = dollar_length(text)) > 0)
		return length;
	*ret_style = STYLE_ROW;
	if (*text == '"')
		return quoted_length(text, false);
	if ((length = word_length(text)) == 0)
		return 1;
	*ret_style = word_style(text, length);
	return length;
}

void
sql_add_coloured(TextView *view, const char *text, int indent)
{
	Colouring self = { view, indent };

	begin_line(&self);
	while (*text != '\0' && strcmp(text, "\n") != 0) {
		Style style;
		size_t length = token(text, &style);

		put(&self, style, text, length);
		text += length;
	}
}
