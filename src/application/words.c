#include "application/words.h"

#include <string.h>

typedef struct Splitter {
	const char *line;
	size_t at;
	GString *text; /* of the word that is being read; NULL between words */
	size_t start;
	bool literal;
	GArray *words;
} Splitter;

static void
word_clear(void *word)
{
	g_free(((Word *)word)->text);
}

static GArray *
words_new(void)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(Word));

	g_array_set_clear_func(words, word_clear);
	return words;
}

static void
word_begin(Splitter *self)
{
	char first = self->line[self->at];

	if (self->text != NULL)
		return;
	self->text = g_string_new(NULL);
	self->start = self->at;
	self->literal = first == '\'' || first == '"' || first == '\\';
}

static void
word_end(Splitter *self)
{
	if (self->text == NULL)
		return;
	Word word = { g_string_free(g_steal_pointer(&self->text), FALSE), self->start, self->at,
		self->literal };

	g_array_append_val(self->words, word);
}

static bool
read_single(Splitter *self)
{
	const char *begin = self->line + self->at + 1;
	const char *end = strchr(begin, '\'');

	if (end == NULL) {
		g_string_append(self->text, begin);
		self->at += 1 + strlen(begin);
		return false;
	}
	g_string_append_len(self->text, begin, end - begin);
	self->at = (size_t)(end + 1 - self->line);
	return true;
}

static bool
read_double(Splitter *self)
{
	for (self->at++; self->line[self->at] != '\0'; self->at++) {
		char c = self->line[self->at];
		char next = self->line[self->at + (c != '\0')];

		if (c == '"') {
			self->at++;
			return true;
		}
		if (c == '\\' && next != '\0' && strchr("$`\"\\\n", next) != NULL) {
			self->at++;
			if (next != '\n')
				g_string_append_c(self->text, next);
			continue;
		}
		g_string_append_c(self->text, c);
	}
	return false;
}

static bool
read_escape(Splitter *self)
{
	char next = self->line[self->at + 1];

	if (next == '\0') {
		self->at++;
		return false;
	}
	/* A backslash before the newline joins two lines. */
	if (next != '\n')
		g_string_append_c(self->text, next);
	self->at += 2;
	return true;
}

/* Reads the character at hand, and all that its quote holds. */
static WordsEnd
read_part(Splitter *self)
{
	char c = self->line[self->at];

	if (c == '\\' && self->line[self->at + 1] == '\n' && self->text == NULL) {
		self->at += 2;
		return WORDS_COMPLETE;
	}
	word_begin(self);
	switch (c) {
	case '\'': return read_single(self) ? WORDS_COMPLETE : WORDS_OPEN_SINGLE;
	case '"': return read_double(self) ? WORDS_COMPLETE : WORDS_OPEN_DOUBLE;
	case '\\': return read_escape(self) ? WORDS_COMPLETE : WORDS_OPEN_ESCAPE;
	default: break;
	}
	g_string_append_c(self->text, c);
	self->at++;
	return WORDS_COMPLETE;
}

WordsEnd
words_split(const char *line, GArray **ret_words)
{
	Splitter self = { .line = line, .words = words_new() };
	WordsEnd end = WORDS_COMPLETE;

	while (line[self.at] != '\0') {
		char c = line[self.at];

		end = WORDS_COMPLETE;
		if (g_ascii_isspace(c)) {
			word_end(&self);
			self.at++;
		} else if (c == '#' && self.text == NULL) {
			self.at += strcspn(line + self.at, "\n");
			end = WORDS_COMMENT;
		} else {
			end = read_part(&self);
		}
	}
	word_end(&self);
	*ret_words = self.words;
	return end;
}

GArray *
words_from_argv(const char *const *argv)
{
	GArray *words = words_new();

	for (size_t i = 0; argv[i] != NULL; i++) {
		Word word = { g_strdup(argv[i]), i, i, false };

		g_array_append_val(words, word);
	}
	return words;
}

const char **
words_texts(const GArray *words)
{
	const char **texts = g_new0(const char *, words->len + 1);

	for (guint i = 0; i < words->len; i++)
		texts[i] = g_array_index(words, Word, i).text;
	return texts;
}
