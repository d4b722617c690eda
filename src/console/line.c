#include "console/console.h"
#include "line.h"

#include "base/error.h"

#include <string.h>

bool
line_split(const char *line, GArray **ret_words, GError **error)
{
	g_autoptr(GArray) words = NULL;
	const char *open = NULL;

	switch (words_split(line, &words)) {
	case WORDS_COMPLETE:
	case WORDS_COMMENT: break;
	case WORDS_OPEN_SINGLE: open = "a ' has no partner"; break;
	case WORDS_OPEN_DOUBLE: open = "a \" has no partner"; break;
	case WORDS_OPEN_ESCAPE: open = "nothing follows the \\ at the end"; break;
	}
	if (open != NULL) {
		g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "the line is not complete: %s", open);
		return false;
	}
	*ret_words = g_steal_pointer(&words);
	return true;
}

/* How many words a common option takes here; 0 when the word is none. */
static guint
words_of_option(const Word *word)
{
	const char *name = word->text + 2;
	size_t length = strcspn(name, "=");

	if (word->literal || strncmp(word->text, "--", 2) != 0)
		return 0;
	for (const ArgDef *option = common_options; option->name != NULL; option++) {
		if (strlen(option->name) == length && strncmp(option->name, name, length) == 0)
			return option->type == ARG_FLAG || name[length] == '=' ? 1 : 2;
	}
	return 0;
}

/* Common options before the command's name. */
static guint
leading_options(const GArray *words)
{
	guint count = 0;

	while (count < words->len) {
		guint taken = words_of_option(&g_array_index(words, Word, count));

		if (taken == 0)
			break;
		count += taken;
	}
	return MIN(count, words->len);
}

/* The words behind the name, then those options that stood before it. */
static GArray *
words_to_bind(const GArray *words, guint leading, guint used)
{
	GArray *rest = g_array_new(FALSE, FALSE, sizeof(Word));

	g_array_append_vals(rest, words->data, leading);
	g_array_append_vals(rest, &g_array_index(words, Word, leading + used), words->len - leading - used);
	return rest;
}

const CommandDef *
line_command(const Registry *registry, const GArray *words)
{
	g_autofree const char **texts = words_texts(words);
	const CommandDef *def = NULL;
	size_t used = 0;

	return registry_find(registry, texts + leading_options(words), &def, &used, NULL) ? def : NULL;
}

bool
line_bind(const Registry *registry, const GArray *words, StdinReader read_stdin, Arguments **ret_arguments,
    GError **error)
{
	guint leading = leading_options(words);
	g_autofree const char **texts = words_texts(words);
	g_autoptr(GArray) rest = NULL;
	const CommandDef *def = NULL;
	size_t used = 0;

	if (words->len == 0) {
		*ret_arguments = NULL;
		return true;
	}
	if (!registry_find(registry, texts + leading, &def, &used, error))
		return false;
	rest = words_to_bind(words, leading, (guint)used);
	return arguments_parse(def, (const Word *)rest->data, rest->len, read_stdin, ret_arguments, error);
}

bool
console_line_is_open(const char *line)
{
	g_autoptr(GArray) words = NULL;

	switch (words_split(line, &words)) {
	case WORDS_OPEN_SINGLE:
	case WORDS_OPEN_DOUBLE:
	case WORDS_OPEN_ESCAPE: return true;
	case WORDS_COMPLETE:
	case WORDS_COMMENT: return false;
	}
	return false;
}

static bool
takes_secrets(const CommandDef *def)
{
	for (const ArgDef *arg = def->args; arg != NULL && arg->name != NULL; arg++)
		if (arg->flags & ARG_SECRET)
			return true;
	return false;
}

bool
console_line_is_secret(Console *self, const char *line)
{
	const Registry *registry = console_settings(self)->registry;
	g_autoptr(GArray) words = NULL;
	g_autoptr(Arguments) arguments = NULL;
	const CommandDef *def;

	words_split(line, &words);
	def = line_command(registry, words);
	if (def == NULL || !takes_secrets(def))
		return false;
	/* Standard input is not what is asked for here. */
	return !line_bind(registry, words, NULL, &arguments, NULL) || arguments_hold_secret(arguments);
}
