#include "application/arguments.h"

#include "application/registry.h"
#include "arguments_bind.h"
#include "base/error.h"
#include "names.h"

#include <stddef.h>
#include <string.h>

static const char *const formats[] = { "table", "vertical", "csv", "tsv", "json", "jsonl", "markdown", NULL };

#define OPTION(member) .offset = offsetof(CommonOptions, member)

const ArgDef common_options[] = {
	{ "context", "NAME", "work on this context of the configuration", ARG_TEXT, OPTION(context) },
	{ "format", "FORMAT", "how rows are written", ARG_CHOICE, OPTION(format), .choices = formats },
	{ "dry-run", NULL, "do everything, show what would change, and roll back", ARG_FLAG,
	    OPTION(dry_run) },
	{ "yes", NULL, "answer the confirmation with yes", ARG_FLAG, OPTION(yes) },
	{ "reason", "TEXT", "why; stands in the audit entry", ARG_TEXT, OPTION(reason) },
	{ "idempotency-key", "KEY", "run at most once under this key; a repeat gives the first result",
	    ARG_TEXT, OPTION(idempotency_key) },
	{ "no-header", NULL, "leave out the line of column names", ARG_FLAG, OPTION(no_header) },
	{ "timeout", "TIME", "give up after this time, like 5s", ARG_DURATION, OPTION(timeout) },
	{ "quiet", NULL, "say nothing but data and errors", ARG_FLAG, OPTION(quiet) },
	{ "no-color", NULL, "no colours", ARG_FLAG, OPTION(no_color) },
	{ "read-only", NULL, "refuse whatever would change something", ARG_FLAG, OPTION(read_only) },
	{ 0 },
};

/* What a parse is at: the words, and how far it has come. */
typedef struct Parser {
	Arguments *arguments;
	const Word *words;
	size_t count;
	size_t at;
	bool options_ended;  /* `--` was read */
	const ArgDef *place; /* the positional argument that the next value goes to; NULL: all are full */
	StdinReader read_stdin;
	bool stdin_was_read;
} Parser;

static const ArgDef *
next_place(const ArgDef *def)
{
	while (def != NULL && def->name != NULL && !(def->flags & ARG_POSITIONAL))
		def++;
	return def != NULL && def->name != NULL ? def : NULL;
}

static bool
is_option(const Parser *self, const Word *word)
{
	return !self->options_ended && !word->literal && g_str_has_prefix(word->text, "--");
}

