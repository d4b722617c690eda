#include "application/completion.h"

#include <string.h>

/* Where the cursor stands, as far as the words tell. */
typedef struct Place {
	GArray *words; /* all words before the one that is completed */
	char *prefix;  /* of the one that is completed */
	size_t start;
	bool literal;
} Place;

static void
place_clear(Place *self)
{
	g_array_unref(self->words);
	g_free(self->prefix);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

/* False inside a comment. */
static bool
place_find(const char *line, size_t cursor, Place *ret_place)
{
	g_autofree char *text = g_strndup(line, cursor);
	size_t length = strlen(text);
	WordsEnd end = words_split(text, &ret_place->words);
	GArray *words = ret_place->words;

	ret_place->prefix = g_strdup("");
	ret_place->start = length;
	if (words->len == 0 || end == WORDS_COMMENT)
		return end != WORDS_COMMENT;
	const Word *last = &g_array_index(words, Word, words->len - 1);

	/* A blank ends a word, unless it is inside quotes: then the word reaches to the end. */
	if (last->end < length)
		return true;
	g_free(ret_place->prefix);
	ret_place->prefix = g_strdup(last->text);
	ret_place->start = last->start;
	ret_place->literal = last->literal;
	g_array_set_size(words, words->len - 1);
	return true;
}

static bool
needs_quotes(const char *text)
{
	return *text == '\0' || *text == '#' || strpbrk(text, " \t\n\r\v\f'\"\\") != NULL;
}

/* A partial text is quoted but not closed: more of it follows. */
static char *
quote(const Completion *self, const char *text, bool partial)
{
	/* What begins like an option is none when it is quoted. */
	bool option_like = *self->head == '\0' && g_str_has_prefix(text, "--") && self->def != NULL &&
	    !g_str_has_prefix(self->prefix, "--");

	if (!needs_quotes(text) && !option_like)
		return g_strconcat(self->head, text, NULL);
	g_autofree char *quoted = g_shell_quote(text);

	if (partial)
		quoted[strlen(quoted) - 1] = '\0';
	return g_strconcat(self->head, quoted, NULL);
}

static void
add(Completion *self, const char *text, const char *help, bool partial)
{
	if (g_ascii_strncasecmp(text, self->prefix, strlen(self->prefix)) != 0)
		return;
	g_autofree char *word = quote(self, text, partial);

	for (guint i = 0; i < self->candidates->len; i++)
		if (strcmp(((Candidate *)g_ptr_array_index(self->candidates, i))->text, word) == 0)
			return;
	Candidate *candidate = g_new0(Candidate, 1);

	candidate->text = g_steal_pointer(&word);
	candidate->help = g_strdup(help);
	candidate->partial = partial;
	g_ptr_array_add(self->candidates, candidate);
}

void
completion_add(Completion *self, const char *text, const char *help)
{
	add(self, text, help, false);
}

void
completion_add_partial(Completion *self, const char *text, const char *help)
{
	add(self, text, help, true);
}

/* Options are words of the line, never values. */
static void
add_option(Completion *self, const ArgDef *def)
{
	g_autofree char *text = g_strdup_printf("--%s", def->name);
	Candidate *candidate;

	if (!g_str_has_prefix(text, self->prefix))
		return;
	candidate = g_new0(Candidate, 1);
	candidate->text = g_steal_pointer(&text);
	candidate->help = g_strdup(def->help);
	g_ptr_array_add(self->candidates, candidate);
}

static const ArgDef *
option_named(const CommandDef *def, const char *name, size_t length)
{
	const ArgDef *tables[] = { def->args, common_options };

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const ArgDef *arg = tables[i]; arg != NULL && arg->name != NULL; arg++)
			if (!(arg->flags & ARG_POSITIONAL) && strlen(arg->name) == length &&
			    strncmp(arg->name, name, length) == 0)
				return arg;
	return NULL;
}

static bool
takes_value(const ArgDef *arg)
{
	return arg->type != ARG_FLAG && !((arg->flags & ARG_STDIN) && arg->value == NULL);
}

/* What the words behind a command's name have used up. */
typedef struct Used {
	GHashTable *options; /* of const ArgDef * that may not be given again */
	const ArgDef *open;  /* the option that waits for its value, or takes the rest */
	bool open_is_rest;
	guint values;
	bool ended; /* `--` was read */
} Used;

static void
use_option(Used *self, const CommandDef *def, const Word *word)
{
	const char *name = word->text + 2;
	size_t length = strcspn(name, "=");
	const ArgDef *arg = option_named(def, name, length);

	self->open = NULL;
	if (arg == NULL)
		return;
	if (!(arg->flags & ARG_REPEATS))
		g_hash_table_add(self->options, g_strdup(arg->name));
	self->open_is_rest = (arg->flags & ARG_REST) != 0;
	if (takes_value(arg) && (name[length] == '\0' || self->open_is_rest))
		self->open = arg;
}

