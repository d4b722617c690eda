#include "json_layout.h"

#include <string.h>

#define STEP 2

/* Deeper ones stand below each other: the cells of a row are few, and the depth is the sender's choice. */
#define DEPTH_SHOWN 16

#define BLANKS " \t\r\n"
#define WORD_ENDS " \t\r\n\",:[]{}"

typedef struct Layout {
	TextView *view;
	int indent;
	int depth;
	bool apart; /* the next word would run into the one before */
} Layout;

static void
put(Layout *self, Style style, const char *start, size_t length)
{
	g_autofree char *text = g_strndup(start, length);

	text_view_add(self->view, style, text);
}

static void
begin_line(Layout *self)
{
	int cells = self->indent + MIN(self->depth, DEPTH_SHOWN) * STEP;
	g_autofree char *blanks = g_strnfill((gsize)cells, ' ');

	text_view_line(self->view);
	text_view_add(self->view, STYLE_ROW, blanks);
	text_view_hang(self->view);
	self->apart = false;
}

static const char *
skip_blanks(const char *text)
{
	return text + strspn(text, BLANKS);
}

/* Up to its closing quote, or to the end of the text. */
static size_t
string_length(const char *text)
{
	size_t length = 1;

	while (text[length] != '\0' && text[length] != '"')
		length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
	return length + (text[length] == '"');
}

static Style
word_style(const char *word, size_t length)
{
	static const struct {
		const char *word;
		Style style;
	} known[] = { { "null", STYLE_NULL }, { "true", STYLE_MAGENTA }, { "false", STYLE_MAGENTA } };

	for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
		if (strlen(known[i].word) == length && strncmp(known[i].word, word, length) == 0)
			return known[i].style;
	return *word == '-' || g_ascii_isdigit(*word) ? STYLE_YELLOW : STYLE_ROW;
}

static size_t
put_word(Layout *self, const char *text)
{
	bool is_string = *text == '"';
	size_t length = is_string ? string_length(text) : strcspn(text, WORD_ENDS);
	bool is_name = is_string && *skip_blanks(text + length) == ':';
	Style style = is_name ? STYLE_CYAN : is_string ? STYLE_GREEN : word_style(text, length);

	if (self->apart)
		put(self, STYLE_ROW, " ", 1);
	put(self, style, text, length);
	self->apart = true;
	return length;
}

/* An empty array or object stays on its line. */
static size_t
put_opening(Layout *self, const char *text)
{
	const char *next = skip_blanks(text + 1);

	put(self, STYLE_GREY, text, 1);
	if (*next == (*text == '{' ? '}' : ']')) {
		put(self, STYLE_GREY, next, 1);
		self->apart = true;
		return (size_t)(next + 1 - text);
	}
	self->depth++;
	if (*next != '\0')
		begin_line(self);
	return 1;
}

static size_t
put_closing(Layout *self, const char *text)
{
	self->depth = MAX(self->depth - 1, 0);
	begin_line(self);
	put(self, STYLE_GREY, text, 1);
	self->apart = true;
	return 1;
}

static size_t
put_token(Layout *self, const char *text)
{
	switch (*text) {
	case '{':
	case '[': return put_opening(self, text);
	case '}':
	case ']': return put_closing(self, text);
	case ',':
		put(self, STYLE_GREY, text, 1);
		begin_line(self);
		return 1;
	case ':':
		put(self, STYLE_GREY, ": ", 2);
		self->apart = false;
		return 1;
	default: return put_word(self, text);
	}
}

void
json_lay_out(TextView *view, const char *text, int indent)
{
	Layout self = { .view = view, .indent = indent };

	for (text = skip_blanks(text); *text != '\0'; text = skip_blanks(text))
		text += put_token(&self, text);
}