static bool usage(const Word *word, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

static bool
usage(const Word *word, GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_set_error(error, SB_ERROR, SB_ERROR_USAGE, "%s (at position %zu)", text, word->start + 1);
	return false;
}

/* The newline that ends a text on standard input is not part of the value. */
static void
drop_last_newline(char *text)
{
	size_t length = strlen(text);

	if (length > 0 && text[length - 1] == '\n')
		text[--length] = '\0';
	if (length > 0 && text[length - 1] == '\r')
		text[length - 1] = '\0';
}

static bool
bind_stdin(Parser *self, const ArgDef *def, void *values, const Word *word, GError **error)
{
	g_autofree char *label = argument_label(def);
	char *text = NULL;
	bool bound = true;

	if (self->read_stdin == NULL)
		return usage(word, error, "%s can't be read from standard input here", label);
	if (self->stdin_was_read)
		return usage(word, error, "%s can't be read from standard input: another value was", label);
	self->stdin_was_read = true;
	if (!self->read_stdin(&text, error))
		return false;
	if (!(def->flags & ARG_REPEATS)) {
		drop_last_newline(text);
		bound = argument_bind(def, values, text, error);
	} else {
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

		for (size_t i = 0; bound && lines[i] != NULL; i++)
			if (*g_strstrip(lines[i]) != '\0')
				bound = argument_bind(def, values, lines[i], error);
	}
	secret_free(text);
	return bound;
}

static bool
bind_word(Parser *self, const ArgDef *def, void *values, const char *text, const Word *word, GError **error)
{
	if ((def->flags & ARG_STDIN) && !word->literal && strcmp(text, "-") == 0)
		return bind_stdin(self, def, values, word, error);
	if (argument_bind(def, values, text, error))
		return true;
	g_autofree char *position = g_strdup_printf(" (at position %zu)", word->start + 1);

	if (error != NULL && *error != NULL) {
		char *message = g_strconcat((*error)->message, position, NULL);

		g_free((*error)->message);
		(*error)->message = message;
	}
	return false;
}

static const ArgDef *
find_option(const ArgDef *table, const char *name)
{
	for (const ArgDef *def = table; def != NULL && def->name != NULL; def++)
		if (!(def->flags & ARG_POSITIONAL) && strcmp(def->name, name) == 0)
			return def;
	return NULL;
}

static bool
unknown_option(const Parser *self, const char *name, const Word *word, GError **error)
{
	const ArgDef *tables[] = { self->arguments->def->args, common_options };
	g_autoptr(GArray) names = names_new();

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		for (const ArgDef *def = tables[i]; def != NULL && def->name != NULL; def++)
			if (!(def->flags & ARG_POSITIONAL))
				names_add(names, def->name);
	const char *near = nearest_name(name, names_list(names));

	if (near != NULL)
		return usage(word, error, "unknown option '--%s' of '%s'; did you mean '--%s'?", name,
		    self->arguments->def->name, near);
	return usage(word, error, "unknown option '--%s'; 'help %s' tells the ones there are", name,
	    self->arguments->def->name);
}

/* `--where a b c`: every word up to the next option. */
static bool
bind_rest(Parser *self, const ArgDef *def, void *values, const Word *option, GError **error)
{
	bool any = false;

	for (; self->at < self->count && !is_option(self, &self->words[self->at]); self->at++) {
		const Word *word = &self->words[self->at];

		if (!bind_word(self, def, values, word->text, word, error))
			return false;
		any = true;
	}
	return any || usage(option, error, "'--%s' lacks its value %s", def->name, def->value);
}

static bool
bind_option_value(Parser *self, const ArgDef *def, void *values, const Word *option, GError **error)
{
	if (def->flags & ARG_REST)
		return bind_rest(self, def, values, option, error);
	if (self->at == self->count)
		return usage(option, error, "'--%s' lacks its value %s", def->name, def->value);
	const Word *word = &self->words[self->at];

	if (is_option(self, word))
		return usage(word, error, "'--%s' lacks its value %s: '%s' is an option, unless it is quoted",
		    def->name, def->value, word->text);
	self->at++;
	return bind_word(self, def, values, word->text, word, error);
}

static bool
parse_option(Parser *self, GError **error)
{
	const Word *word = &self->words[self->at++];
	const char *equals = strchr(word->text, '=');
	g_autofree char *name = equals != NULL ? g_strndup(word->text + 2, (gsize)(equals - word->text - 2))
					       : g_strdup(word->text + 2);
	const ArgDef *def = find_option(self->arguments->def->args, name);
	void *values = self->arguments->values;

	if (def == NULL) {
		def = find_option(common_options, name);
		values = &self->arguments->common;
	}
	if (def == NULL)
		return unknown_option(self, name, word, error);
	if (!(def->flags & ARG_REPEATS) && argument_is_given(def, values))
		return usage(word, error, "'--%s' is given twice", name);
	if (argument_takes_no_value(def)) {
		if (equals != NULL)
			return usage(word, error, "'--%s' takes no value", name);
		return def->type == ARG_FLAG ? argument_bind(def, values, "", error)
					     : bind_stdin(self, def, values, word, error);
	}
	if (equals == NULL)
		return bind_option_value(self, def, values, word, error);
	if (!bind_word(self, def, values, equals + 1, word, error))
		return false;
	bool more =
	    (def->flags & ARG_REST) && self->at < self->count && !is_option(self, &self->words[self->at]);
	return !more || bind_rest(self, def, values, word, error);
}

static bool
parse_value(Parser *self, GError **error)
{
	const Word *word = &self->words[self->at++];
	const ArgDef *def = self->place;

	if (def == NULL)
		return usage(word, error, "'%s' is one value too many for '%s'", word->text,
		    self->arguments->def->name);
	if (!(def->flags & ARG_REPEATS))
		self->place = next_place(def + 1);
	return bind_word(self, def, self->arguments->values, word->text, word, error);
}

static bool
check_required(const Arguments *self, GError **error)
{
	for (const ArgDef *def = self->def->args; def != NULL && def->name != NULL; def++) {
		if (!(def->flags & ARG_REQUIRED) || argument_is_given(def, self->values))
			continue;
		g_autofree char *label = argument_label(def);

		g_set_error(
		    error, SB_ERROR, SB_ERROR_USAGE, "'%s' lacks %s: %s", self->def->name, label, def->help);
		return false;
	}
	return true;
}

bool
arguments_parse(const CommandDef *def, const Word *words, size_t word_count, StdinReader read_stdin,
    Arguments **ret_arguments, GError **error)
{
	g_autoptr(Arguments) self = g_new0(Arguments, 1);
	Parser parser = { .arguments = self, .words = words, .count = word_count, .read_stdin = read_stdin };

	self->def = def;
	self->values = g_malloc0(MAX(def->args_size, 1));
	arguments_set_fallbacks(def->args, self->values);
	parser.place = next_place(def->args);
	while (parser.at < parser.count) {
		const Word *word = &words[parser.at];

		if (is_option(&parser, word) && word->text[2] == '\0') {
			parser.options_ended = true;
			parser.at++;
		} else if (is_option(&parser, word)) {
			if (!parse_option(&parser, error))
				return false;
		} else if (!parse_value(&parser, error)) {
			return false;
		}
	}
	if (!check_required(self, error))
		return false;
	*ret_arguments = g_steal_pointer(&self);
	return true;
}

void
arguments_free(Arguments *self)
{
	if (self == NULL)
		return;
	arguments_clear(self->def->args, self->values);
	arguments_clear(common_options, &self->common);
	g_free(self->values);
	g_free(self);
}

uint64_t
arguments_row_count(const Arguments *self)
{
	uint64_t rows = 0;

	for (const ArgDef *def = self->def->args; def != NULL && def->name != NULL; def++)
		if (def->flags & ARG_ROWS)
			rows += argument_count(def, self->values);
	return rows;
}

bool
arguments_hold_secret(const Arguments *self)
{
	for (const ArgDef *def = self->def->args; def != NULL && def->name != NULL; def++)
		if ((def->flags & ARG_SECRET) && argument_is_given(def, self->values))
			return true;
	return false;
}