static void
use_word(Used *self, const CommandDef *def, const Word *word)
{
	bool option = !word->literal && !self->ended && g_str_has_prefix(word->text, "--");

	if (option && word->text[2] == '\0') {
		self->ended = true;
		self->open = NULL;
	} else if (option) {
		use_option(self, def, word);
	} else if (self->open != NULL) {
		if (!self->open_is_rest)
			self->open = NULL;
	} else {
		self->values++;
	}
}

static const ArgDef *
positional(const CommandDef *def, guint index)
{
	for (const ArgDef *arg = def->args; arg != NULL && arg->name != NULL; arg++) {
		if (!(arg->flags & ARG_POSITIONAL))
			continue;
		if (index == 0 || (arg->flags & ARG_REPEATS))
			return arg;
		index--;
	}
	return NULL;
}

static void
complete_value(Completion *self, const ArgDef *arg)
{
	for (size_t i = 0; arg->choices != NULL && arg->choices[i] != NULL; i++)
		completion_add(self, arg->choices[i], NULL);
	if (arg->complete != NULL)
		arg->complete(self, self->prefix);
}

/* What every command knows is only offered once an option is begun: it would bury the rest. */
static void
complete_options(Completion *self, const Used *used)
{
	const ArgDef *tables[] = { self->def->args, *self->prefix != '\0' ? common_options : NULL };

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const ArgDef *arg = tables[i]; arg != NULL && arg->name != NULL; arg++)
			if (!(arg->flags & ARG_POSITIONAL) &&
			    !g_hash_table_contains(used->options, arg->name))
				add_option(self, arg);
}

/* `--order=cr`: the value behind the equals sign. */
static void
complete_assignment(Completion *self, const char *word)
{
	const char *equals = strchr(word, '=');
	const ArgDef *arg = option_named(self->def, word + 2, (size_t)(equals - word - 2));
	g_autofree char *head = g_strndup(word, (gsize)(equals - word + 1));

	if (arg == NULL || !takes_value(arg))
		return;
	self->head = head;
	self->prefix = equals + 1;
	complete_value(self, arg);
	self->head = "";
	self->prefix = word;
}

static void
complete_argument(Completion *self, const Used *used, bool literal)
{
	bool may_be_option = !literal && !used->ended && (used->open == NULL || used->open_is_rest);
	const ArgDef *arg = used->open != NULL ? used->open : positional(self->def, used->values);

	if (may_be_option && g_str_has_prefix(self->prefix, "--") && strchr(self->prefix, '=') != NULL) {
		complete_assignment(self, self->prefix);
		return;
	}
	bool only_option = may_be_option && g_str_has_prefix(self->prefix, "--");

	if (arg != NULL && !only_option)
		complete_value(self, arg);
	if (may_be_option && (*self->prefix == '\0' || *self->prefix == '-'))
		complete_options(self, used);
}

/* The next words of commands whose names begin with these. */
static void
complete_name(Completion *self, const char *const *words)
{
	for (const CommandDef *const *def = registry_commands(self->registry); *def != NULL; def++) {
		g_auto(GStrv) parts = g_strsplit((*def)->name, " ", -1);
		size_t at = 0;

		while (words[at] != NULL && parts[at] != NULL && strcmp(words[at], parts[at]) == 0)
			at++;
		if (words[at] == NULL && parts[at] != NULL)
			completion_add(self, parts[at], parts[at + 1] == NULL ? (*def)->summary : NULL);
	}
}

static void
complete_place(Completion *self, const Place *place)
{
	g_autofree const char **texts = words_texts(place->words);
	g_autoptr(GHashTable) given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Used used = { .options = given };
	size_t name_words = 0;

	complete_name(self, texts);
	if (!registry_find(self->registry, texts, &self->def, &name_words, NULL))
		return;
	for (guint i = (guint)name_words; i < place->words->len; i++)
		use_word(&used, self->def, &g_array_index(place->words, Word, i));
	self->values = texts + name_words;
	complete_argument(self, &used, place->literal);
	self->values = NULL;
}

static void
candidate_free(void *data)
{
	Candidate *self = data;

	g_free(self->text);
	g_free(self->help);
	g_free(self);
}

Completion *
completion_run(
    const Registry *registry, struct Session *session, void *console, const char *line, size_t cursor)
{
	Completion *self = g_new0(Completion, 1);
	g_auto(Place) place = { 0 };

	self->registry = registry;
	self->session = session;
	self->console = console;
	self->candidates = g_ptr_array_new_with_free_func(candidate_free);
	self->head = "";
	if (place_find(line, cursor, &place)) {
		self->prefix = place.prefix;
		complete_place(self, &place);
	}
	self->word_start = place.start;
	self->prefix = "";
	return self;
}

void
completion_free(Completion *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->candidates);
	g_free(self);
}

void
complete_command(Completion *completion, const char *prefix)
{
	(void)prefix;
	complete_name(completion, completion->values);
}
